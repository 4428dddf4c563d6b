import { Temporal } from 'temporal-polyfill';
import { DAY_SECONDS, type Instant, instant, secondsBetween } from '../model/instant.ts';
import type { ReportPeriod } from './asked-report.ts';

const WEEKDAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];
const MONTHS = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');

const two = (value: number): string => String(value).padStart(2, '0');

/** One day on the wall clock of a zone; where clocks change it has 23 or 25 hours. */
export type LocalDay = Readonly<{ day: string; startAt: Instant; endAt: Instant }>;

/** A local day for people: "Sun 25 Oct 2026". Of a fixed table, so that no library changes it. */
export const dayWords = (day: string): string => {
  const { dayOfWeek, day: date, month, year } = Temporal.PlainDate.from(day);
  return `${WEEKDAYS[dayOfWeek - 1]} ${date} ${MONTHS[month - 1]} ${year}`;
};

/** The local days that a period touches, in order; the first and the last may reach beyond it. */
export const localDays = ({ fromAt, untilAt }: ReportPeriod, timeZone: string): LocalDay[] => {
  const days: LocalDay[] = [];
  const first = Temporal.Instant.fromEpochMilliseconds(fromAt).toZonedDateTimeISO(timeZone);
  let start = first.startOfDay();
  while (start.epochMilliseconds < untilAt) {
    const next = start.add({ days: 1 }).startOfDay();
    days.push({
      day: start.toPlainDate().toString(),
      startAt: instant(Math.max(0, start.epochMilliseconds)),
      endAt: instant(Math.max(0, next.epochMilliseconds)),
    });
    start = next;
  }
  return days;
};

/** So long, in words: "11 h 05 min", "4 min 30 s"; to the second below an hour. */
export const lengthWords = (seconds: number): string => {
  const whole = Math.max(0, Math.round(seconds));
  const [hours, minutes] = [Math.floor(whole / 3600), Math.floor((whole % 3600) / 60)];
  const rest = whole % 60;
  if (hours > 0) return `${hours} h ${two(minutes)} min`;
  if (minutes > 0) return rest === 0 ? `${minutes} min` : `${minutes} min ${two(rest)} s`;
  return `${rest} s`;
};

export const lengthBetween = (from: Instant, to: Instant): string =>
  lengthWords(secondsBetween(from, to));

/** Days with a decimal: "6.5 days". */
export const daysOf = (seconds: number): string => {
  const tenths = Math.round((seconds / DAY_SECONDS) * 10) / 10;
  return `${tenths} ${tenths === 1 ? 'day' : 'days'}`;
};
