import { earliest, type Instant, instant } from '../model/instant.ts';
import { covers, nextEdgeAfter, windowAt } from '../time/active-intervals.ts';
import type { CompiledTimetable } from '../time/compile-timetable.ts';
import { type ActiveInterval, cutOut } from '../time/interval-sets.ts';
import type { Answer, Judgement, Memory, Seen } from './rule.ts';

/** The end of time, for what has no end: the last instant that a Date can hold. */
export const FOREVER = instant(8_640_000_000_000_000);

/** At all hours. */
export const EVER: CompiledTimetable = {
  fromAt: instant(0),
  untilAt: FOREVER,
  tzdataVersion: 'none',
  intervals: [{ startAt: instant(0), endAt: FOREVER, startsBy: 'validity', endsBy: 'validity' }],
};

/** All the hours that are not a timetable's. */
export const outsideOf = (open: CompiledTimetable): CompiledTimetable => {
  const whole = { startAt: open.fromAt, endAt: open.untilAt } as const;
  const ends = { startsBy: 'horizon', endsBy: 'horizon' } as const;
  return { ...open, intervals: cutOut([{ ...whole, ...ends }], open.intervals) };
};

type Hours = Readonly<{
  /** The window that holds the instant; null outside hours. */
  window: ActiveInterval | null;
  /** The next instant at which that changes; null where it never does. */
  edgeAt: Instant | null;
  /** False beyond what was compiled: hours that are not known are not "outside hours". */
  isKnown: boolean;
}>;

/** What a condition's hours are at an instant. */
export const hoursAt = (active: CompiledTimetable, at: Instant): Hours => {
  if (!covers(active, at)) return { window: null, edgeAt: null, isKnown: false };
  const window = windowAt(active, at) ?? null;
  const edge = nextEdgeAfter(active, at);
  return { window, edgeAt: edge.at === FOREVER ? null : edge.at, isKnown: true };
};

/** Why a condition does not apply at an instant outside its hours. */
export const whyNotApplicable = (
  { permitted }: Readonly<{ permitted: readonly ActiveInterval[] }>,
  at: Instant,
): 'permitted' | 'outside-hours' =>
  permitted.some(({ startAt, endAt }) => startAt <= at && at < endAt)
    ? 'permitted'
    : 'outside-hours';

/** Of instants remembered, those of a window: memory of an earlier one says nothing of it. */
export const memoryOf = (memory: Memory, { startAt }: ActiveInterval): Memory =>
  Object.fromEntries(Object.entries(memory).filter(([, markedAt]) => markedAt >= startAt));

/** The window that a rule judges in, and when that changes. */
export type During = Readonly<{ window: ActiveInterval; edgeAt: Instant | null }>;

/**
 * Asks a rule within its watch's hours alone. Outside of them it does not apply, and `outside` says
 * what it keeps: nothing, if absent. Where the hours are not known nothing is said or forgotten.
 */
export const within = <S extends Pick<Seen, 'watch' | 'memory' | 'at'>>(
  seen: S,
  judge: (seen: S, during: During) => Judgement,
  outside: (seen: S) => Omit<Answer, 'dueAt'> = () => ({ memory: {} }),
): Judgement => {
  const { watch, memory, at } = seen;
  const { window, edgeAt, isKnown } = hoursAt(watch.active, at);
  if (!isKnown) return { verdict: 'undetermined', reason: 'hours-unknown', memory, dueAt: null };
  if (window !== null) return judge(seen, { window, edgeAt });
  const reason = whyNotApplicable(watch, at);
  const edges = watch.permitted.flatMap(({ startAt, endAt }) => [startAt, endAt]);
  const dueAt = earliest([edgeAt, ...edges.filter((edge) => edge > at)]);
  return { verdict: 'not-applicable', reason, ...outside(seen), dueAt };
};
