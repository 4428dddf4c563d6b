import * as z from 'zod';
import { openLedgerFile } from './ledger-file.ts';

/** Values by key that outlive the process, when the ledger has a file. */
export type Collection<T> = {
  has(key: string): boolean;
  get(key: string): T | undefined;
  entries(): [key: string, value: T][];
  set(key: string, value: T): void;
  drop(key: string): void;
};

/** Everything of the local cloud, beside tables and objects, that must outlive the process. */
export type Ledger = {
  /** A collection by its name. Throws when what is kept under it is not what `schema` says. */
  collection<S extends z.ZodType>(name: string, schema: S): Collection<z.output<S>>;
  /** Resolves when all that was set and dropped so far is on the disk. */
  flushed(): Promise<void>;
  close(): Promise<void>;
};

const recordSchema = z.union([
  z.strictObject({ set: z.tuple([z.string(), z.string(), z.unknown()]) }),
  z.strictObject({ drop: z.tuple([z.string(), z.string()]) }),
]);

type Kept = Map<string, Map<string, unknown>>;

const valuesOf = (kept: Kept, name: string): Map<string, unknown> => {
  const values = kept.get(name) ?? new Map<string, unknown>();
  kept.set(name, values);
  return values;
};

const apply = (kept: Kept, record: unknown): void => {
  const parsed = recordSchema.parse(record);
  if ('set' in parsed) {
    const [name, key, value] = parsed.set;
    valuesOf(kept, name).set(key, value);
  } else {
    const [name, key] = parsed.drop;
    valuesOf(kept, name).delete(key);
  }
};

function* recordsOf(kept: Kept): Generator<unknown> {
  for (const [name, values] of kept) {
    for (const [key, value] of values) yield { set: [name, key, value] };
  }
}

const collectionOf =
  (kept: Kept, append: (record: unknown) => void): Ledger['collection'] =>
  (name, schema) => {
    const values = valuesOf(kept, name);
    return {
      has: (key) => values.has(key),
      get: (key) => (values.has(key) ? schema.parse(values.get(key)) : undefined),
      entries: () => [...values].map(([key, value]) => [key, schema.parse(value)]),
      set: (key, value) => {
        values.set(key, value);
        append({ set: [name, key, value] });
      },
      drop: (key) => {
        if (values.delete(key)) append({ drop: [name, key] });
      },
    };
  };

/** Opens the ledger in this file, with all that it holds. */
export const openLedger = async (
  path: string,
  onFailure: (error: Error) => void,
): Promise<Ledger> => {
  const kept: Kept = new Map();
  const snapshot = () => recordsOf(kept);
  const { records, ledgerFile } = await openLedgerFile({ path, snapshot, onFailure });
  for (const record of records) apply(kept, record);
  const { flushed, close, append } = ledgerFile;
  return { collection: collectionOf(kept, append), flushed, close };
};

const nothing: Collection<never> = {
  has: () => false,
  get: () => undefined,
  entries: () => [],
  set: () => undefined,
  drop: () => undefined,
};

/** The ledger of a cloud without a data directory: it remembers nothing. */
export const forgetfulLedger = (): Ledger => ({
  collection: () => nothing,
  flushed: () => Promise.resolve(),
  close: () => Promise.resolve(),
});
