import type { Alert } from '../model/alert.ts';
import { HOUR_SECONDS, type Instant, laterOf, secondsAfter } from '../model/instant.ts';
import type { Violation } from '../model/violation.ts';
import type { AlertEvent } from './alert-events.ts';
import { startOf } from './open-alert.ts';
import { isSafety } from './safety.ts';

/** So often within an hour what was taken back is told at once when it shows after all. */
export const REOPENED_AT_ONCE = 2;
/**
 * What turns over more often has to stand for so long before people are called once more, or each
 * turn would call them and stand them down again. Chosen: longer than two uploads a minute apart,
 * shorter than anybody would mind, and for whoever may need to be kept safe as short as that goes.
 */
const SETTLES_SECONDS = 300;
const SETTLES_FOR_SAFETY_SECONDS = 60;

const isUnsteady = ({ reopenedAt = [] }: Alert, at: Instant): boolean =>
  reopenedAt.filter((before) => secondsAfter(before, HOUR_SECONDS) > at).length >= REOPENED_AT_ONCE;

/**
 * We had ended it ourselves, and still later evidence shows it after all: all begins again. Taken
 * back before it has settled, it has called nobody.
 */
export const reopen = (
  alert: Alert,
  violation: Violation,
  at: Instant,
): Extract<AlertEvent, { type: 'alert-reopened' }> => {
  const { track, nextStepAt } = startOf(violation, alert.policy, at);
  const settles = isSafety(violation) ? SETTLES_FOR_SAFETY_SECONDS : SETTLES_SECONDS;
  const settledAt = isUnsteady(alert, at) ? secondsAfter(at, settles) : at;
  return {
    type: 'alert-reopened',
    at,
    violation,
    track,
    nextStepAt: laterOf(nextStepAt, settledAt),
  };
};
