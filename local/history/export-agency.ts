import { existsSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { AgencyLine } from '#domain/exchange/agency-line.ts';
import { fetchRecord } from '../record/fetch-record.ts';
import { AGENCY_FILE, readAgencyLines, writeAgencyFile } from './agency-file.ts';
import { type Ask, type Asking, nextOf, refusedBy } from './ask-api.ts';
import { exportRecord } from './export-record.ts';

export type AgencyExport = Readonly<{
  by: string;
  recipient: string;
  reason: string;
  directory: string;
}>;

type Tools = Readonly<{ ask: Ask; line: (text: string) => void }>;

/** Where in a folder what is held of the wearers lies. */
export const WEARERS_FOLDER = 'wearers';
/** Written last into a wearer's folder: what has it is complete. */
export const DONE_FILE = 'done';

const READABLE_FOR_ITS_OWNER = 0o600;

const fetchAgency = async ({ ask }: Tools, options: AgencyExport): Promise<string> => {
  const { by, recipient, reason } = options;
  const query = new URLSearchParams({ by, recipient, reason });
  let path: string | null = `/v1/agency-transfer?${query}`;
  let text = '';
  while (path !== null) {
    const asking: Asking = { method: 'GET', path };
    const answer = await ask(asking);
    if (answer.status !== 200) throw refusedBy(asking, answer);
    text += answer.text;
    path = nextOf(answer.link);
  }
  return text;
};

/** Where a protected person was goes nowhere: of them there is the document alone. */
export const hasHistory = ({ document }: Extract<AgencyLine, { kind: 'wearer' }>): boolean =>
  document.kind !== 'protected-person';

const exportWearer = async (
  { ask, line }: Tools,
  options: AgencyExport,
  wearerId: string,
): Promise<void> => {
  const { by, reason } = options;
  const directory = join(options.directory, WEARERS_FOLDER, wearerId);
  // What was cut off is fetched anew: half a chain is none.
  await rm(directory, { recursive: true, force: true });
  await mkdir(directory, { recursive: true });
  const tools = { ask, line: (text: string): void => line(`  ${text}`) };
  await exportRecord(tools, { ...options, directory, wearerId, from: undefined, to: undefined });
  for (const chain of ['record', 'readings'] as const) {
    const told = () => undefined;
    const asked = { wearerId, chain, by, reason };
    await fetchRecord({ ask, told }, join(directory, `${chain}.ndjson`), asked);
  }
  await writeFile(join(directory, DONE_FILE), '', { mode: READABLE_FOR_ITS_OWNER });
};

/**
 * Fetches everything that an agency has: its own documents, and of each wearer the history, every
 * import, and the record as a chain that can be verified. Run again where it was cut off it goes on
 * with the wearer whom it was at. Throws where something is refused, or missing at the end.
 */
export const exportAgency = async (tools: Tools, options: AgencyExport): Promise<void> => {
  const { line } = tools;
  await mkdir(options.directory, { recursive: true });
  const text = await fetchAgency(tools, options);
  const file = join(options.directory, AGENCY_FILE);
  await writeFile(file, writeAgencyFile(text), { mode: READABLE_FOR_ITS_OWNER });
  const lines = readAgencyLines(text);
  const wearers = lines.filter((one) => one.kind === 'wearer').filter(hasHistory);
  line(`${lines.filter(({ kind }) => kind === 'document').length} documents of the agency`);
  const isDone = (id: string): boolean =>
    existsSync(join(options.directory, WEARERS_FOLDER, id, DONE_FILE));
  for (const [i, { wearerId }] of wearers.entries()) {
    line(`${i + 1} of ${wearers.length}: ${wearerId}${isDone(wearerId) ? ', there already' : ''}`);
    if (!isDone(wearerId)) await exportWearer(tools, options, wearerId);
  }
  const missing = wearers.filter(({ wearerId }) => !isDone(wearerId));
  if (missing.length > 0) throw new Error(`${missing.length} wearers are not there: run it again`);
  line(`${wearers.length} wearers, all of them whole`);
};
