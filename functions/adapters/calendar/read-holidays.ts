import ICAL from 'ical.js';
import * as z from 'zod';

/** A day on which nobody works. */
export type Holiday = Readonly<{ date: string; name: string }>;

/** The first and the last date that matter, both included. */
export type Dates = Readonly<{ from: string; until: string }>;

/** The whole local days of a calendar; `ignored` counts events that have hours of their own. */
export type ReadCalendar =
  | Readonly<{ ok: true; name: string | null; days: readonly Holiday[]; ignored: number }>
  | Readonly<{ ok: false; message: string }>;

/** Far more than a calendar of holidays has, and few enough to be looked at within a second. */
const MOST_OCCURRENCES = 20_000;
const MOST_DAYS_EACH = 366;

class TooMuch extends Error {}

type Event = InstanceType<typeof ICAL.Event>;
type Component = InstanceType<typeof ICAL.Component>;
type Time = InstanceType<typeof ICAL.Time>;

const isCancelled = ({ component }: Event): boolean =>
  String(component.getFirstPropertyValue('status') ?? '').toUpperCase() === 'CANCELLED';

const isDate = (text: string): boolean => z.iso.date().safeParse(text).success;

/** The days from a date until another, which is not part of it; at least the first. */
const daysOf = (start: Time, end: Time | null): string[] => {
  const days = [start.toString()];
  const day = start.clone();
  for (;;) {
    day.addDuration(ICAL.Duration.fromSeconds(86_400));
    if (end === null || day.compare(end) >= 0) return days;
    if (days.length === MOST_DAYS_EACH) throw new TooMuch();
    days.push(day.toString());
  }
};

/** Takes one more occurrence, as long as there are not too many. */
type Count = () => void;

const occurrences = (event: Event, { until }: Dates, count: Count): Holiday[] => {
  if (!event.isRecurring()) {
    count();
    return daysOf(event.startDate, event.endDate).map((date) => ({ date, name: event.summary }));
  }
  const found: Holiday[] = [];
  const iterator = event.iterator();
  for (let next = iterator.next(); next !== null && next !== undefined; next = iterator.next()) {
    count();
    if (next.toString().slice(0, 10) > until) break;
    const { item, startDate, endDate } = event.getOccurrenceDetails(next);
    if (isCancelled(item) || !startDate.isDate) continue;
    const days = daysOf(startDate, endDate);
    found.push(...days.map((date) => ({ date, name: item.summary })));
  }
  return found;
};

const calendarsOf = (text: string): Component[] => {
  const parsed = ICAL.parse(text);
  const many = Array.isArray(parsed[0]) ? parsed : [parsed];
  return many.map((one: string | unknown[]) => new ICAL.Component(one));
};

const readAll = (text: string, dates: Dates): ReadCalendar => {
  let taken = 0;
  const count = (): void => {
    taken += 1;
    if (taken > MOST_OCCURRENCES) throw new TooMuch();
  };
  const calendars = calendarsOf(text);
  const events = calendars
    .flatMap((calendar) => calendar.getAllSubcomponents('vevent'))
    .map((component) => new ICAL.Event(component))
    .filter((event) => !event.isRecurrenceException() && !isCancelled(event));
  const whole = events.filter((event) => event.startDate?.isDate === true);
  const days = new Map<string, Holiday>();
  for (const { date, name } of whole.flatMap((event) => occurrences(event, dates, count))) {
    if (!isDate(date)) return { ok: false, message: `${date} is no date` };
    if (date < dates.from || date > dates.until || days.has(date)) continue;
    days.set(date, { date, name: String(name ?? '').slice(0, 200) });
  }
  const named = calendars[0]?.getFirstPropertyValue('x-wr-calname');
  return {
    ok: true,
    name: typeof named === 'string' && named !== '' ? named.slice(0, 100) : null,
    days: [...days.values()].sort((a, b) => a.date.localeCompare(b.date)),
    ignored: events.length - whole.length,
  };
};

/**
 * Reads the whole days of a calendar (RFC 5545): dates, stretches of days, and those that come back
 * by a rule, as far as the last date that matters. Never throws.
 */
export const readHolidays = (text: string, dates: Dates): ReadCalendar => {
  try {
    return readAll(text, dates);
  } catch (error) {
    // Record: the answer says what is wrong with the calendar.
    const isTooMuch = error instanceof TooMuch;
    const message = isTooMuch
      ? `its events come back more than ${MOST_OCCURRENCES} times, or last more than a year`
      : 'this is no calendar that can be read: send one as RFC 5545 has it';
    return { ok: false, message };
  }
};
