import { DAY_MILLISECONDS, type Instant, instant, MINUTE_MILLISECONDS } from '../model/instant.ts';
import type { Thresholds } from '../model/threshold-policy.ts';
import type { Memory } from './rule.ts';

/** A stretch of absence, in epoch milliseconds. */
type Piece = Readonly<{ from: number; until: number }>;

/** Absences as they are remembered: each under its beginning, and the one that still runs. */
export type Absences = Readonly<{ ended: readonly Piece[]; since: number | null }>;

/** How far back they count, and how many of them are the limit, milliseconds. */
export type Limit = Readonly<{ window: number; most: number }>;

export const limitOf = ({ atvDays = 0, atvMinutes = 0 }: Thresholds): Limit => ({
  window: atvDays * DAY_MILLISECONDS,
  most: atvMinutes * MINUTE_MILLISECONDS,
});

const PREFIX = 'out';

export const absencesIn = (memory: Memory): Absences => ({
  ended: Object.entries(memory)
    .filter(([name]) => name.startsWith(PREFIX))
    .map(([name, until]) => ({ from: Number(name.slice(PREFIX.length)), until }))
    .sort((a, b) => a.from - b.from),
  since: memory.since ?? null,
});

export const asMemory = ({ ended, since }: Absences): Memory => ({
  ...Object.fromEntries(ended.map(({ from, until }) => [`${PREFIX}${from}`, until])),
  ...(since === null ? {} : { since }),
});

/** Of some absences, how much counts at an instant, milliseconds. */
export const addedUp = ({ ended, since }: Absences, { window }: Limit, at: number): number => {
  const running = since === null ? [] : [{ from: since, until: at }];
  return [...ended, ...running].reduce(
    (sum, { from, until }) => sum + Math.max(0, Math.min(until, at) - Math.max(from, at - window)),
    0,
  );
};

/** Instants at which the sum changes its course, after one, in order. */
const bendsAfter = ({ ended, since }: Absences, { window }: Limit, after: number): number[] => {
  const leaving = ended.flatMap(({ from, until }) => [from + window, until + window]);
  const own = since === null ? [] : [since + window];
  return [...leaving, ...own].filter((at) => at > after).sort((a, b) => a - b);
};

/**
 * The first instant after one at which the sum comes to the limit (or, where it stands there, falls
 * below it) if nothing more happens; null where it never does. It follows from the absences alone,
 * whenever it is asked.
 */
export const limitCrossedAt = (absences: Absences, limit: Limit, after: number): Instant | null => {
  const isOver = (at: number): boolean => addedUp(absences, limit, at) >= limit.most;
  const wasOver = isOver(after);
  const bends = bendsAfter(absences, limit, after);
  const last = (bends.at(-1) ?? after) + limit.most + 1;
  let low = after;
  for (const high of [...bends, last]) {
    // Between two bends the sum goes one way only.
    if (isOver(high) !== wasOver)
      return instant(firstIn(low, high, (at) => isOver(at) !== wasOver));
    low = high;
  }
  return null;
};

/** The first whole number above `low`, up to `high`, for which something holds that then stays. */
const firstIn = (low: number, high: number, holds: (at: number) => boolean): number => {
  let [before, after] = [low, high];
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2);
    if (holds(middle)) after = middle;
    else before = middle;
  }
  return after;
};

/** An absence begins, or goes on. */
export const beginAbsence = (absences: Absences, since: Instant): Absences =>
  absences.since === null ? { ...absences, since } : absences;

/** The one that ran ends; what counts no more is forgotten. */
export const endAbsence = (absences: Absences, { window }: Limit, until: number): Absences => {
  const { ended, since } = absences;
  if (since === null) return absences;
  const all = until > since ? [...ended, { from: since, until }] : ended;
  return { ended: all.filter((piece) => piece.until > until - window), since: null };
};
