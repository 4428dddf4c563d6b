import { parseArgs } from 'node:util';

export type SimulateOptions = Readonly<{
  help: boolean;
  /** The first seed, and how many from there on. */
  seed: number;
  seeds: number;
  /** The only faults and happenings that take place; null: all. */
  faults: ReadonlySet<string> | null;
  happenings: ReadonlySet<number> | null;
  trace: boolean;
  /** The name of a guard that is taken away; null: none. */
  without: string | null;
  /** Take the guards away, one after another. */
  guards: boolean;
}>;

export const HELP = `Lives through made worlds in which everything goes wrong, and holds the system to its promises.

  npm run simulate -- --seeds 1000        a thousand worlds, from seed 1 on
  npm run simulate -- --seed 17           one world; again, the same
  npm run simulate -- --seed 17 --trace   and what happens in it, line by line
  npm run simulate -- --seed 17 --faults notify-1/7 --happenings 0,3
                                          of its faults and happenings these alone; or none
  npm run simulate -- --without NAME      worlds without one guard of the code
  npm run simulate -- --guards            every guard taken away in turn, and the seeds that took
  npm run simulate -- --help              this text

The exit code is 0 only if no promise was broken; with --guards, if every guard was missed.`;

const wholeOf = (name: string, text: string): number => {
  const value = Number(text);
  if (/^\d+$/.test(text) && Number.isSafeInteger(value) && value > 0) return value;
  throw new Error(`${name} takes a whole number above 0, not "${text}"`);
};

const numbersOf = (name: string, text: string | undefined): ReadonlySet<number> | null => {
  if (text === undefined || text === 'all') return null;
  if (text === 'none') return new Set();
  if (!/^\d+(,\d+)*$/.test(text)) {
    throw new Error(`${name} takes all, none or numbers such as 3,14, not "${text}"`);
  }
  return new Set(text.split(',').map(Number));
};

const namesOf = (text: string | undefined): ReadonlySet<string> | null => {
  if (text === undefined || text === 'all') return null;
  return new Set(text === 'none' ? [] : text.split(','));
};

/** Reads the command line. Throws in plain words on what cannot be read. */
export const parseOptions = (args: readonly string[]): SimulateOptions => {
  const { values } = parseArgs({
    args: [...args],
    options: {
      help: { type: 'boolean', short: 'h', default: false },
      seed: { type: 'string' },
      seeds: { type: 'string' },
      faults: { type: 'string' },
      happenings: { type: 'string' },
      trace: { type: 'boolean', default: false },
      without: { type: 'string' },
      guards: { type: 'boolean', default: false },
    },
    strict: true,
  });
  const { help, trace, guards, seed, seeds } = values;
  const one = seed === undefined ? 200 : 1;
  return {
    ...{ help, trace, guards, without: values.without ?? null },
    seed: seed === undefined ? 1 : wholeOf('--seed', seed),
    seeds: seeds === undefined ? one : wholeOf('--seeds', seeds),
    faults: namesOf(values.faults),
    happenings: numbersOf('--happenings', values.happenings),
  };
};
