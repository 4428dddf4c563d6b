import type { Alert } from '../model/alert.ts';
import { isForPeopleAlone } from '../model/alert-class.ts';
import type { Closing } from '../model/closing.ts';
import { type Instant, secondsAfter } from '../model/instant.ts';
import type { Violation } from '../model/violation.ts';
import type { AlertEventOf } from './alert-events.ts';
import { isQuiet, startOf } from './open-alert.ts';
import { REVIEW_EVERY_SECONDS } from './steps.ts';

const GRAVER = 'a graver violation of the same condition has an alert of its own';
const PERMITTED = 'its time was permitted afterwards';
const NOT_SHOWN = 'what is known now does not show the violation';
const HEARD = 'the device was heard again after its feed had been late; nobody had been told';

/** Of an alert that calls nobody just now: no page that has to arrive, and none to come. */
export const RESTING = { waiting: [], later: [] };

/** An alert with its violation as that now stands. */
export const withViolation = (alert: Alert, violation: Violation): Alert => ({
  ...alert,
  facts: { ...alert.facts, violation },
});

/** An alert that is over, by a person or, where `by` is null, by what became known. */
export const closedWith = (alert: Alert, closed: Closing): Alert => ({
  ...alert,
  ...RESTING,
  status: 'closed',
  nextStepAt: null,
  closed,
});

/** It would close by itself, and a person has to look at it first: told daily until then. */
const clearedWith = (alert: Alert, cleared: Closing): Alert => ({
  ...alert,
  ...RESTING,
  status: 'open',
  track: 'review',
  step: 0,
  loop: alert.loop + 1,
  firstLoop: alert.loop + 1,
  acknowledgements: [],
  nextStepAt: secondsAfter(cleared.at, REVIEW_EVERY_SECONDS),
  held: undefined,
  cleared,
  // They have been told that it is over: from here on it counts who is told since.
  told: [],
});

/** Nobody need act on it any more, and nobody closed it. */
const overByItself = (alert: Alert, over: Closing): Alert => {
  const wasTold = alert.told.length > 0 || alert.lastToldAt !== undefined;
  return alert.isReviewed && wasTold ? clearedWith(alert, over) : closedWith(alert, over);
};

/**
 * A change of orders has ended what it was about; of a transfer, that it was accepted at last; of a
 * task, that it is done.
 */
export const fallen = (alert: Alert, { at, reason }: AlertEventOf<'alert-fell'>): Alert => {
  const isOurs = isForPeopleAlone(alert.conditionKind);
  const disposition = isOurs ? 'no-action-explained' : 'supervision-change';
  return overByItself(alert, { by: null, at, disposition, reason });
};

/** Why what was found is not so. */
export const whyTakenBack = ({ endReason }: Violation): string =>
  endReason === 'excused' ? PERMITTED : NOT_SHOWN;

/** Later evidence does not show its violation, or its time was permitted afterwards. */
export const takenBack = (
  alert: Alert,
  { at, violation }: AlertEventOf<'violation-withdrawn'>,
): Alert => {
  const reason = whyTakenBack(violation);
  const over = { by: null, at, disposition: 'withdrawn', reason } as const;
  return overByItself(withViolation(alert, violation), over);
};

/** A graver alert tells of the same from now on. */
export const becameGraver = (
  alert: Alert,
  { at, violation }: AlertEventOf<'violation-became-graver'>,
): Alert => {
  const over = { by: null, at, disposition: 'became-graver', reason: GRAVER } as const;
  return closedWith(withViolation(alert, violation), over);
};

/** Its device was heard again before anybody had been told. */
export const heardAgain = (alert: Alert, at: Instant): Alert =>
  closedWith(alert, { by: null, at, disposition: 'withdrawn', reason: HEARD });

/**
 * The decision with which it was closed was taken back. What was not so stays over, and so
 * does what people here had left undone and have done since, or liaisons have accepted; what goes
 * on calls people again; of anything else the officer hears daily until somebody has decided anew.
 */
export const toDecideAnew = (alert: Alert, at: Instant): Alert => {
  const { violation } = alert.facts;
  if (violation.status === 'withdrawn') {
    const reason = whyTakenBack(violation);
    return closedWith(alert, { by: null, at, disposition: 'withdrawn', reason });
  }
  if (violation.status === 'ended' && isForPeopleAlone(alert.conditionKind)) {
    const reason = violation.endReason ?? 'task-ended';
    return closedWith(alert, { by: null, at, disposition: 'no-action-explained', reason });
  }
  const goesOn = violation.status === 'open' && !isQuiet(violation);
  return {
    ...clearedWith(alert, { by: null, at, disposition: 'withdrawn', reason: '' }),
    ...(goesOn ? { ...startOf(violation, alert.policy, at), ran: null } : {}),
    ...{ cleared: null, closed: null },
  };
};
