/** A figure that was aimed at: what was measured, and what it may be at most. */
export type Aim = Readonly<{ name: string; measured: number; most: number; unit: string }>;

export const isMet = ({ measured, most }: Aim): boolean => measured <= most;

const shown = (value: number): string =>
  Math.abs(value) >= 100 ? value.toFixed(0) : String(Number(value.toPrecision(3)));

export const aimLine = (aim: Aim): string => {
  const { name, measured, most, unit } = aim;
  const figures = `${shown(measured)} ${unit}`.trim();
  return `  ${name.padEnd(28)}${figures} of at most ${shown(most)}: ${isMet(aim) ? 'met' : 'NOT MET'}`;
};

/**
 * Whether a stretch was sustained: the backlog at its end is no higher than after its first
 * quarter, by more than what arrives in a second; and never above what arrives in ten.
 */
export const isSustained = (depths: readonly number[], messagesPerSecond: number): boolean => {
  const quarter = Math.max(1, Math.floor(depths.length / 4));
  const mean = (some: readonly number[]): number =>
    some.reduce((sum, depth) => sum + depth, 0) / Math.max(1, some.length);
  const rise = mean(depths.slice(-quarter)) - mean(depths.slice(0, quarter));
  return rise <= messagesPerSecond && Math.max(0, ...depths) <= 10 * messagesPerSecond;
};
