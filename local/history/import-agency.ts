import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { AGENCY_KINDS, type AgencyLine } from '#domain/exchange/agency-line.ts';
import { AGENCY_FILE, readAgencyFile } from './agency-file.ts';
import type { Ask } from './ask-api.ts';
import { DONE_FILE, hasHistory, WEARERS_FOLDER } from './export-agency.ts';
import { importRecord } from './import-record.ts';

export type AgencyImport = Readonly<{ by: string; importId: string; directory: string }>;

type Tools = Readonly<{ ask: Ask; line: (text: string) => void }>;

/** What could not be put, and what the agency said of it: for a person. */
type Left = Readonly<{ what: string; because: string }>;

const pathOf = (line: AgencyLine): string =>
  line.kind === 'wearer' ? `/v1/wearers/${line.wearerId}` : AGENCY_KINDS[line.of](line.id);

const putLine = async ({ ask }: Tools, line: AgencyLine): Promise<Left | null> => {
  const path = pathOf(line);
  const what = path.replace('/v1/', '');
  if (line.kind === 'document' && !line.isWhole) {
    return { what, because: 'its zones are not part of this: send them again from their source' };
  }
  const body = JSON.stringify(line.document);
  const { status, text } = await ask({ method: 'PUT', path, body });
  return status < 300 ? null : { what, because: `${status}: ${text.slice(0, 500)}` };
};

/**
 * Puts everything of a folder into an agency: its documents by the routes that anybody puts them
 * by, so nothing comes in that would be refused of a person; its wearers; and the history of each,
 * as what another system said. Orders do not come into being. Run again it changes nothing that is
 * there. Throws, at the end, where something was left for a person.
 */
export const importAgency = async (tools: Tools, options: AgencyImport): Promise<void> => {
  const { line } = tools;
  const { by, importId, directory } = options;
  const lines = readAgencyFile(await readFile(join(directory, AGENCY_FILE), 'utf8'));
  const left: Left[] = [];
  for (const one of lines) {
    const refused = await putLine(tools, one);
    if (refused !== null) left.push(refused);
  }
  line(`${lines.length - left.length} of ${lines.length} documents and wearers put`);
  const wearers = lines.filter((one) => one.kind === 'wearer').filter(hasHistory);
  const isThere = ({ wearerId }: Readonly<{ wearerId: string }>): boolean =>
    existsSync(join(directory, WEARERS_FOLDER, wearerId, DONE_FILE));
  const kept = wearers.filter(isThere).map(({ wearerId }) => wearerId);
  for (const { wearerId } of wearers.filter((one) => !isThere(one))) {
    const because = 'its history is not in the folder, or not whole: export it again';
    left.push({ what: `${WEARERS_FOLDER}/${wearerId}`, because });
  }
  for (const [i, wearerId] of kept.entries()) {
    line(`${i + 1} of ${kept.length}: ${wearerId}`);
    const own = join(directory, WEARERS_FOLDER, wearerId);
    const told = { ask: tools.ask, line: (text: string): void => line(`  ${text}`) };
    await importRecord(told, { wearerId, by, importId, directory: own });
  }
  line(`the histories of ${kept.length} wearers imported`);
  for (const { what, because } of left) line(`left for a person: ${what} (${because})`);
  if (left.length > 0) throw new Error(`${left.length} are left for a person; see above`);
};
