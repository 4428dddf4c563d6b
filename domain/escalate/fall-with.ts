import type { Alert } from '../model/alert.ts';
import { isForPeopleAlone } from '../model/alert-class.ts';
import type { Instant } from '../model/instant.ts';
import { liftingEndSchema, type Violation } from '../model/violation.ts';
import type { AlertEvent } from './alert-events.ts';

/** A change of orders lifts what was found under them; what was done to a device does not go. */
export const isLifted = ({ endReason }: Violation): boolean =>
  liftingEndSchema.safeParse(endReason).success;

/** Whether what was found is over, or was none, so that nobody is to be told of it any more. */
export const isOverBeforeAlert = ({ status, conditionKind }: Violation): boolean =>
  status === 'withdrawn' || (status === 'ended' && isForPeopleAlone(conditionKind));

/** What becomes of an alert by itself when its violation ends: it closes, or stays as it is. */
export const fallWith = (
  { status, held }: Alert,
  violation: Violation,
  at: Instant,
): readonly AlertEvent[] => {
  const { endReason, rule } = violation;
  if (status === 'closed' || endReason === null) return [];
  if (isLifted(violation)) {
    return rule === 'tamper' ? [] : [{ type: 'alert-fell', at, reason: endReason }];
  }
  // Whatever else an alert waits for, it is told in the end, and says that it is over.
  return held?.why === 'feed-late' && status === 'open' ? [{ type: 'hold-fell', at }] : [];
};
