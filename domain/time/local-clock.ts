import { Temporal } from 'temporal-polyfill';
import { DAY_MILLISECONDS, type Instant, instant } from '../model/instant.ts';

/**
 * A time as a clock on the wall shows it, with its date: milliseconds since 1970-01-01T00:00 on
 * that clock. It is no instant: on some nights a clock shows a time twice, or never.
 */
export type WallTime = number;

/** From `startAt` on, the zone's clocks are `offsetMilliseconds` ahead of UTC. */
export type OffsetPeriod = Readonly<{ startAt: number; offsetMilliseconds: number }>;

/** The clocks of one zone over a stretch of time; the first period reaches back without end. */
export type LocalClock = Readonly<{ timeZone: string; periods: readonly OffsetPeriod[] }>;

/** When a clock shows a time: once, twice (clocks put back) or never (clocks put forward). */
export type Reading =
  | Readonly<{ kind: 'once'; at: Instant }>
  | Readonly<{ kind: 'twice'; firstAt: Instant; lastAt: Instant }>
  | Readonly<{ kind: 'never'; nextAt: Instant }>;

const MARGIN_DAYS = 3;
const NANOSECONDS_PER_MILLISECOND = 1_000_000;

/** The model's instants begin in 1970; what lies before is cut off there. */
const sinceEpoch = (milliseconds: number): Instant => instant(Math.max(0, milliseconds));

const periodFrom = (startAt: number, at: Temporal.ZonedDateTime): OffsetPeriod => ({
  startAt,
  offsetMilliseconds: at.offsetNanoseconds / NANOSECONDS_PER_MILLISECOND,
});

/**
 * The name of an IANA zone in its own spelling, or undefined for one that the tz database lacks.
 */
export const knownTimeZone = (name: string): string | undefined => {
  // A fixed offset is accepted by Temporal, but follows no clock change.
  if (!/^[A-Za-z]/.test(name)) return undefined;
  try {
    return Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(name).timeZoneId;
  } catch {
    // Recorded: the caller turns it into a problem of the timetable.
    return undefined;
  }
};

/**
 * Reads the clock changes of an IANA zone between two instants, with some days to spare on either
 * side. Throws a RangeError for an unknown zone.
 */
export const readClock = (timeZone: string, fromAt: Instant, untilAt: Instant): LocalClock => {
  const end = untilAt + MARGIN_DAYS * DAY_MILLISECONDS;
  const start = Temporal.Instant.fromEpochMilliseconds(fromAt - MARGIN_DAYS * DAY_MILLISECONDS);
  const first = start.toZonedDateTimeISO(timeZone);
  const periods = [periodFrom(Number.NEGATIVE_INFINITY, first)];
  let next = first.getTimeZoneTransition('next');
  while (next !== null && next.epochMilliseconds <= end) {
    periods.push(periodFrom(next.epochMilliseconds, next));
    next = next.getTimeZoneTransition('next');
  }
  return { timeZone, periods };
};

/** When the clock shows a time. `nextAt` is the first instant after the gap. */
export const read = ({ periods }: LocalClock, time: WallTime): Reading => {
  const shown: Instant[] = [];
  let nextAt = Number.POSITIVE_INFINITY;
  for (const [i, { startAt, offsetMilliseconds }] of periods.entries()) {
    const endAt = periods[i + 1]?.startAt ?? Number.POSITIVE_INFINITY;
    const at = time - offsetMilliseconds;
    if (at >= startAt && at < endAt) shown.push(sinceEpoch(at));
    else if (at < startAt) nextAt = Math.min(nextAt, startAt);
  }
  const [firstAt, lastAt] = [shown[0], shown[shown.length - 1]];
  if (firstAt === undefined || lastAt === undefined) {
    return { kind: 'never', nextAt: sinceEpoch(nextAt) };
  }
  return firstAt === lastAt ? { kind: 'once', at: firstAt } : { kind: 'twice', firstAt, lastAt };
};

/** The first instant at which the clock shows a time, or the end of the gap that swallows it. */
export const firstInstantOf = (clock: LocalClock, time: WallTime): Instant => {
  const reading = read(clock, time);
  if (reading.kind === 'once') return reading.at;
  return reading.kind === 'twice' ? reading.firstAt : reading.nextAt;
};

/** The last instant at which the clock shows a time, or the end of the gap that swallows it. */
export const lastInstantOf = (clock: LocalClock, time: WallTime): Instant => {
  const reading = read(clock, time);
  if (reading.kind === 'once') return reading.at;
  return reading.kind === 'twice' ? reading.lastAt : reading.nextAt;
};

/** What the zone's clocks show at an instant. */
export const wallTimeAt = ({ periods }: LocalClock, at: Instant): WallTime => {
  const period = periods.findLast(({ startAt }) => startAt <= at);
  return at + (period?.offsetMilliseconds ?? 0);
};
