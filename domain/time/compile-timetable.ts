import { DAY_MILLISECONDS, type Instant, instant } from '../model/instant.ts';
import { type ActiveInterval, clip, cutOut, type EdgeSource, unite } from './interval-sets.ts';
import {
  firstInstantOf,
  type LocalClock,
  lastInstantOf,
  readClock,
  type WallTime,
  wallTimeAt,
} from './local-clock.ts';
import { dayNumber, weekdayOf } from './local-day.ts';
import { endSecondsOf, type LocalWindow, secondsOfDay } from './local-window.ts';
import type { ExceptionKind, Timetable, TimetableException } from './timetable.ts';

/** The stretch of time to compile for, and the tz database it is compiled with. */
export type CompileHorizon = Readonly<{
  fromAt: Instant;
  untilAt: Instant;
  /** As the runtime names it, such as 2026c: when it changes, timetables must be compiled again. */
  tzdataVersion: string;
}>;

/**
 * A timetable as it is evaluated: what it says from `fromAt` until just before `untilAt`, as
 * intervals in order that neither overlap nor touch. Nothing is known outside the horizon.
 */
export type CompiledTimetable = CompileHorizon & Readonly<{ intervals: readonly ActiveInterval[] }>;

const LAST_INSTANT = instant(8_640_000_000_000_000);

type SourcedWindow = Readonly<{ window: LocalWindow; source: EdgeSource }>;

const windowOn = (
  clock: LocalClock,
  midnight: WallTime,
  { window, source }: SourcedWindow,
): ActiveInterval => ({
  startAt: firstInstantOf(clock, midnight + 1000 * secondsOfDay(window.start)),
  endAt: lastInstantOf(clock, midnight + 1000 * endSecondsOf(window)),
  startsBy: source,
  endsBy: source,
});

const windowsOf = (timetable: Timetable, clock: LocalClock, horizon: CompileHorizon) => {
  // Two days before: a window may start the day before, and a zone may have skipped a day.
  const firstDay = Math.floor(wallTimeAt(clock, horizon.fromAt) / DAY_MILLISECONDS) - 2;
  const lastDay = Math.floor(wallTimeAt(clock, horizon.untilAt) / DAY_MILLISECONDS) + 1;
  const found: ActiveInterval[] = [];
  for (let day = firstDay; day <= lastDay; day += 1) {
    const weekday = weekdayOf(day);
    for (const [i, window] of timetable.windows.entries()) {
      if (!window.days.includes(weekday)) continue;
      const source: EdgeSource = `windows.${i}`;
      found.push(windowOn(clock, day * DAY_MILLISECONDS, { window, source }));
    }
  }
  return found;
};

const startOfDay = (clock: LocalClock, day: number): Instant =>
  firstInstantOf(clock, day * DAY_MILLISECONDS);

const OFFSET = /([+-]\d{2}:\d{2}|Z)$/;

/** A written time: an exact instant when it has an offset, else by the wall clock. */
const momentOf = (text: string, resolve: (time: WallTime) => Instant): Instant =>
  OFFSET.test(text) ? instant(Math.max(0, Date.parse(text))) : resolve(Date.parse(`${text}Z`));

const exceptionOf = (
  exception: TimetableException,
  clock: LocalClock,
  source: EdgeSource,
): ActiveInterval => {
  const edges = { startsBy: source, endsBy: source };
  if ('date' in exception) {
    const day = dayNumber(exception.date);
    return { startAt: startOfDay(clock, day), endAt: startOfDay(clock, day + 1), ...edges };
  }
  const startAt = momentOf(exception.from, (time) => firstInstantOf(clock, time));
  const endAt = momentOf(exception.until, (time) => lastInstantOf(clock, time));
  return { startAt, endAt, ...edges };
};

const validityOf = ({ validFrom, validUntil }: Timetable, clock: LocalClock): ActiveInterval => ({
  startAt: validFrom === null ? instant(0) : startOfDay(clock, dayNumber(validFrom)),
  endAt: validUntil === null ? LAST_INSTANT : startOfDay(clock, dayNumber(validUntil) + 1),
  startsBy: 'validity',
  endsBy: 'validity',
});

/**
 * Turns a timetable into instants. A window starts at the first instant of its start time and ends
 * at the last instant of its end time: where clocks are put back it is longer, never shorter; a
 * time that does not exist is the first instant after the gap, so hours that fall in a gap are no
 * hours. Then extra hours are added, all is kept within the days of validity, and permitted
 * absences and suspensions are cut out, of extra hours too. Exceptions follow the same rule as
 * windows where a clock change since they were written has made their time come twice or never.
 * Throws a RangeError when the horizon is empty or the zone unknown, which a parsed timetable's is
 * not.
 */
export const compileTimetable = (
  timetable: Timetable,
  horizon: CompileHorizon,
): CompiledTimetable => {
  const { fromAt, untilAt } = horizon;
  if (fromAt >= untilAt) throw new RangeError('a timetable was to be compiled for no time at all');
  const clock = readClock(timetable.timeZone, fromAt, untilAt);
  const exceptions = timetable.exceptions.map((exception, i) => ({
    kind: exception.kind,
    interval: exceptionOf(exception, clock, `exceptions.${i}`),
  }));
  const ofKind = (...kinds: ExceptionKind[]): ActiveInterval[] =>
    exceptions.filter(({ kind }) => kinds.includes(kind)).map(({ interval }) => interval);
  const inForce = unite([...windowsOf(timetable, clock, horizon), ...ofKind('extra-hours')]);
  const valid = clip(inForce, validityOf(timetable, clock));
  const left = cutOut(valid, ofKind('permitted-absence', 'suspension'));
  const limit: ActiveInterval = {
    startAt: fromAt,
    endAt: untilAt,
    startsBy: 'horizon',
    endsBy: 'horizon',
  };
  return { ...horizon, intervals: clip(left, limit) };
};
