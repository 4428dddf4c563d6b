import type { Dice } from './dice.ts';

/** What is to happen when: by a clock that stands still while anything happens. */
export type Agenda = Readonly<{
  /** Milliseconds since 1970, as everything else counts them. */
  now: () => number;
  at: (at: number, what: () => void) => void;
  after: (milliseconds: number, what: () => void) => void;
  /** Works off what is due up to an instant, and leaves the clock there. */
  runUntil: (until: number) => Promise<void>;
  /** How many things have happened. */
  count: () => number;
}>;

type Entry = Readonly<{ at: number; order: number; what: () => void }>;

const isBefore = (a: Entry, b: Entry): boolean =>
  a.at < b.at || (a.at === b.at && a.order < b.order);

/** Everything that waits for nothing but the processor has run when this comes back. */
const settled = (): Promise<void> => new Promise((done) => setImmediate(done));

/** A binary heap of entries, the earliest on top. */
const heap = () => {
  const kept: Entry[] = [];
  const at = (i: number): Entry | undefined => kept[i];
  const swap = (i: number, j: number): void => {
    const [a, b] = [kept[i], kept[j]];
    if (a === undefined || b === undefined) return;
    kept[i] = b;
    kept[j] = a;
  };
  const comesFirst = (i: number, j: number): boolean => {
    const [a, b] = [at(i), at(j)];
    return a !== undefined && b !== undefined && isBefore(a, b);
  };
  const push = (entry: Entry): void => {
    kept.push(entry);
    for (let i = kept.length - 1; i > 0; ) {
      const parent = (i - 1) >> 1;
      if (!comesFirst(i, parent)) return;
      swap(i, parent);
      i = parent;
    }
  };
  const pop = (): Entry | undefined => {
    const top = kept[0];
    const last = kept.pop();
    if (last === undefined || last === top) return top;
    kept[0] = last;
    for (let i = 0; ; ) {
      const [left, right] = [2 * i + 1, 2 * i + 2];
      const child = comesFirst(right, left) ? right : left;
      if (!comesFirst(child, i)) return top;
      swap(i, child);
      i = child;
    }
  };
  return { push, pop, first: () => kept[0] };
};

/**
 * Does one thing after another, each when whatever followed from the last has come to rest. Of what
 * is due at the same instant the dice say what comes first. No timer of the machine is involved, so
 * that a run is the same each time.
 */
export const agenda = (startAt: number, dice: Dice): Agenda => {
  const waiting = heap();
  let now = startAt;
  let count = 0;
  const put = (at: number, what: () => void): void =>
    waiting.push({ at: Math.max(at, now), order: dice.next(), what });
  const runUntil = async (until: number): Promise<void> => {
    for (let next = waiting.first(); next !== undefined && next.at <= until; ) {
      waiting.pop();
      now = next.at;
      count += 1;
      next.what();
      await settled();
      next = waiting.first();
    }
    now = Math.max(now, until);
  };
  return {
    now: () => now,
    at: put,
    after: (milliseconds, what) => put(now + milliseconds, what),
    runUntil,
    count: () => count,
  };
};
