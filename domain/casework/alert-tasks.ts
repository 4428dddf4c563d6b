import type { Transition } from '../escalate/transition.ts';
import type { Alert } from '../model/alert.ts';
import { isForPeopleAlone } from '../model/alert-class.ts';
import type { PersonId } from '../model/ids.ts';
import type { Instant } from '../model/instant.ts';
import { tellingOf } from '../model/reasons.ts';
import type { ClockedKind } from './task-due.ts';

type Change = Pick<Transition, 'before' | 'after'>;

/** A task that a change of an alert begins, and from when its clock runs. */
export type Begins = Readonly<{ kind: ClockedKind; from: Instant }>;

/** A task that a change of an alert ends, by whom and why. */
export type Ends = Readonly<{ kind: ClockedKind; by: PersonId | null; why: string }>;

/** Whether somebody has to act on what was found: not of care, nor of what is only to be known. */
const isActedOn = ({ conditionKind, isTest, facts }: Alert): boolean =>
  !isTest &&
  conditionKind !== 'welfare' &&
  !isForPeopleAlone(conditionKind) &&
  tellingOf(facts.violation.reason) === 'alert';

/** Whether the officer whom the order named was told of it, or has it in hand. */
const isKnownToOfficer = ({ responsibleOfficer, told, acknowledgements, closed }: Alert): boolean =>
  responsibleOfficer === undefined ||
  told.some((one) => 'personId' in one && one.personId === responsibleOfficer) ||
  acknowledgements.some(({ by }) => by === responsibleOfficer) ||
  closed?.by === responsibleOfficer;

/** Whether somebody has had it in hand, so that nobody else may ever be told of it. */
const isTaken = ({ firstAcknowledgedAt, closed }: Alert): boolean =>
  firstAcknowledgedAt !== undefined || (closed !== null && closed.by !== null);

const isOver = (alert: Alert | null): boolean => alert === null || alert.closed !== null;

/**
 * The clocks that a change of an alert starts: of action when it opens, or opens again; of the
 * report to the officer when others have it in hand of whom the officer does not know.
 */
export const tasksBegunBy = ({ before, after }: Change): Begins[] => {
  if (!isActedOn(after)) return [];
  const begins = isOver(before) && after.closed === null;
  const isNewlyTaken = isTaken(after) && (before === null || !isTaken(before));
  return [
    ...(begins ? [{ kind: 'action-on-violation', from: after.changed.at } as const] : []),
    ...(isNewlyTaken && !isKnownToOfficer(after)
      ? [{ kind: 'em-report', from: after.openedAt } as const]
      : []),
  ];
};

/** The clocks that a change of an alert stops. */
export const tasksEndedBy = ({ before, after }: Change): Ends[] => {
  if (before === null || !isActedOn(after)) return [];
  const { closed } = after;
  const hasEnded = before.closed === null && closed !== null;
  const isReported = !isKnownToOfficer(before) && isKnownToOfficer(after);
  const isNothing = hasEnded && closed.by === null;
  return [
    ...(hasEnded
      ? [{ kind: 'action-on-violation', by: closed.by, why: closed.disposition } as const]
      : []),
    ...(isReported || isNothing
      ? [{ kind: 'em-report', by: null, why: isReported ? 'told' : 'nothing-to-tell' } as const]
      : []),
  ];
};

/** The task that somebody ends who closes its alert, and why; null: it is of no task. */
export const taskClosedWith = ({ before, after }: Change) => {
  const { task } = after.facts.violation;
  const { closed } = after;
  if (task === undefined || before?.closed !== null || closed === null) return null;
  return closed.by === null ? null : { taskId: task.taskId, by: closed.by, why: closed.reason };
};
