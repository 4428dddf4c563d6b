import ICAL from 'ical.js';

export type Event = InstanceType<typeof ICAL.Event>;
export type Time = InstanceType<typeof ICAL.Time>;
type Rule = InstanceType<typeof ICAL.Recur>;

/** Far more often than holidays come back, and looked at within a second. */
export const MOST_OCCURRENCES = 10_000;
const MOST_DAYS_EACH = 366;

/** A calendar that comes back too often, or lasts too long, to be one of holidays. */
export class TooMuch extends Error {}

/** A rule that no holiday comes back by, and of which the library may never find the next day. */
export class NoHolidayRule extends Error {}

const MOST_BETWEEN = 100;
/** What may narrow a rule down, by how often it comes back. */
const NARROWED_BY: Readonly<Record<string, readonly string[]>> = {
  DAILY: [],
  WEEKLY: ['BYDAY'],
  MONTHLY: ['BYDAY', 'BYMONTHDAY', 'BYSETPOS', 'BYMONTH'],
  YEARLY: ['BYDAY', 'BYMONTHDAY', 'BYMONTH', 'BYWEEKNO', 'BYYEARDAY'],
};

const refuseUnlikely = ({ freq, interval, parts }: Rule): void => {
  const allowed = NARROWED_BY[freq];
  const isNarrowed = Object.keys(parts).every((part) => allowed?.includes(part));
  if (allowed === undefined || !isNarrowed || interval > MOST_BETWEEN) throw new NoHolidayRule();
};

export const isCancelled = ({ component }: Event): boolean =>
  String(component.getFirstPropertyValue('status') ?? '').toUpperCase() === 'CANCELLED';

/** The days from a date until another, which is not part of it; at least the first. */
export const daysOf = (start: Time, end: Time | null): string[] => {
  const days = [start.toString()];
  const day = start.clone();
  for (;;) {
    day.addDuration(ICAL.Duration.fromSeconds(86_400));
    if (end === null || day.compare(end) >= 0) return days;
    if (days.length === MOST_DAYS_EACH) throw new TooMuch();
    days.push(day.toString());
  }
};

const DAY_PARTS = ['BYDAY', 'BYMONTHDAY', 'BYYEARDAY', 'BYWEEKNO'];

const valuesOf = (rule: Rule, part: string): readonly number[] | null => {
  const values: unknown = Object(rule.parts)[part];
  return Array.isArray(values) ? values.map(Number) : null;
};

/**
 * Whether a rule can mean a date: the library makes the 1st of March of a 29th or 30th of February
 * that does not come, which by RFC 5545 is left out.
 */
const canMean = (rule: Rule, start: Time, at: Time): boolean => {
  const isByDate = rule.freq === 'YEARLY' && !DAY_PARTS.some((part) => valuesOf(rule, part));
  const months = valuesOf(rule, 'BYMONTH') ?? (isByDate ? [start.month] : null);
  const days = valuesOf(rule, 'BYMONTHDAY') ?? (isByDate ? [start.day] : null);
  if (months !== null && !months.includes(at.month)) return false;
  return days === null || days.some((one) => one < 0) || days.includes(at.day);
};

const textsOf = ({ component }: Event, name: string): string[] =>
  component
    .getAllProperties(name)
    .flatMap((property) => property.getValues().map((value) => String(value)));

/**
 * Each time that an event comes until a date, the first one included where no rule speaks of it.
 * `count` is told of each that is looked at, and may throw; so does the library, of a rule that it
 * cannot follow.
 */
export function* occurrencesOf(
  event: Event,
  { until, count }: Readonly<{ until: string; count: () => void }>,
): Generator<Time> {
  const rules: Rule[] = event.component
    .getAllProperties('rrule')
    .flatMap((property) => property.getValues())
    .filter((value): value is Rule => value instanceof ICAL.Recur);
  rules.forEach(refuseUnlikely);
  const first = event.startDate;
  const added = textsOf(event, 'rdate');
  const hasFirst = rules.length === 0 && !added.includes(first.toString());
  if (hasFirst && !textsOf(event, 'exdate').includes(first.toString())) yield first;
  const iterator = event.iterator();
  for (let next = iterator.next(); next !== null && next !== undefined; next = iterator.next()) {
    count();
    if (next.toString().slice(0, 10) > until) return;
    const isAdded = added.includes(next.toString());
    if (isAdded || rules.some((rule) => canMean(rule, first, next))) yield next;
  }
}
