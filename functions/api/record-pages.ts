import * as z from 'zod';
import type { AgencyId } from '#domain/model/ids.ts';
import {
  EXPORT_SCHEMA,
  type ExportLine,
  WITH_DOCUMENTS_SCHEMA,
} from '#domain/record/export-line.ts';
import type { LoadExportedDocuments } from '../adapters/dynamodb/document-exports.ts';
import type { RecordExports } from '../adapters/dynamodb/record-exports.ts';

/** Lambda answers with at most 6 MB, and one entry may have 0.4 MB. */
const ENOUGH_BYTES = 1_500_000;
/** Where nearly nothing comes to a line, so many portions are enough for one answer. */
const MOST_PORTIONS = 12;

const countSchema = z.coerce.number().pipe(z.int().min(0).max(99_999_999));

const cursorSchema = z.object({
  stage: z.enum(['head', 'anchors', 'entries', 'documents', 'unsealed']),
  /** The position up to which the chain goes out: that of its head. */
  sealed: countSchema,
  anchors: countSchema,
  entries: countSchema,
  documents: countSchema,
  unsealed: countSchema,
  /** Which of the chains that follow the first; empty: the first. */
  of: z.string().max(200),
  /** After what the stage goes on; empty: from its beginning. */
  after: z.string().max(1_100),
});
export type RecordCursor = z.infer<typeof cursorSchema>;

const COUNTS = ['sealed', 'anchors', 'entries', 'documents', 'unsealed'] as const;

/** Reads what `writeRecordCursor` wrote; null where it did not. */
export const readRecordCursor = (text: string): RecordCursor | null => {
  const [, stage, counts = '', of, after] =
    /^([a-z]+)\.((?:\d+\.){5})([\w.#-]*)\/(.*)$/s.exec(text) ?? [];
  const counted = counts.split('.');
  const named = Object.fromEntries(COUNTS.map((name, i) => [name, counted[i]]));
  const read = cursorSchema.safeParse({ stage, ...named, of, after });
  const isPosition = read.data?.stage !== 'entries' || /^\d{0,8}$/.test(read.data.after);
  return read.success && isPosition ? read.data : null;
};

export const writeRecordCursor = (cursor: RecordCursor): string =>
  `${[cursor.stage, ...COUNTS.map((name) => cursor[name]), cursor.of].join('.')}/${cursor.after}`;

const headOf = (of: string): RecordCursor => ({
  ...{ stage: 'head', sealed: 0, anchors: 0, entries: 0, documents: 0, unsealed: 0 },
  ...{ of, after: '' },
});

export type PageDeps = Readonly<{
  recordExports: RecordExports;
  loadExportedDocuments: LoadExportedDocuments;
}>;
/** A chain, and those that follow it with its documents, in the order of their names. */
export type AskedChain = Readonly<{
  agencyId: AgencyId;
  chain: string;
  /** Null: the chain alone, without documents. */
  following: readonly string[] | null;
}>;
type Portion = Readonly<{ lines: readonly ExportLine[]; next: RecordCursor | null }>;

const afterOf = ({ after }: RecordCursor): string | null => (after === '' ? null : after);

/** The chain that a cursor stands in. */
const chainAt = ({ chain }: AskedChain, { of }: RecordCursor): string => (of === '' ? chain : of);

/** Whether a cursor stands in a chain of this export: nobody makes one up. */
export const isOfExport = ({ following }: AskedChain, { of, stage }: RecordCursor): boolean =>
  (of === '' || following?.includes(of) === true) && (stage !== 'documents' || following !== null);

const someHead = async (
  { recordExports }: PageDeps,
  asked: AskedChain,
  cursor: RecordCursor,
): Promise<Portion> => {
  const chain = chainAt(asked, cursor);
  const { position: sealed, hash: last } = await recordExports.loadEnd(chain);
  const schema = asked.following === null ? EXPORT_SCHEMA : WITH_DOCUMENTS_SCHEMA;
  return {
    lines: [{ kind: 'head', schema, chain, sealed, last }],
    next: { ...cursor, stage: 'anchors', sealed },
  };
};

const someAnchors = async (
  { recordExports }: PageDeps,
  asked: AskedChain,
  cursor: RecordCursor,
): Promise<Portion> => {
  const chain = chainAt(asked, cursor);
  const { found, next } = await recordExports.loadAnchors(asked.agencyId, chain, afterOf(cursor));
  // One that was made since the first page holds what this export does not.
  const lines = found.filter(({ anchored }) => anchored.position <= cursor.sealed);
  const counted = { ...cursor, anchors: cursor.anchors + lines.length };
  const stage = next === null ? 'entries' : 'anchors';
  return { lines, next: { ...counted, stage, after: next ?? '' } };
};

const someEntries = async (
  { recordExports }: PageDeps,
  asked: AskedChain,
  cursor: RecordCursor,
): Promise<Portion> => {
  const range = { after: Number(cursor.after), until: cursor.sealed };
  const { found: lines, next } = await recordExports.loadEntries(chainAt(asked, cursor), range);
  const counted = { ...cursor, entries: cursor.entries + lines.length };
  if (next !== null) return { lines, next: { ...counted, after: String(next) } };
  const stage = asked.following === null ? 'unsealed' : 'documents';
  return { lines, next: { ...counted, stage, after: '' } };
};

const someDocuments = async (
  { loadExportedDocuments }: PageDeps,
  asked: AskedChain,
  cursor: RecordCursor,
): Promise<Portion> => {
  const range = { after: afterOf(cursor), sealed: cursor.sealed };
  const { found: lines, next } = await loadExportedDocuments(chainAt(asked, cursor), range);
  const counted = { ...cursor, documents: cursor.documents + lines.length };
  const stage = next === null ? 'unsealed' : 'documents';
  return { lines, next: { ...counted, stage, after: next ?? '' } };
};

const endLine = ({ following }: AskedChain, cursor: RecordCursor): ExportLine => {
  const { anchors, entries, documents, unsealed } = cursor;
  const counted = following === null ? {} : { documents };
  return { kind: 'end', anchors, entries, ...counted, unsealed };
};

const someUnsealed = async (
  { recordExports }: PageDeps,
  asked: AskedChain,
  cursor: RecordCursor,
): Promise<Portion> => {
  const { found, next } = await recordExports.loadUnsealed(chainAt(asked, cursor), afterOf(cursor));
  const lines = found.map((entry): ExportLine => ({ kind: 'unsealed', entry }));
  const counted = { ...cursor, unsealed: cursor.unsealed + lines.length };
  if (next !== null) return { lines, next: { ...counted, after: next } };
  const following = asked.following?.find((chain) => chain > cursor.of);
  return {
    lines: [...lines, endLine(asked, counted)],
    next: following === undefined ? null : headOf(following),
  };
};

const STAGES = {
  head: someHead,
  anchors: someAnchors,
  entries: someEntries,
  documents: someDocuments,
  unsealed: someUnsealed,
} as const;

/** The lines of one answer, and where the next one goes on; null: these are the last. */
export const recordPage = async (
  deps: PageDeps,
  asked: AskedChain,
  from: RecordCursor | null,
): Promise<Readonly<{ text: string; next: RecordCursor | null }>> => {
  let text = '';
  let next: RecordCursor | null = from ?? headOf('');
  for (let portions = 0; portions < MOST_PORTIONS && text.length < ENOUGH_BYTES; portions += 1) {
    const portion: Portion = await STAGES[next.stage](deps, asked, next);
    for (const line of portion.lines) text += `${JSON.stringify(line)}\n`;
    next = portion.next;
    if (next === null) break;
  }
  return { text, next };
};
