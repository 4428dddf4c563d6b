import * as z from 'zod';
import type { AgencyId } from '#domain/model/ids.ts';
import { EXPORT_SCHEMA, type ExportLine } from '#domain/record/export-line.ts';
import type { RecordExports } from '../adapters/dynamodb/record-exports.ts';

/** Lambda answers with at most 6 MB, and one entry may have 0.4 MB. */
const ENOUGH_BYTES = 1_500_000;
/** Where nearly nothing comes to a line, so many portions are enough for one answer. */
const MOST_PORTIONS = 12;

const countSchema = z.coerce.number().pipe(z.int().min(0).max(99_999_999));

const cursorSchema = z.object({
  stage: z.enum(['anchors', 'entries', 'unsealed']),
  /** The position up to which the export goes: that of the first page. */
  sealed: countSchema,
  anchors: countSchema,
  entries: countSchema,
  unsealed: countSchema,
  /** After what the stage goes on; empty: from its beginning. */
  after: z.string().max(1_100),
});
export type RecordCursor = z.infer<typeof cursorSchema>;

/** Reads what `writeRecordCursor` wrote; null where it did not. */
export const readRecordCursor = (text: string): RecordCursor | null => {
  const [, stage, sealed, anchors, entries, unsealed, after] =
    /^([a-z]+)\.(\d+)\.(\d+)\.(\d+)\.(\d+)\.(.*)$/s.exec(text) ?? [];
  const read = cursorSchema.safeParse({ stage, sealed, anchors, entries, unsealed, after });
  const isPosition = read.data?.stage !== 'entries' || /^\d{0,8}$/.test(read.data.after);
  return read.success && isPosition ? read.data : null;
};

export const writeRecordCursor = (cursor: RecordCursor): string => {
  const { stage, sealed, anchors, entries, unsealed, after } = cursor;
  return [stage, sealed, anchors, entries, unsealed, after].join('.');
};

export type PageDeps = Readonly<{ recordExports: RecordExports }>;
type Chain = Readonly<{ agencyId: AgencyId; chain: string }>;
type Portion = Readonly<{ lines: readonly ExportLine[]; next: RecordCursor | null }>;

const someAnchors = async (
  { recordExports }: PageDeps,
  { agencyId, chain }: Chain,
  cursor: RecordCursor,
): Promise<Portion> => {
  const after = cursor.after === '' ? null : cursor.after;
  const { found, next } = await recordExports.loadAnchors(agencyId, chain, after);
  // One that was made since the first page holds what this export does not.
  const lines = found.filter(({ anchored }) => anchored.position <= cursor.sealed);
  const counted = { ...cursor, anchors: cursor.anchors + lines.length };
  const stage = next === null ? 'entries' : 'anchors';
  return { lines, next: { ...counted, stage, after: next ?? '' } };
};

const someEntries = async (
  { recordExports }: PageDeps,
  { chain }: Chain,
  cursor: RecordCursor,
): Promise<Portion> => {
  const range = { after: Number(cursor.after), until: cursor.sealed };
  const { found: lines, next } = await recordExports.loadEntries(chain, range);
  const counted = { ...cursor, entries: cursor.entries + lines.length };
  const stage = next === null ? 'unsealed' : 'entries';
  return { lines, next: { ...counted, stage, after: next === null ? '' : String(next) } };
};

const someUnsealed = async (
  { recordExports }: PageDeps,
  { chain }: Chain,
  cursor: RecordCursor,
): Promise<Portion> => {
  const after = cursor.after === '' ? null : cursor.after;
  const { found, next } = await recordExports.loadUnsealed(chain, after);
  const lines = found.map((entry): ExportLine => ({ kind: 'unsealed', entry }));
  const { anchors, entries } = cursor;
  const unsealed = cursor.unsealed + lines.length;
  if (next !== null) return { lines, next: { ...cursor, unsealed, after: next } };
  return { lines: [...lines, { kind: 'end', anchors, entries, unsealed }], next: null };
};

const STAGES = { anchors: someAnchors, entries: someEntries, unsealed: someUnsealed } as const;

/** The lines of one answer, and where the next one goes on; null: these are the last. */
export const recordPage = async (
  deps: PageDeps,
  of: Chain,
  from: RecordCursor | null,
): Promise<Readonly<{ text: string; next: RecordCursor | null }>> => {
  let text = '';
  let next = from;
  const write = (line: ExportLine): void => {
    text += `${JSON.stringify(line)}\n`;
  };
  if (next === null) {
    const { position: sealed, hash: last } = await deps.recordExports.loadEnd(of.chain);
    write({ kind: 'head', schema: EXPORT_SCHEMA, chain: of.chain, sealed, last });
    next = { stage: 'anchors', sealed, anchors: 0, entries: 0, unsealed: 0, after: '' };
  }
  for (let portions = 0; portions < MOST_PORTIONS && text.length < ENOUGH_BYTES; portions += 1) {
    const portion: Portion = await STAGES[next.stage](deps, of, next);
    portion.lines.forEach(write);
    next = portion.next;
    if (next === null) break;
  }
  return { text, next };
};
