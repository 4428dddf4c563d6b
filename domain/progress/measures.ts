import type { OrderId } from '../model/ids.ts';
import type { Period } from '../response/wearer-days.ts';
import { type AnsweredCheck, checksIn } from './answered-checks.ts';
import { type Appointment, appointmentsIn } from './appointments.ts';
import { type CurfewMinutes, curfewMinutes } from './curfew-minutes.ts';
import { type Day, daysIn, runsOf } from './days.ts';
import type { AddedUp, OrderDates, ProgressFacts } from './facts.ts';
import { standingOf, touches } from './standing.ts';

/** Where an order stands. Its breach is what an officer began, and did not take back. */
export type OrderCourse = Readonly<{
  orderId: OrderId;
  course:
    | 'not-begun'
    | 'running'
    | 'running-with-breach'
    | 'completed-without-breach'
    | 'completed-with-breach';
}>;

/** What cannot be said of the period, and why: never counted as kept, nor against anybody. */
export type Unknown =
  | Readonly<{ what: 'days-unobserved'; days: number }>
  | Readonly<{ what: 'curfew-unobserved'; minutes: number }>
  | Readonly<{ what: 'appointments-unclear' | 'checks-unclear'; count: number }>
  | Readonly<{ what: 'no-order' | 'no-curfew' | 'nothing-seen' }>;

type Counts<O extends string> = Readonly<Record<O, number>>;

/** What went well in a period, and what did not, as far as the data can say. */
export type Progress = Readonly<{
  period: Period;
  timeZone: string;
  days: Readonly<{
    counted: number;
    clear: number;
    withViolation: number;
    unobserved: number;
    withEquipmentTrouble: number;
    longestRun: number;
    currentRun: number;
  }>;
  curfew: CurfewMinutes;
  appointments: Counts<Appointment['outcome']>;
  checks: Counts<AnsweredCheck['outcome']>;
  violations: Readonly<{ counted: number; excused: number; withdrawn: number; equipment: number }>;
  addedUp: readonly AddedUp[];
  orders: readonly OrderCourse[];
  unknown: readonly Unknown[];
}>;

/** How often each outcome came. */
const counter =
  <O extends string>(outcomes: readonly O[]) =>
  (name: O): number =>
    outcomes.filter((outcome) => outcome === name).length;

const appointmentCounts = (facts: ProgressFacts): Progress['appointments'] => {
  const count = counter(appointmentsIn(facts).map(({ outcome }) => outcome));
  return {
    ...{ kept: count('kept'), late: count('late'), 'left-early': count('left-early') },
    ...{ missed: count('missed'), excused: count('excused'), unclear: count('unclear') },
    ahead: count('ahead'),
  };
};

const checkCounts = (facts: ProgressFacts): Progress['checks'] => {
  const count = counter(checksIn(facts).map(({ outcome }) => outcome));
  return {
    ...{ kept: count('kept'), late: count('late'), failed: count('failed') },
    ...{ missed: count('missed'), excused: count('excused'), unclear: count('unclear') },
    ahead: count('ahead'),
  };
};

const courseOf = (facts: ProgressFacts, order: OrderDates): OrderCourse => {
  const { orderId, startsAt, endsAt } = order;
  const until = facts.period.toAt;
  if (startsAt >= until) return { orderId, course: 'not-begun' };
  const isBreached = facts.breaches.some((one) => one.orderId === orderId && one.at < until);
  const isOver = endsAt !== null && endsAt <= until;
  if (isOver) {
    return { orderId, course: isBreached ? 'completed-with-breach' : 'completed-without-breach' };
  }
  return { orderId, course: isBreached ? 'running-with-breach' : 'running' };
};

const unknownOf = (
  facts: ProgressFacts,
  {
    days,
    curfew,
    appointments,
    checks,
  }: Pick<Progress, 'curfew' | 'appointments' | 'checks'> & Readonly<{ days: readonly Day[] }>,
): Unknown[] => {
  const dark = days.filter(({ kind }) => kind === 'unobserved').length;
  const minutes = Math.round(curfew.unobservedMinutes);
  return [
    ...(days.length === 0 ? [{ what: 'no-order' } as const] : []),
    ...(facts.seen.length === 0 ? [{ what: 'nothing-seen' } as const] : []),
    ...(curfew.boundMinutes === 0 ? [{ what: 'no-curfew' } as const] : []),
    ...(dark > 0 ? [{ what: 'days-unobserved', days: dark } as const] : []),
    ...(minutes > 0 ? [{ what: 'curfew-unobserved', minutes } as const] : []),
    ...unclear('appointments-unclear', appointments.unclear),
    ...unclear('checks-unclear', checks.unclear),
  ];
};

const unclear = (what: 'appointments-unclear' | 'checks-unclear', count: number): Unknown[] =>
  count > 0 ? [{ what, count }] : [];

/**
 * Measures a period. Excused and withdrawn violations do not count, nor do faults of equipment;
 * what the data cannot speak for is said, and counts neither way.
 */
export const measure = (facts: ProgressFacts): Progress => {
  const days = daysIn(facts);
  const ofKind = (kind: Day['kind']): number => days.filter((day) => day.kind === kind).length;
  const { longestDays, currentDays } = runsOf(days);
  const curfew = curfewMinutes(facts);
  const [appointments, checks] = [appointmentCounts(facts), checkCounts(facts)];
  const standings = facts.violations
    .filter((one) => touches(one, facts.period))
    .map((one) => standingOf(one));
  const standing = (name: string): number => standings.filter((one) => one === name).length;
  return {
    ...{ period: facts.period, timeZone: facts.timeZone, curfew, appointments, checks },
    days: {
      ...{ counted: days.length, clear: ofKind('clear') },
      ...{ withViolation: ofKind('with-violation'), unobserved: ofKind('unobserved') },
      withEquipmentTrouble: days.filter(({ hasEquipmentTrouble }) => hasEquipmentTrouble).length,
      ...{ longestRun: longestDays, currentRun: currentDays },
    },
    violations: {
      ...{ counted: standing('counts'), excused: standing('excused') },
      ...{ withdrawn: standing('withdrawn'), equipment: standing('equipment') },
    },
    addedUp: facts.addedUp,
    orders: facts.orders.map((order) => courseOf(facts, order)),
    unknown: unknownOf(facts, { days, curfew, appointments, checks }),
  };
};
