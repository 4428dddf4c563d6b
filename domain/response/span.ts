/** How long something took in some cases; nulls where there was none. */
export type Span = Readonly<{
  count: number;
  p50Seconds: number | null;
  p90Seconds: number | null;
  worstSeconds: number | null;
  /** The alert that took longest. */
  worstAlertId: string | null;
  /** What has begun and not come to its end: it is in none of the numbers above. */
  waiting: number;
}>;

export type Timed = Readonly<{ alertId: string; seconds: number }>;

/**
 * The value that so large a share of some sorted values does not exceed, by nearest rank: one that
 * was measured, and never one between two. Null of none. Source: Hyndman and Fan, Sample quantiles
 * in statistical packages, The American Statistician 50 (1996), definition 1.
 */
export const nearestRank = (sorted: readonly number[], share: number): number | null =>
  sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? null;

/** What some cases took, and how many are still waited for. */
export const spanOf = (timed: readonly Timed[], waiting: number): Span => {
  const sorted = timed.toSorted((a, b) => a.seconds - b.seconds);
  const seconds = sorted.map((one) => one.seconds);
  const worst = sorted.at(-1);
  return {
    count: sorted.length,
    p50Seconds: nearestRank(seconds, 0.5),
    p90Seconds: nearestRank(seconds, 0.9),
    worstSeconds: worst?.seconds ?? null,
    worstAlertId: worst?.alertId ?? null,
    waiting,
  };
};
