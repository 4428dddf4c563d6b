/** Chance that follows from a seed alone: the same seed, the same throws in the same order. */
export type Dice = Readonly<{
  /** From 0 to below 1. */
  next: () => number;
  /** A whole number from 0 to below `most`. */
  below: (most: number) => number;
  /** A whole number between two, both included. */
  between: (least: number, most: number) => number;
  /** Whether something of this probability happens. */
  happens: (probability: number) => boolean;
  /** One of several. Throws RangeError where there is none. */
  pick: <T>(of: readonly T[]) => T;
  /** Other dice that follow from these and a name, so that more throws here move none there. */
  named: (name: string) => Dice;
}>;

/** A whole number that stands for a text, by FNV-1a. */
export const hashed = (text: string): number => {
  let h = 0x811c9dc5;
  for (let i = 0; i < text.length; i += 1) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  return h >>> 0;
};

/** Mulberry32 (public domain): small, fast, and good enough to choose between interleavings. */
export const dice = (seed: number): Dice => {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
  // Neighbouring seeds begin alike otherwise.
  for (let i = 0; i < 4; i += 1) next();
  const below = (most: number): number => Math.floor(next() * most);
  return {
    next,
    below,
    between: (least, most) => least + below(most - least + 1),
    happens: (probability) => next() < probability,
    pick: (of) => {
      const chosen = of[below(of.length)];
      if (chosen === undefined) throw new RangeError('there is nothing to pick from');
      return chosen;
    },
    named: (name) => dice((seed ^ hashed(name)) >>> 0),
  };
};
