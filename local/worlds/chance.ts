/** Spreads the bits of a number over 32 bits (the finalizer of MurmurHash3, public domain). */
const spread = (bits: number): number => {
  let h = bits;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
};

/**
 * A number from 0 to below 1 that follows from whole numbers alone: the same keys, the same number,
 * in whatever order and process they are asked.
 */
export const chance = (...keys: readonly number[]): number => {
  let h = 0x9e3779b9;
  for (const key of keys) h = spread(h ^ key) + 0x9e3779b9;
  return (spread(h) >>> 0) / 2 ** 32;
};

/** Evenly between two numbers. */
export const between = (least: number, most: number, ...keys: readonly number[]): number =>
  least + (most - least) * chance(...keys);

/** A standard normal deviate, by Box and Muller. */
export const normal = (...keys: readonly number[]): number => {
  const radius = Math.sqrt(-2 * Math.log(1 - chance(...keys, 1)));
  return radius * Math.cos(2 * Math.PI * chance(...keys, 2));
};

/**
 * A standard normal deviate that drifts: at `step` and one step later they have nothing in common,
 * in between they turn into each other. Receivers err like this: minutes long in one direction.
 */
export const drifting = (step: number, ...keys: readonly number[]): number => {
  const before = Math.floor(step);
  const share = step - before;
  const mixed = (1 - share) * normal(...keys, before) + share * normal(...keys, before + 1);
  return mixed / Math.hypot(1 - share, share);
};
