import { join } from 'node:path';
import * as z from 'zod';
import {
  HISTORY_GROUPS,
  type HistoryGroup,
  historyGroupSchema,
} from '#domain/exchange/record-transfer.ts';
import { importIdSchema } from '#domain/model/ids.ts';
import { type Ask, type Asking, nextOf, refusedBy } from './ask-api.ts';
import type { HistoryOptions } from './options.ts';
import { keepSheet, mustBeWhole, type Sheet, sheetFrom } from './sheets.ts';

type ExportOptions = Omit<
  Extract<HistoryOptions, { does: 'export' }>,
  'does' | 'api' | 'token' | 'wearerId'
> &
  Readonly<{ wearerId: string }>;
type Tools = Readonly<{ ask: Ask; line: (text: string) => void }>;

/** Where a wearer's own history lies in a folder, and where what was imported of them. */
export const OWN = 'own';
export const IMPORTS = 'imports';

const get = async (ask: Ask, path: string) => {
  const asking: Asking = { method: 'GET', path };
  const answer = await ask(asking);
  if (answer.status !== 200) throw refusedBy(asking, answer);
  return answer;
};

const definedOf = (fields: Readonly<Record<string, string | undefined>>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(fields).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );

const disclosureOf = ({ by, recipient, reason }: ExportOptions) => ({ by, recipient, reason });

const ownGroup = async (
  { ask, line }: Tools,
  options: ExportOptions,
  group: HistoryGroup,
): Promise<string | undefined> => {
  const { wearerId, directory, from, to } = options;
  const query = new URLSearchParams(definedOf({ group, from, to, ...disclosureOf(options) }));
  const sheets: Sheet[] = [];
  let path: string | null = `/v1/wearers/${wearerId}/record-transfer?${query}`;
  while (path !== null) {
    const { text, link } = await get(ask, path);
    const sheet = sheetFrom(text, `${group}, sheet ${sheets.length + 1}`);
    await keepSheet(join(directory, OWN), sheet);
    sheets.push({ ...sheet, text: '' });
    path = nextOf(link);
  }
  const { sheets: count, lines } = mustBeWhole(sheets, group);
  line(`${group}: ${lines} lines on ${count} sheets`);
  return sheets[0]?.manifest.to;
};

const importsSchema = z.object({
  imports: z.array(
    z.object({
      importId: importIdSchema,
      groups: z.array(
        z.object({ group: historyGroupSchema, sheets: z.number(), isWhole: z.boolean() }),
      ),
    }),
  ),
});

const importedGroup = async (
  { ask, line }: Tools,
  options: ExportOptions,
  { importId, group, sheets }: Readonly<{ importId: string; group: HistoryGroup; sheets: number }>,
): Promise<void> => {
  const query = new URLSearchParams(disclosureOf(options));
  const found: Sheet[] = [];
  for (let sheet = 1; sheet <= sheets; sheet += 1) {
    const path = `/v1/wearers/${options.wearerId}/imports/${importId}/${group}/${sheet}?${query}`;
    const { text } = await get(ask, path);
    found.push(sheetFrom(text, `${importId}, ${group}, sheet ${sheet}`));
  }
  mustBeWhole(found, `${importId}, ${group}`);
  const directory = join(options.directory, IMPORTS, importId);
  for (const sheet of found) await keepSheet(directory, sheet);
  line(`import ${importId}, ${group}: ${found.length} sheets`);
};

/**
 * Fetches everything that is held of a wearer into a folder: each group, and each import as it
 * came. Throws where a sheet is not what it says, or anything is missing.
 */
export const exportRecord = async (tools: Tools, options: ExportOptions): Promise<void> => {
  // All groups are of one stretch: where no end is told, the first sheet's is everybody's.
  let { to } = options;
  for (const group of HISTORY_GROUPS) to = await ownGroup(tools, { ...options, to }, group);
  const query = new URLSearchParams(disclosureOf(options));
  const { text } = await get(tools.ask, `/v1/wearers/${options.wearerId}/imports?${query}`);
  for (const { importId, groups } of importsSchema.parse(JSON.parse(text)).imports) {
    for (const { group, sheets, isWhole } of groups) {
      if (!isWhole)
        throw new Error(`import ${importId}, ${group} never came whole: import it again`);
      await importedGroup(tools, options, { importId, group, sheets });
    }
  }
};
