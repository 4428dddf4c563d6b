import type { Alert } from '../model/alert.ts';
import { earlierOf, HOUR_SECONDS, type Instant, laterOf, secondsAfter } from '../model/instant.ts';
import type { Violation } from '../model/violation.ts';
import type { AlertEventOf } from './alert-events.ts';
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

/** However often it turns over, it is told at the latest so long after it was last. */
const TOLD_WITHIN_SECONDS = 900;
const TOLD_WITHIN_FOR_SAFETY_SECONDS = 300;

/** Until when it has to stand, where it turns over too often. */
const settledAt = ({ lastToldAt }: Alert, violation: Violation, at: Instant): Instant => {
  const isGrave = isSafety(violation);
  const settles = secondsAfter(at, isGrave ? SETTLES_FOR_SAFETY_SECONDS : SETTLES_SECONDS);
  if (lastToldAt === undefined) return at;
  const within = isGrave ? TOLD_WITHIN_FOR_SAFETY_SECONDS : TOLD_WITHIN_SECONDS;
  return earlierOf(settles, laterOf(at, secondsAfter(lastToldAt, within)));
};

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
): AlertEventOf<'alert-reopened'> => {
  const { track, nextStepAt } = startOf(violation, alert.policy, at);
  const fromAt = isUnsteady(alert, at) ? settledAt(alert, violation, at) : at;
  return {
    type: 'alert-reopened',
    at,
    violation,
    track,
    nextStepAt: laterOf(nextStepAt, fromAt),
  };
};
