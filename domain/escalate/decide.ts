import type { Alert } from '../model/alert.ts';
import {
  type AlertCommand,
  type AlertDecision,
  happened,
  type Moment,
  nothing,
  refuse,
} from './alert-commands.ts';
import type { AlertEvent } from './alert-events.ts';
import { evolve } from './evolve.ts';
import { fallWith, isLifted, isOverBeforeAlert } from './fall-with.ts';
import { lookAtHeld } from './held.ts';
import { followFailedPage, followLatePage, forgetNotReached } from './missed-page.ts';
import { openAlert } from './open-alert.ts';
import { acknowledge, close, escalate, tellLiaison, withdrawClosing } from './people-act.ts';
import { reopen } from './reopen.ts';
import { runDue } from './run-due.ts';

/**
 * Decides what a command does to an alert: events, nothing with a reason, or a refusal with one.
 */
export const decide = (
  alert: Alert | null,
  command: AlertCommand,
  moment: Moment,
): AlertDecision => {
  if (command.type === 'violation-changed') {
    return alert === null ? open(command, moment) : followViolation(alert, command, moment);
  }
  if (alert === null) return refuse('alert-unknown');
  switch (command.type) {
    case 'tick':
      return tick(alert, command, moment);
    case 'acknowledge':
      return acknowledge(alert, command.by, moment.now);
    case 'escalate':
      return escalate(alert, command, moment);
    case 'page-failed':
    case 'page-late':
      return pageMissed(alert, command, moment);
    case 'close':
      return close(alert, command, moment);
    case 'withdraw-closing':
      return withdrawClosing(alert, command, moment.now);
    case 'tell-liaison':
      return tellLiaison(alert, command, moment);
    default:
      return command satisfies never;
  }
};

const open = (
  command: Extract<AlertCommand, { type: 'violation-changed' }>,
  moment: Moment,
): AlertDecision => {
  const { violation, opening } = command;
  if (isOverBeforeAlert(violation)) return nothing('violation-over-before-alert');
  const alert = openAlert(violation, opening, moment);
  return happened({ type: 'alert-opened', at: moment.now, alert }, ...runDue(alert, moment));
};

const followViolation = (
  alert: Alert,
  { violation }: Extract<AlertCommand, { type: 'violation-changed' }>,
  moment: Moment,
): AlertDecision => {
  const at = moment.now;
  const known = alert.facts.violation;
  if (violation.revision <= known.revision) return nothing('violation-known');
  if (violation.status === 'withdrawn') {
    const isOver = alert.status === 'closed' || alert.cleared !== null;
    return happened({ type: isOver ? 'violation-amended' : 'violation-withdrawn', at, violation });
  }
  const isGraver = violation.endReason === 'became-graver';
  if (isGraver && alert.closed === null) {
    return happened({ type: 'violation-became-graver', at, violation });
  }
  // What we closed ourselves we open again, where there is cause again.
  const isUntold = alert.held?.why === 'feed-late' && violation.status === 'ended';
  const { closed, cleared } = alert;
  const isOurs = closed === null ? cleared !== null : closed.by === null && !isUntold;
  if (isOurs && !isGraver && !isLifted(violation)) {
    const reopened = reopen(alert, violation, at);
    return happened(reopened, ...runDue(evolve(alert, reopened), moment));
  }
  const isEnd = known.status === 'open' && violation.status === 'ended';
  const followed = {
    type: isEnd ? 'violation-ended' : 'violation-amended',
    at,
    violation,
  } as const;
  return happened(followed, ...fallWith(alert, violation, at));
};

const tick = (
  alert: Alert,
  { epoch, hold = { is: 'over' }, next = null }: Extract<AlertCommand, { type: 'tick' }>,
  moment: Moment,
): AlertDecision => {
  if (alert.epoch !== epoch || alert.nextDueAt === null) return nothing('stale-tick');
  if (moment.now < alert.nextDueAt) return nothing('early-tick');
  const isPaged = alert.track === 'page';
  const delaySeconds = isPaged ? (alert.policy.steps[0]?.delaySeconds ?? 0) : 0;
  const looked = lookAtHeld(alert, { hold, next, now: moment.now, delaySeconds });
  if (looked.length > 0) {
    return happened(...looked, ...runDue(looked.reduce(evolve, alert), moment));
  }
  if (alert.status !== 'acknowledged') return happened(...runDue(alert, moment));
  const ended: AlertEvent = { type: 'acknowledgement-ended', at: moment.now };
  return happened(ended, ...runDue(evolve(alert, ended), moment));
};

const pageMissed = (
  alert: Alert,
  page: Extract<AlertCommand, { type: 'page-failed' | 'page-late' }>,
  moment: Moment,
): AlertDecision => {
  const { now } = moment;
  const isFailed = page.type === 'page-failed';
  const forgotten = isFailed ? forgetNotReached(alert, page, now) : [];
  const follow = isFailed ? followFailedPage : followLatePage;
  const missed = alert.status === 'open' ? follow(alert, page, now) : null;
  if (missed === null)
    return forgotten.length > 0 ? happened(...forgotten) : nothing('failure-known');
  const events = [...forgotten, missed];
  return happened(...events, ...runDue(events.reduce(evolve, alert), moment));
};
