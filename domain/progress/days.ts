import { DAY_MILLISECONDS, type Instant, instant, toIso } from '../model/instant.ts';
import { common } from '../time/interval-sets.ts';
import { firstInstantOf, readClock, wallTimeAt } from '../time/local-clock.ts';
import type { ProgressFacts } from './facts.ts';
import { standingOf, touches } from './standing.ts';
import { stretch, within } from './stretches.ts';

/** A day on the wall clocks of the order, as far as it lies in the period and under an order. */
export type Day = Readonly<{
  /** Its date there, such as 2026-10-25. */
  date: string;
  fromAt: Instant;
  toAt: Instant;
  /**
   * With a violation that counts; clear of any; or unobserved: no violation is on record, and
   * nothing was heard of the wearer on it either, so that none is no news.
   */
  kind: 'with-violation' | 'clear' | 'unobserved';
  /** A fault of the equipment was told on it. */
  hasEquipmentTrouble: boolean;
}>;

/** Local days that touch a period, each clipped to it. A day with a clock change has 23 or 25 h. */
export const localDays = ({
  period: { fromAt, toAt },
  timeZone,
}: Pick<ProgressFacts, 'period' | 'timeZone'>) => {
  const clock = readClock(timeZone, fromAt, toAt);
  const dayOf = (at: Instant): number => Math.floor(wallTimeAt(clock, at) / DAY_MILLISECONDS);
  const startOf = (day: number): Instant => firstInstantOf(clock, day * DAY_MILLISECONDS);
  const days = [];
  for (let day = dayOf(fromAt); startOf(day) < toAt; day += 1) {
    days.push({
      date: toIso(instant(day * DAY_MILLISECONDS)).slice(0, 10),
      fromAt: instant(Math.max(startOf(day), fromAt)),
      toAt: instant(Math.min(startOf(day + 1), toAt)),
    });
  }
  return days;
};

/** The days of the period on which an order stood, in order. */
export const daysIn = (facts: ProgressFacts): Day[] => {
  const { orders, seen, violations, period } = facts;
  const stood = within(
    orders.map(({ startsAt, endsAt }) => stretch(startsAt, endsAt ?? period.toAt)),
    period,
  );
  const told = violations.map((one) => ({ one, standing: standingOf(one) }));
  return localDays(facts).flatMap((day): Day[] => {
    const whole = [stretch(day.fromAt, day.toAt)];
    if (common(whole, stood).length === 0) return [];
    const on = told.filter(({ one }) => touches(one, day));
    const hasViolation = on.some(({ standing }) => standing === 'counts');
    const isSeen = common(whole, seen).length > 0;
    return [
      {
        ...day,
        kind: hasViolation ? 'with-violation' : isSeen ? 'clear' : 'unobserved',
        hasEquipmentTrouble: on.some(({ standing }) => standing === 'equipment'),
      },
    ];
  });
};

/**
 * The longest run of days clear of violations, and the one that goes on at the end. A day on which
 * nothing was heard neither lengthens a run nor ends it: it shows nothing of the wearer.
 */
export const runsOf = (
  days: readonly Day[],
): Readonly<{ longestDays: number; currentDays: number }> => {
  let [longestDays, currentDays] = [0, 0];
  for (const { kind } of days) {
    if (kind === 'with-violation') currentDays = 0;
    else if (kind === 'clear') currentDays += 1;
    longestDays = Math.max(longestDays, currentDays);
  }
  return { longestDays, currentDays };
};
