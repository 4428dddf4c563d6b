import ICAL from 'ical.js';
import * as z from 'zod';
import {
  daysOf,
  type Event,
  isCancelled,
  MOST_OCCURRENCES,
  NoHolidayRule,
  occurrencesOf,
  TooMuch,
} from './occurrences.ts';

/** A day on which nobody works. */
export type Holiday = Readonly<{ date: string; name: string }>;

/** The first and the last date that matter, both included. */
export type Dates = Readonly<{ from: string; until: string }>;

/** The whole local days of a calendar; `ignored` counts events that have hours of their own. */
export type ReadCalendar =
  | Readonly<{ ok: true; name: string | null; days: readonly Holiday[]; ignored: number }>
  | Readonly<{ ok: false; message: string }>;

type Component = InstanceType<typeof ICAL.Component>;

const isDate = (text: string): boolean => z.iso.date().safeParse(text).success;

/** Dates as they are written: the library makes the 14th of February of the 45th of January. */
const misdated = (event: Event): string | undefined =>
  ['dtstart', 'dtend']
    .map((name) => event.component.getFirstProperty(name)?.toJSON()[3])
    .filter((value) => typeof value === 'string')
    .find((value) => !isDate(value));

const holidaysOf = (event: Event, { from, until }: Dates, count: () => void): Holiday[] => {
  if (!event.isRecurring()) {
    count();
    return daysOf(event.startDate, event.endDate).map((date) => ({ date, name: event.summary }));
  }
  const found: Holiday[] = [];
  for (const next of occurrencesOf(event, { until, count })) {
    const date = next.toString().slice(0, 10);
    // None lasts longer than a year.
    if (Number(date.slice(0, 4)) < Number(from.slice(0, 4)) - 1) continue;
    const { item, startDate, endDate } = event.getOccurrenceDetails(next);
    if (isCancelled(item) || !startDate.isDate) continue;
    found.push(...daysOf(startDate, endDate).map((one) => ({ date: one, name: item.summary })));
  }
  return found;
};

const calendarsOf = (text: string): Component[] => {
  const parsed = ICAL.parse(text);
  const many = Array.isArray(parsed[0]) ? parsed : [parsed];
  return many.map((one: string | unknown[]) => new ICAL.Component(one));
};

const uidOf = (component: Component): string => String(component.getFirstPropertyValue('uid'));

/** Each event with its own exceptions: left to itself, the library gives it those of all others. */
const eventsOf = (calendars: readonly Component[]): Event[] => {
  const all = calendars.flatMap((calendar) => calendar.getAllSubcomponents('vevent'));
  const isException = (one: Component): boolean => one.hasProperty('recurrence-id');
  const exceptions = Map.groupBy(all.filter(isException), uidOf);
  return all
    .filter((one) => !isException(one))
    .map((one) => new ICAL.Event(one, { exceptions: exceptions.get(uidOf(one)) ?? [] }));
};

const readAll = (text: string, dates: Dates): ReadCalendar => {
  let taken = 0;
  const count = (): void => {
    taken += 1;
    if (taken > MOST_OCCURRENCES) throw new TooMuch();
  };
  const calendars = calendarsOf(text);
  const events = eventsOf(calendars).filter((event) => !isCancelled(event));
  const whole = events.filter((event) => event.startDate?.isDate === true);
  const wrong = whole.map(misdated).find((date) => date !== undefined);
  if (wrong !== undefined) return { ok: false, message: `${wrong.slice(0, 20)} is no date` };
  const days = new Map<string, Holiday>();
  for (const { date, name } of whole.flatMap((event) => holidaysOf(event, dates, count))) {
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

const whyNot = (error: unknown): string => {
  if (error instanceof TooMuch) {
    return `its events come back more than ${MOST_OCCURRENCES} times, or last more than a year`;
  }
  return error instanceof NoHolidayRule
    ? 'an event comes back by a rule that no holiday has: name its days, or its week, month or year'
    : 'this is no calendar that can be read: send one as RFC 5545 has it';
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
    return { ok: false, message: whyNot(error) };
  }
};
