import type { Instant } from '../model/instant.ts';
import type { ViolationReason } from '../model/reasons.ts';
import { type ActiveInterval, common, unite } from '../time/interval-sets.ts';
import type { Followed, Found, ProgressFacts } from './facts.ts';
import { isHeldAgainst } from './standing.ts';
import { minutesOf, stretch } from './stretches.ts';

/** What became of an appointment. `unclear`: a part of it was unseen, and nothing is claimed. */
export type AppointmentOutcome =
  | 'kept'
  | 'late'
  | 'left-early'
  | 'missed'
  | 'excused'
  | 'unclear'
  | 'ahead';

export type Appointment = Readonly<{
  conditionId: Followed['conditionId'];
  startAt: Instant;
  endAt: Instant;
  outcome: AppointmentOutcome;
}>;

/** By the gravest first: who came late and left early too is told of as having left. */
const BY_REASON: readonly (readonly [ViolationReason, AppointmentOutcome])[] = [
  ['missed-appointment', 'missed'],
  ['missed-appointment-again', 'missed'],
  ['left-appointment-early', 'left-early'],
  ['late-for-appointment', 'late'],
];

const isOf = ({ startAt, endAt }: ActiveInterval, { openedAt }: Found): boolean =>
  openedAt >= startAt && openedAt < endAt;

const outcomeOf = (
  followed: Followed,
  facts: ProgressFacts,
  window: ActiveInterval,
): AppointmentOutcome => {
  if (window.endAt > facts.now) return 'ahead';
  const bound = common([window], followed.hours);
  if (bound.length === 0) return 'excused';
  const found = facts.violations.filter(
    (one) => one.conditionId === followed.conditionId && isOf(window, one),
  );
  const held = found.filter(isHeldAgainst);
  const told = BY_REASON.find(([reason]) => held.some((one) => one.reason === reason));
  if (told !== undefined) return told[1];
  const wasExcused = found.some((one) => !isHeldAgainst(one) && one.status !== 'withdrawn');
  const there = followed.said
    .filter(({ verdict }) => verdict === 'satisfied')
    .map(({ startAt, endAt }) => stretch(startAt, endAt));
  const stayedSeconds = 60 * minutesOf(common(unite(there), bound));
  if (stayedSeconds > 0 && stayedSeconds >= followed.leastStaySeconds) return 'kept';
  const isPartlyPermitted = common([window], followed.permitted).length > 0;
  const wasTakenBack = found.some(({ endReason }) => endReason === 'excused');
  return wasExcused || wasTakenBack || isPartlyPermitted ? 'excused' : 'unclear';
};

/**
 * Every appointment that ends in the period, or is still ahead in it, and what became of it. Those
 * that touch count as one, as they do where they are watched.
 */
export const appointmentsIn = (facts: ProgressFacts): Appointment[] => {
  const { fromAt, toAt } = facts.period;
  return facts.followed
    .filter(({ rule }) => rule === 'mandatory-attendance')
    .flatMap((followed) =>
      unite([...followed.hours, ...followed.permitted])
        .filter(({ endAt }) => endAt > fromAt && endAt <= toAt)
        .map((window) => ({
          ...{ conditionId: followed.conditionId, startAt: window.startAt, endAt: window.endAt },
          outcome: outcomeOf(followed, facts, window),
        })),
    )
    .sort((a, b) => a.startAt - b.startAt);
};
