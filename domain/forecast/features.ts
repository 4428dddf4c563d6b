import { DAY_SECONDS, type Instant, secondsAfter } from '../model/instant.ts';
import { checksIn } from '../progress/answered-checks.ts';
import { appointmentsIn } from '../progress/appointments.ts';
import { type Day, daysIn, runsOf } from '../progress/days.ts';
import type { Found, ProgressFacts } from '../progress/facts.ts';
import { isHeldAgainst, standingOf } from '../progress/standing.ts';

/** How far back is looked, days; and how far ahead. */
export const LOOK_BACK_DAYS = 28;
export const LOOK_AHEAD_DAYS = 14;

/**
 * What a forecast goes by: what somebody did in four weeks, and nothing of who they are. Each is
 * brought to about 0 to 1, so that the weights of a model can be compared.
 */
export const FEATURE_NAMES = [
  'violationDays7',
  'violationDays28',
  'lateTrend',
  'missedAppointments',
  'lateChecks',
  'missedCharging',
  'run',
  'begin',
] as const;
export type FeatureName = (typeof FEATURE_NAMES)[number];
export type Features = Readonly<Record<FeatureName, number>>;

/** Counts of four weeks (or of fewer days, where an order has just begun). */
export type Conduct = Readonly<{
  /** Days that can be spoken for: clear, or with a violation. */
  daysSeen: number;
  daysSeen7: number;
  violationDays7: number;
  violationDays28: number;
  /** Minutes that returns to a curfew were late, in the last two weeks, and the two before. */
  lateMinutes14: number;
  lateMinutesBefore: number;
  missedAppointments: number;
  lateChecks: number;
  checks: number;
  missedCharging: number;
  runDays: number;
  daysSinceStart: number;
}>;

const upTo = (value: number, most: number): number => Math.min(1, Math.max(0, value / most));

/** What is counted, as a model sees it. */
export const featuresOf = (conduct: Conduct): Features => ({
  violationDays7: upTo(conduct.violationDays7, Math.max(1, conduct.daysSeen7)),
  violationDays28: upTo(conduct.violationDays28, Math.max(1, conduct.daysSeen)),
  lateTrend: upTo(conduct.lateMinutes14 - conduct.lateMinutesBefore, 60),
  missedAppointments: upTo(conduct.missedAppointments, 3),
  lateChecks: upTo(conduct.lateChecks, Math.max(3, conduct.checks)),
  missedCharging: upTo(conduct.missedCharging, 4),
  run: upTo(conduct.runDays, LOOK_BACK_DAYS),
  begin: 1 - upTo(conduct.daysSinceStart, 90),
});

/** A violation that can be spoken of as one to come: of the conduct of whoever wears the device. */
const CHARGING: readonly Found['reason'][] = [
  'battery-low',
  'battery-critical',
  'charging-missed',
  'charging-late',
];
const LATE: readonly Found['reason'][] = ['returned-late', 'out-at-start'];

const lateMinutes = (all: readonly Found[], fromAt: Instant, toAt: Instant): number =>
  all
    .filter(
      ({ reason, openedAt }) => LATE.includes(reason) && openedAt >= fromAt && openedAt < toAt,
    )
    .filter((one) => standingOf(one) === 'counts')
    .reduce((sum, { openedAt, endedAt }) => sum + ((endedAt ?? toAt) - openedAt) / 60_000, 0);

const isSeen = ({ kind }: Day): boolean => kind !== 'unobserved';
const isBad = ({ kind }: Day): boolean => kind === 'with-violation';

/** What somebody did in the four weeks before an instant, by what is on record. */
export const conductOf = (facts: ProgressFacts): Conduct => {
  const { toAt, fromAt } = facts.period;
  const days = daysIn(facts);
  const lastWeek = days.filter((day) => day.fromAt >= secondsAfter(toAt, -7 * DAY_SECONDS));
  const halfAt = secondsAfter(toAt, -14 * DAY_SECONDS);
  const checks = checksIn(facts).map(({ outcome }) => outcome);
  const begunAt = facts.orders
    .filter(({ startsAt, endsAt }) => startsAt < toAt && (endsAt === null || endsAt > toAt))
    .map(({ startsAt }) => startsAt)
    .reduce((first, at) => Math.min(first, at), Number(toAt));
  return {
    daysSeen: days.filter(isSeen).length,
    daysSeen7: lastWeek.filter(isSeen).length,
    violationDays7: lastWeek.filter(isBad).length,
    violationDays28: days.filter(isBad).length,
    lateMinutes14: lateMinutes(facts.violations, halfAt, toAt),
    lateMinutesBefore: lateMinutes(facts.violations, fromAt, halfAt),
    missedAppointments: appointmentsIn(facts).filter(({ outcome }) => outcome === 'missed').length,
    lateChecks: checks.filter((one) => ['late', 'missed', 'failed'].includes(one)).length,
    checks: checks.length,
    missedCharging: facts.violations.filter(
      (one) => CHARGING.includes(one.reason) && one.openedAt >= fromAt && isHeldAgainst(one),
    ).length,
    runDays: runsOf(days).currentDays,
    daysSinceStart: (toAt - begunAt) / (1000 * DAY_SECONDS),
  };
};
