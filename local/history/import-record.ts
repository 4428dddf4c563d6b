import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { HISTORY_GROUPS } from '#domain/exchange/record-transfer.ts';
import { type Ask, type Asking, refusedBy } from './ask-api.ts';
import { IMPORTS, OWN } from './export-record.ts';
import type { HistoryOptions } from './options.ts';
import { type Sheet, wholeGroups } from './sheets.ts';

type ImportOptions = Omit<
  Extract<HistoryOptions, { does: 'import' }>,
  'does' | 'api' | 'token' | 'wearerId'
> &
  Readonly<{ wearerId: string }>;
type Tools = Readonly<{ ask: Ask; line: (text: string) => void }>;

/** What one import is made of: the history that its sender held, or one that it had imported. */
type Part = Readonly<{ importId: string; sheets: readonly Sheet[] }>;

const partsOf = async ({ directory, importId }: ImportOptions): Promise<Part[]> => {
  const own = join(directory, OWN);
  const root = existsSync(own) ? own : directory;
  const earlier = join(directory, IMPORTS);
  const ids = existsSync(earlier) ? (await readdir(earlier)).sort() : [];
  if (ids.includes(importId)) {
    throw new Error(`the folder holds an import ${importId} already: choose another id`);
  }
  const parts = [{ importId, sheets: await wholeGroups(root) }];
  for (const id of ids) parts.push({ importId: id, sheets: await wholeGroups(join(earlier, id)) });
  return parts;
};

/**
 * Sends a folder to an agency, where it is kept as what another system said; what that system had
 * imported itself stays an import of its own. All of it is read and checked before the first sheet
 * is sent. Throws where the agency refuses one.
 */
export const importRecord = async ({ ask, line }: Tools, options: ImportOptions): Promise<void> => {
  const { wearerId, by } = options;
  const query = new URLSearchParams({ by });
  for (const { importId, sheets } of await partsOf(options)) {
    let known = 0;
    for (const { text, manifest } of sheets) {
      const where = `${importId}/${manifest.group}/${manifest.sheet}`;
      const path = `/v1/wearers/${wearerId}/imports/${where}?${query}`;
      const asking: Asking = { method: 'PUT', path, body: text };
      const answer = await ask(asking);
      if (answer.status !== 200 && answer.status !== 201) throw refusedBy(asking, answer);
      if (answer.status === 200) known += 1;
    }
    const groups = new Set(sheets.map(({ manifest }) => manifest.group));
    const absent = HISTORY_GROUPS.filter((group) => !groups.has(group));
    if (absent.length > 0)
      line(`import ${importId}: nothing in the folder of ${absent.join(', ')}`);
    const lines = sheets.reduce((sum, { manifest }) => sum + manifest.lines, 0);
    line(`import ${importId}: ${lines} lines on ${sheets.length} sheets, ${known} known before`);
  }
};
