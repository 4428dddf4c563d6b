import type { CheckTimes } from '../model/conditions/check-in.ts';
import { digest } from '../model/digest.ts';
import type { ConditionId } from '../model/ids.ts';
import { DAY_MILLISECONDS, type Instant, instant } from '../model/instant.ts';
import {
  firstInstantOf,
  type LocalClock,
  lastInstantOf,
  readClock,
  wallTimeAt,
} from '../time/local-clock.ts';
import { endSecondsOf, type LocalWindow, secondsOfDay, WEEKDAYS } from '../time/local-window.ts';
import { chacha20Block } from './chacha20.ts';

/** What is drawn, and from what: the same again gives the same checks. */
export type Draw = Readonly<{
  conditionId: ConditionId;
  times: CheckTimes;
  /** 64 hexadecimal digits. */
  seed: string;
  /** IANA zone by whose clock the times are. */
  timeZone: string;
  /** Within the first week of those that checks are counted by. */
  countedFrom: Instant;
  /** No two are nearer to each other, and none to the end of its window. */
  apartSeconds: number;
}>;

/** From `fromAt` until just before `untilAt`. */
export type Stretch = Readonly<{ fromAt: Instant; untilAt: Instant }>;

/** 1 January 1970 was a Thursday; weeks begin on Monday. */
const DAYS_BEFORE_DAY_ZERO = 3;

const weekOf = (day: number): number => Math.floor((day + DAYS_BEFORE_DAY_ZERO) / 7);
const weekdayOf = (day: number) => WEEKDAYS[day + DAYS_BEFORE_DAY_ZERO - 7 * weekOf(day)];
const dayOf = (clock: LocalClock, at: Instant): number =>
  Math.floor(wallTimeAt(clock, at) / DAY_MILLISECONDS);

const wordsOf = (seed: string): Uint32Array =>
  Uint32Array.from({ length: 8 }, (_, i) => Number.parseInt(seed.slice(8 * i, 8 * i + 8), 16));

/** Lots for one window of one day, each from 0 to just below 1: nobody tells them beforehand. */
const lotsOf = ({ seed, conditionId }: Draw, day: number, windowIndex: number): number[] => {
  const name = digest(conditionId);
  const [first, second] = [name.slice(0, 7), name.slice(7)].map((half) =>
    Number.parseInt(half, 36),
  );
  const words = chacha20Block(wordsOf(seed), day, [first ?? 0, second ?? 0, windowIndex]);
  return Array.from(
    { length: words.length / 2 },
    (_, i) => ((words[2 * i] ?? 0) * 2 ** 21 + ((words[2 * i + 1] ?? 0) >>> 11)) / 2 ** 53,
  );
};

/**
 * Checks within a window. Every set of instants that keeps apart is as likely as the next. After
 * each so many seconds are kept free, the last being followed by the end of the window.
 */
const drawIn = (
  [startAt, endAt]: readonly [Instant, Instant],
  checks: number,
  { lots, apartSeconds }: Readonly<{ lots: readonly number[]; apartSeconds: number }>,
): Instant[] => {
  const seconds = (endAt - startAt) / 1000;
  // A night on which clocks go forward may be too short for all of them.
  const fitting = Math.min(checks, Math.floor(seconds / apartSeconds));
  const freeSeconds = seconds - fitting * apartSeconds;
  return lots
    .slice(0, Math.max(0, fitting))
    .sort((a, b) => a - b)
    .map((lot, i) => instant(startAt + 1000 * (Math.floor(lot * freeSeconds) + i * apartSeconds)));
};

type Day = Readonly<{ clock: LocalClock; day: number }>;

const windowOn = ({ clock, day }: Day, window: LocalWindow): readonly [Instant, Instant] => [
  firstInstantOf(clock, day * DAY_MILLISECONDS + 1000 * secondsOfDay(window.start)),
  lastInstantOf(clock, day * DAY_MILLISECONDS + 1000 * endSecondsOf(window)),
];

const drawOn = (draw: Draw, on: Day): Instant[] => {
  const { times, apartSeconds, countedFrom } = draw;
  const weekday = weekdayOf(on.day);
  const isOn = (days: readonly string[]) => weekday !== undefined && days.includes(weekday);
  if (times.kind === 'random') {
    return times.windows.flatMap((window, i) => {
      if (!isOn(window.days)) return [];
      const lots = lotsOf(draw, on.day, i);
      return drawIn(windowOn(on, window), times.checks, { lots, apartSeconds });
    });
  }
  const weeks = weekOf(on.day) - weekOf(dayOf(on.clock, countedFrom));
  if (!isOn(times.days) || weeks % times.everyWeeks !== 0) return [];
  return times.times.map((time) =>
    firstInstantOf(on.clock, on.day * DAY_MILLISECONDS + 1000 * secondsOfDay(time)),
  );
};

/**
 * The checks of a condition in a stretch of time, in order. A day's depend on the seed and that day
 * alone, so a plan that is drawn again, further or from later on, has the same checks. Throws a
 * RangeError for an unknown zone.
 */
export const drawChecks = (draw: Draw, { fromAt, untilAt }: Stretch): Instant[] => {
  const clock = readClock(draw.timeZone, fromAt, untilAt);
  // A window may begin the day before, and a zone may have skipped a day.
  const [firstDay, lastDay] = [dayOf(clock, fromAt) - 2, dayOf(clock, untilAt) + 1];
  const found = new Set<Instant>();
  for (let day = Math.max(0, firstDay); day <= lastDay; day += 1) {
    for (const at of drawOn(draw, { clock, day })) if (at >= fromAt && at < untilAt) found.add(at);
  }
  return [...found].sort((a, b) => a - b);
};
