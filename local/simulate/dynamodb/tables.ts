/** A key of a table or an index: both parts are names of attributes. */
export type KeyNames = Readonly<{ hash: string; range: string | null }>;

export type IndexShape = KeyNames & Readonly<{ keysOnly: boolean }>;

export type TableShape = Readonly<{
  name: string;
  key: KeyNames;
  indexes: Readonly<Record<string, IndexShape>>;
  /** Attributes of keys that are numbers; the others are text. */
  numbers: readonly string[];
}>;

const due = { hash: 'dueShard', range: 'nextDueAt', keysOnly: true };
const list = { hash: 'listKey', range: 'listAt', keysOnly: false };
const entries = { hash: 'entryDay', range: null, keysOnly: true };
const links = { hash: 'sealedDay', range: 'sealedAt', keysOnly: true };
const single: KeyNames = { hash: 'pk', range: null };
const sorted: KeyNames = { hash: 'pk', range: 'sk' };
const numbers = ['nextDueAt', 'listAt', 'sealedAt'];

/** The tables of the stack; a test compares them with its template. */
export const TABLES: readonly TableShape[] = [
  { name: 'state', key: single, indexes: { due }, numbers },
  { name: 'monitoring', key: sorted, indexes: { due, list }, numbers },
  { name: 'trail', key: sorted, indexes: { due }, numbers },
  { name: 'record', key: sorted, indexes: { entries }, numbers },
  { name: 'chain', key: sorted, indexes: { links }, numbers },
  { name: 'allowance', key: single, indexes: {}, numbers },
  { name: 'vigil', key: single, indexes: {}, numbers },
];
