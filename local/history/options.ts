import { parseArgs } from 'node:util';

/** What the command is to do, with whose token. */
export type HistoryOptions = Readonly<{
  /** Null: every wearer, and the agency's own documents. */
  wearerId: string | null;
  api: string;
  token: string;
  /** The person who does it: on record in the agency. */
  by: string;
}> &
  (
    | Readonly<{
        does: 'export';
        directory: string;
        recipient: string;
        reason: string;
        from: string | undefined;
        to: string | undefined;
      }>
    | Readonly<{ does: 'import'; directory: string; importId: string }>
  );

export const HELP = `Moves one wearer's history from one monitoring system to another (docs/record-transfer.md).

  npm run record-transfer -- export --api URL --wearer ID --by PERSON --to-whom NAME --why TEXT --out DIR
                                    [--from INSTANT] [--to INSTANT]
  npm run record-transfer -- import --api URL --wearer ID --by PERSON --as IMPORT --in DIR

With --all in the place of --wearer, everything of an agency: its own documents, each wearer's history
and imports, and their records as chains (npm run verify-record). It goes on where it was cut off.

The token of an administrator is taken from the environment, as HOMEWARD_TOKEN. Export reads every
sheet of every group, and every import, and checks that nothing is missing. Import checks all of it
before the first sheet is sent; run it again where it was cut off: a repeat changes nothing.

The exit code is 0 only if all of it was exported, or imported.`;

const text = { type: 'string' } as const;
const OPTIONS = {
  ...{ api: text, wearer: text, by: text, from: text, to: text },
  ...{ 'to-whom': text, why: text, out: text, as: text, in: text },
  all: { type: 'boolean' },
} as const;

type Named = Readonly<Partial<Record<'wearer' | 'from' | 'to', string>> & { all?: boolean }>;

/** Whose history it is; null: everybody's. */
const wearerOf = ({ all = false, wearer, from, to }: Named, must: (name: 'wearer') => string) => {
  if (!all) return must('wearer');
  if (wearer !== undefined) throw new Error('say --all or --wearer, not both');
  if ((from ?? to) !== undefined)
    throw new Error('--all is from the first day on: no --from, --to');
  return null;
};

/** Reads the command line. Throws with what is missing, in words. */
export const readOptions = (args: readonly string[], token: string | undefined): HistoryOptions => {
  const { values, positionals } = parseArgs({
    ...{ args: [...args], options: OPTIONS, allowPositionals: true },
  });
  const must = (name: Exclude<keyof typeof OPTIONS, 'all'>): string => {
    const value = values[name];
    if (value === undefined || value === '') throw new Error(`--${name} is missing`);
    return value;
  };
  if (token === undefined || token === '') throw new Error('HOMEWARD_TOKEN is not set');
  const [does, ...rest] = positionals;
  if (rest.length > 0) throw new Error(`"${rest.join(' ')}" is not understood`);
  const shared = { wearerId: wearerOf(values, must), api: must('api'), by: must('by'), token };
  if (does === 'import') {
    return { ...shared, does, importId: must('as'), directory: must('in') };
  }
  if (does !== 'export') throw new Error('say export or import');
  return {
    ...{ ...shared, does, directory: must('out'), recipient: must('to-whom') },
    ...{ reason: must('why'), from: values.from, to: values.to },
  };
};
