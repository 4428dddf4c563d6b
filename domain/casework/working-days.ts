import { DAY_MILLISECONDS, type Instant, instant } from '../model/instant.ts';
import { lastInstantOf, readClock, wallTimeAt } from '../time/local-clock.ts';
import { dayNumber, weekdayOf } from '../time/local-day.ts';

/** Which days somebody works on: those of the zone's week that are no holidays. */
export type WorkCalendar = Readonly<{
  /** IANA zone in which days begin and end. */
  timeZone: string;
  /** Local dates on which nobody works, as 2026-12-25. */
  holidays: readonly string[];
}>;

const isWorkingDay = (day: number, holidays: ReadonlySet<number>): boolean => {
  const weekday = weekdayOf(day);
  return weekday !== 'sat' && weekday !== 'sun' && !holidays.has(day);
};

const localDayAt = (at: Instant, timeZone: string): number =>
  Math.floor(wallTimeAt(readClock(timeZone, at, at), at) / DAY_MILLISECONDS);

/** Midnight at which a local day is over; where clocks show it twice, the later one. */
const endOfDay = (day: number, timeZone: string, about: Instant): Instant => {
  const midnight = (day + 1) * DAY_MILLISECONDS;
  const clock = readClock(
    timeZone,
    about,
    lastInstantOf(readClock(timeZone, about, about), midnight),
  );
  return lastInstantOf(clock, midnight);
};

/**
 * The end of the last of so many working days (1 or more) that follow the local day of an instant:
 * the day on which something happens never counts. Throws a RangeError for an unknown zone.
 */
export const dueAfterWorkingDays = (
  from: Instant,
  workingDays: number,
  { timeZone, holidays }: WorkCalendar,
): Instant => {
  const off = new Set(holidays.map(dayNumber));
  let day = localDayAt(from, timeZone);
  for (let left = workingDays; left > 0; ) {
    day += 1;
    if (isWorkingDay(day, off)) left -= 1;
  }
  return endOfDay(day, timeZone, from);
};

/**
 * Until which local date the holidays are known: the end of the year of the last of them. Null:
 * none are, and every day but Saturdays and Sundays counts as one on which somebody works.
 */
export const holidaysKnownUntil = (holidays: readonly string[]): string | null => {
  const last = holidays.toSorted().at(-1);
  return last === undefined ? null : `${last.slice(0, 4)}-12-31`;
};

/** Whether working days up to an instant were counted without knowing every holiday before it. */
export const isBeyondHolidays = (dueAt: Instant, { timeZone, holidays }: WorkCalendar): boolean => {
  const knownUntil = holidaysKnownUntil(holidays);
  // Due at a midnight is due at the end of the day before.
  const day = localDayAt(instant(dueAt - 1), timeZone);
  return knownUntil === null || day > dayNumber(knownUntil);
};
