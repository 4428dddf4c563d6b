/** Numbers that look drawn by chance, and are the same for the same seed on every machine. */
export type Random = Readonly<{
  /** Evenly in [0, 1). */
  next: () => number;
  /** Standard normal. */
  normal: () => number;
  exponential: (mean: number) => number;
  chance: (probability: number) => boolean;
  between: (least: number, most: number) => number;
  pick: <T>(all: readonly T[]) => T;
}>;

/** FNV-1a over the text of a seed. */
const hash = (text: string): number => {
  let h = 0x811c9dc5;
  for (let i = 0; i < text.length; i += 1) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  return h >>> 0;
};

/** Mulberry32 by Tommy Ettinger (public domain): one word of state, enough for a simulation. */
const mulberry32 = (seed: number) => {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
};

export const randomOf = (seed: string): Random => {
  const next = mulberry32(hash(seed));
  const between = (least: number, most: number) => least + (most - least) * next();
  // Box and Muller: only their cosine half, so that each call draws alike.
  const normal = () => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next());
  return {
    next,
    normal,
    between,
    exponential: (mean) => -mean * Math.log(1 - next()),
    chance: (probability) => next() < probability,
    pick: (all) => {
      const picked = all[Math.floor(next() * all.length)];
      if (picked === undefined) throw new Error('there is nothing to pick from');
      return picked;
    },
  };
};
