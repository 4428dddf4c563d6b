import { DAY_MILLISECONDS, type Instant, instant, MINUTE_MILLISECONDS } from '../model/instant.ts';

/**
 * A time on a zone's wall clock by day: minutes after midnight, as its clocks show it. No zone puts
 * its clocks forward or back between eight in the morning and midnight.
 */
export type TimeOfDay = Readonly<{ timeZone: string; minutes: number }>;

const formats = new Map<string, Intl.DateTimeFormat>();

/** Evaluation reads clocks by this alone: the library for the rest weighs more than its rules. */
const formatFor = (timeZone: string): Intl.DateTimeFormat => {
  const known = formats.get(timeZone);
  if (known !== undefined) return known;
  const made = new Intl.DateTimeFormat('en-GB', {
    ...{ timeZone, hourCycle: 'h23', year: 'numeric', month: 'numeric', day: 'numeric' },
    ...{ hour: 'numeric', minute: 'numeric', second: 'numeric' },
  });
  formats.set(timeZone, made);
  return made;
};

/** What the zone's clocks show, milliseconds since 1970-01-01T00:00 on them. */
const wallTimeAt = (at: number, timeZone: string): number => {
  const second = Math.floor(at / 1000) * 1000;
  const parts = formatFor(timeZone).formatToParts(second);
  const part = (type: Intl.DateTimeFormatPartTypes): number =>
    Number(parts.find((one) => one.type === type)?.value ?? 0);
  const [month, day] = [part('month') - 1, part('day')];
  return Date.UTC(part('year'), month, day, part('hour'), part('minute'), part('second'));
};

/** The instant at which clocks show a time on a day, counted from 1970-01-01. */
const on = (day: number, { timeZone, minutes }: TimeOfDay): Instant => {
  const wanted = day * DAY_MILLISECONDS + minutes * MINUTE_MILLISECONDS;
  const near = wanted - (wallTimeAt(wanted, timeZone) - wanted);
  return instant(Math.max(0, near - (wallTimeAt(near, timeZone) - wanted)));
};

const dayOf = (at: Instant, timeZone: string): number =>
  Math.floor(wallTimeAt(at, timeZone) / DAY_MILLISECONDS);

/** When clocks show a time on the day before the one on which an instant lies. */
export const onDayBefore = (of: Instant, time: TimeOfDay): Instant =>
  on(dayOf(of, time.timeZone) - 1, time);

/** When clocks show a time next, after an instant. */
export const nextAtTime = (after: Instant, time: TimeOfDay): Instant => {
  const day = dayOf(after, time.timeZone);
  const today = on(day, time);
  return today > after ? today : on(day + 1, time);
};
