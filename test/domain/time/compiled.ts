import { type Instant, instant } from '#domain/model/instant.ts';
import { compileTimetable } from '#domain/time/compile-timetable.ts';
import { parseTimetable, type Timetable } from '#domain/time/timetable.ts';

export const EVERY_DAY = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
export const nightly = (start = '19:00', end = '07:00') => [{ days: EVERY_DAY, start, end }];

export const timetableOf = (input: unknown): Timetable => {
  const result = parseTimetable(input);
  if (!result.ok) throw new Error(JSON.stringify(result.problems));
  return result.timetable;
};

export const at = (text: string): Instant => instant(Date.parse(text));

/** Start, end, and hours between, as ISO text in UTC to the minute. */
export const intervals = (
  input: unknown,
  from: string,
  until: string,
): [string, string, number][] =>
  compileTimetable(timetableOf(input), {
    fromAt: at(from),
    untilAt: at(until),
    tzdataVersion: '2026c',
  }).intervals.map(({ startAt, endAt }) => [
    new Date(startAt).toISOString().slice(0, 16),
    new Date(endAt).toISOString().slice(0, 16),
    (endAt - startAt) / 3_600_000,
  ]);
