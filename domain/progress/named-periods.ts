import * as z from 'zod';
import { DAY_SECONDS, type Instant, laterOf, secondsAfter } from '../model/instant.ts';
import type { Activation } from '../model/wearer.ts';
import type { Period } from '../response/wearer-days.ts';
import { localDays } from './days.ts';

/** Periods that everybody asks for: days of the order's zone, today among them. */
export const periodNameSchema = z.enum(['last-7-days', 'last-30-days', 'since-fitted']);
export type PeriodName = z.infer<typeof periodNameSchema>;

/** A year of a fix a minute is gone through in some seconds, and a request has 29. */
export const MOST_PROGRESS_DAYS = 366;

type Terms = Readonly<{
  now: Instant;
  timeZone: string;
  activations: readonly Pick<Activation, 'startsAt' | 'endsAt'>[];
  /** When the order that stands began; null: none stands. */
  orderFrom: Instant | null;
}>;

/** The first midnight of so many local days, the last of which is today. */
const firstOfDays = (count: number, { now: toAt, timeZone }: Terms): Instant => {
  const fromAt = secondsAfter(toAt, -(count + 1) * DAY_SECONDS);
  const days = localDays({ period: { fromAt, toAt }, timeZone });
  return days.at(-count)?.fromAt ?? fromAt;
};

/** When the first device was put on that was worn under the order that stands, by now. */
const fittedAt = ({ activations, orderFrom, now }: Terms): Instant | null =>
  activations
    .filter(({ startsAt, endsAt }) => {
      const isUnder = orderFrom === null || endsAt === null || endsAt > orderFrom;
      return startsAt < now && isUnder;
    })
    .reduce<Instant | null>(
      (first, { startsAt }) => (first === null || startsAt < first ? startsAt : first),
      null,
    );

/** A period by its name, up to now; null: nothing was ever fitted, or `now` begins the day. */
export const namedPeriod = (name: PeriodName, terms: Terms): Period | null => {
  const { now: toAt } = terms;
  const oldestAt = secondsAfter(toAt, -MOST_PROGRESS_DAYS * DAY_SECONDS);
  const fromAt =
    name === 'since-fitted' ? fittedAt(terms) : firstOfDays(name === 'last-7-days' ? 7 : 30, terms);
  return fromAt === null || fromAt >= toAt ? null : { fromAt: laterOf(fromAt, oldestAt), toAt };
};
