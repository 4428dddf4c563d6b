import type { Alert, Recipient } from '../model/alert.ts';
import { type Instant, laterOf, secondsAfter } from '../model/instant.ts';
import type { Target } from '../model/person.ts';
import type { AlertEvent } from './alert-events.ts';
import { type Reached, type Roster, reachAll, recipientKey } from './roster.ts';

type StepRun = Extract<AlertEvent, { type: 'step-run' }>;

/** After an outage the ladder is not burnt in one second: late steps keep at least so far apart. */
const LEAST_GAP_SECONDS = 60;
/** Old news is told by e-mail, again each day until somebody takes it in hand. */
const REVIEW_EVERY_SECONDS = 86_400;

type Place = Readonly<{ step: number; loop: number }>;

const isLastResort = (alert: Alert, at: Place): boolean => at.step >= alert.policy.steps.length;

/** The step after one: the next, the first of the next loop, or the last resort for ever. */
const placeAfter = (alert: Alert, at: Place): Place & Readonly<{ afterSeconds: number }> => {
  const { steps, repeat, lastResort } = alert.policy;
  const next = steps[at.step + 1];
  if (next !== undefined)
    return { step: at.step + 1, loop: at.loop, afterSeconds: next.delaySeconds };
  const again = { afterSeconds: lastResort.everySeconds, loop: at.loop + 1 };
  return { ...again, step: at.loop - alert.firstLoop < repeat ? 0 : steps.length };
};

const targetsAt = (alert: Alert, at: Place): readonly Target[] =>
  alert.policy.steps[at.step]?.targets ??
  alert.policy.lastResort.personIds.map((personId) => ({ kind: 'person', personId }) as const);

type Run = Readonly<{ alert: Alert; roster: Roster; now: Instant }>;

/** The next due instant: counted from when this step was due, but never at once after it. */
const dueAfter = (dueAt: Instant, afterSeconds: number, now: Instant): Instant =>
  laterOf(
    secondsAfter(dueAt, afterSeconds),
    secondsAfter(now, Math.min(afterSeconds, LEAST_GAP_SECONDS)),
  );

/** A force is told of an alert once: a control room that hears it again sends a second car. */
const withoutToldForces = ({ told }: Alert, reached: Reached): Reached => {
  const known = new Set(told.map(recipientKey));
  const isToldForce = (recipient: Recipient) =>
    recipient.channel === 'police' && known.has(recipientKey(recipient));
  const before = reached.recipients.filter(isToldForce).map((recipient) => {
    const id = recipient.channel === 'police' ? recipient.forceId : recipient.personId;
    return { target: 'police', id, reason: 'told-before' } as const;
  });
  return {
    recipients: reached.recipients.filter((recipient) => !isToldForce(recipient)),
    unreached: [...reached.unreached, ...before],
  };
};

const runPlace = ({ alert, roster, now }: Run, at: Place, dueAt: Instant): StepRun => {
  const reached = withoutToldForces(alert, reachAll(roster, targetsAt(alert, at), now));
  const after = placeAfter(alert, at);
  const isEmpty = reached.recipients.length === 0 && !isLastResort(alert, at);
  return {
    type: 'step-run',
    at: now,
    dueAt,
    ...at,
    isLastResort: isLastResort(alert, at),
    recipients: [...reached.recipients],
    unreached: [...reached.unreached],
    nextStep: after.step,
    nextLoop: after.loop,
    nextDueAt: isEmpty ? now : dueAfter(dueAt, after.afterSeconds, now),
  };
};

/**
 * Runs the step that is due. One that comes to nobody is passed in the same transition, and logged,
 * until somebody is reached or the last resort has been.
 */
export const runSteps = (run: Run): StepRun[] => {
  const ran: StepRun[] = [];
  let at: Place = { step: run.alert.step, loop: run.alert.loop };
  let dueAt = run.alert.nextDueAt ?? run.now;
  for (;;) {
    const event = runPlace(run, at, dueAt);
    ran.push(event);
    if (event.recipients.length > 0 || event.isLastResort) return ran;
    const isRoundTrip = event.nextStep === 0;
    const step = isRoundTrip ? run.alert.policy.steps.length : event.nextStep;
    at = { step, loop: event.nextLoop };
    dueAt = run.now;
  }
};

/** Old news: the responsible officer, by e-mail where there is one, once a day. */
export const runReview = ({ alert, roster, now }: Run): StepRun => {
  const reached = reachAll(roster, [{ kind: 'responsible-officer' }], now);
  const emails = reached.recipients.filter((recipient) => recipient.channel === 'email');
  const quiet: Reached = emails.length > 0 ? { ...reached, recipients: emails } : reached;
  return {
    type: 'step-run',
    at: now,
    dueAt: alert.nextDueAt ?? now,
    step: 0,
    loop: alert.loop,
    isLastResort: false,
    recipients: [...quiet.recipients],
    unreached: [...quiet.unreached],
    nextStep: 0,
    nextLoop: alert.loop + 1,
    nextDueAt: secondsAfter(now, REVIEW_EVERY_SECONDS),
  };
};
