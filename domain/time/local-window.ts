import * as z from 'zod';
import { DAY_SECONDS } from '../model/instant.ts';

export const weekdaySchema = z.enum(['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']);

/** The days of a timetable's week, in order. */
export const WEEKDAYS = weekdaySchema.options;

/** A time of day on the wall clock, HH:MM or HH:MM:SS. */
export const localTimeSchema = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?$/, 'must be a time of day, as 19:00 or 19:00:00');

/**
 * Hours that come back each week: from `start` on each of the days until `end`, which is on the
 * next day unless it is later than `start`. From 00:00 to 00:00 is a whole day.
 */
export const localWindowSchema = z.object({
  days: z.array(weekdaySchema).min(1).max(7),
  start: localTimeSchema,
  end: localTimeSchema,
});
export type LocalWindow = Readonly<z.infer<typeof localWindowSchema>>;

export const SECONDS_PER_WEEK = 7 * DAY_SECONDS;

/** Seconds from midnight to a time of day on the wall clock. */
export const secondsOfDay = (time: string): number => {
  const [hours = 0, minutes = 0, seconds = 0] = time.split(':').map(Number);
  return 3600 * hours + 60 * minutes + seconds;
};

/** Seconds from the midnight before `start` to the end: more than a day's where it is the next. */
export const endSecondsOf = (window: LocalWindow): number => {
  const end = secondsOfDay(window.end);
  return end > secondsOfDay(window.start) ? end : end + DAY_SECONDS;
};

/** One window on one day, in seconds from Monday 00:00; the end may lie in the next week. */
export type WeekSpan = Readonly<{ windowIndex: number; start: number; end: number }>;

/** All windows of a week, in order of their start. */
export const weekSpansOf = (windows: readonly LocalWindow[]): WeekSpan[] =>
  windows
    .flatMap((window, windowIndex) =>
      window.days.map((day) => {
        const midnight = WEEKDAYS.indexOf(day) * DAY_SECONDS;
        return {
          windowIndex,
          start: midnight + secondsOfDay(window.start),
          end: midnight + endSecondsOf(window),
        };
      }),
    )
    .sort((a, b) => a.start - b.start);
