import { type AlertClass, isForPeopleAlone } from '../model/alert-class.ts';
import type { Disposition } from '../model/closing.ts';

/** What is held against a wearer. */
const ENFORCING: readonly Disposition[] = [
  'first-warning',
  'second-warning',
  'breach-initiated',
  'recall-requested',
];

/** Care is no enforcement, and early signs are no breach of anything. */
const NEVER_ENFORCED: readonly AlertClass[] = ['welfare', 'early-signs'];

/** What liaisons or people here left undone says nothing of the wearer. */
const NOT_OF_WEARER: readonly Disposition[] = ['no-action-equipment', 'no-action-explained'];

/** Whether an alert of a class may be closed so: what is no enforcement is closed as none. */
export const mayCloseAs = (conditionKind: AlertClass, disposition: Disposition): boolean => {
  if (isForPeopleAlone(conditionKind)) return NOT_OF_WEARER.includes(disposition);
  return !NEVER_ENFORCED.includes(conditionKind) || !ENFORCING.includes(disposition);
};
