import { type Instant, toIso } from '../model/instant.ts';
import type { CompiledTimetable } from './compile-timetable.ts';
import type { ActiveInterval } from './interval-sets.ts';

/** The next change: windows start or end, or what is known ends and must be compiled further. */
export type NextEdge = Readonly<{ at: Instant; kind: 'start' | 'end' | 'horizon' }>;

/** Whether an instant lies within what was compiled. */
export const covers = (compiled: CompiledTimetable, at: Instant): boolean =>
  at >= compiled.fromAt && at < compiled.untilAt;

const mustCover = (compiled: CompiledTimetable, at: Instant): void => {
  if (covers(compiled, at)) return;
  const known = `${toIso(compiled.fromAt)} to ${toIso(compiled.untilAt)}`;
  throw new RangeError(
    `a timetable compiled for ${known} was asked about ${toIso(at)}: compile it for that time`,
  );
};

/** The first interval that ends after an instant: the one that holds it, or else the next. */
const firstEndingAfter = (
  intervals: readonly ActiveInterval[],
  at: number,
): ActiveInterval | undefined => {
  let [low, high] = [0, intervals.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((intervals[middle]?.endAt ?? 0) > at) high = middle;
    else low = middle + 1;
  }
  return intervals[low];
};

/** The interval that ends at an instant, if one does. */
export const endingAt = (
  { intervals }: CompiledTimetable,
  at: Instant,
): ActiveInterval | undefined => {
  const found = firstEndingAfter(intervals, at - 1);
  return found?.endAt === at ? found : undefined;
};

/**
 * The interval that holds an instant, or undefined. Its edges by 'horizon' are not the window's
 * own. Throws a RangeError outside the horizon: what was not compiled is unknown, not inactive.
 */
export const windowAt = (compiled: CompiledTimetable, at: Instant): ActiveInterval | undefined => {
  mustCover(compiled, at);
  const found = firstEndingAfter(compiled.intervals, at);
  return found !== undefined && found.startAt <= at ? found : undefined;
};

/**
 * Whether the timetable is active: at the start of a window it is, at its end it is not. Throws as
 * windowAt.
 */
export const isActiveAt = (compiled: CompiledTimetable, at: Instant): boolean =>
  windowAt(compiled, at) !== undefined;

/**
 * The first edge after an instant; an edge at that very instant is not meant. Throws as windowAt.
 */
export const nextEdgeAfter = (compiled: CompiledTimetable, at: Instant): NextEdge => {
  mustCover(compiled, at);
  const found = firstEndingAfter(compiled.intervals, at);
  if (found === undefined) return { at: compiled.untilAt, kind: 'horizon' };
  if (found.startAt > at) return { at: found.startAt, kind: 'start' };
  return { at: found.endAt, kind: found.endsBy === 'horizon' ? 'horizon' : 'end' };
};
