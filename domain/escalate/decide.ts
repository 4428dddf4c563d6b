import type { Alert, AlertFacts, Disposition, Held, Severity, Track } from '../model/alert.ts';
import { type AlertId, alertIdSchema, type PersonId, type ViolationId } from '../model/ids.ts';
import { type Instant, secondsAfter } from '../model/instant.ts';
import type { Policy } from '../model/person.ts';
import { tellingOf } from '../model/reasons.ts';
import type { Violation } from '../model/violation.ts';
import type { AlertEvent } from './alert-events.ts';
import { evolve } from './evolve.ts';
import { fallWith, isLifted } from './fall-with.ts';
import { lookAtHeld } from './feed-late.ts';
import type { Roster } from './roster.ts';
import { runReview, runSteps } from './steps.ts';

/** What may be asked of an alert. */
export type AlertCommand =
  | Readonly<{ type: 'violation-changed'; violation: Violation; opening: Opening }>
  | Readonly<{ type: 'tick'; epoch: number; isFeedLate?: boolean }>
  | Readonly<{ type: 'acknowledge'; by: PersonId }>
  | Readonly<{
      type: 'close';
      by: PersonId;
      epoch: number;
      disposition: Disposition;
      reason: string;
    }>;

/** What an alert needs to know when it opens. */
export type Opening = Readonly<{
  severity: Severity;
  policy: Policy;
  policyVersion: number;
  facts: AlertFacts;
  /** Present where the wearer fell silent with everybody of the feed. */
  hold?: Readonly<{ held: Held; nextDueAt: Instant }>;
}>;

export type Refusal = Readonly<{
  code: 'alert-unknown' | 'already-acknowledged' | 'already-closed' | 'stale-epoch';
  /** Who acted, and when, where somebody has. */
  by: PersonId | null;
  at: Instant | null;
}>;

/** Why nothing happened, where nothing had to. */
export type Idle =
  | 'violation-known'
  | 'violation-over-before-alert'
  | 'stale-tick'
  | 'early-tick'
  | 'already-acknowledged-by-you';

export type AlertDecision =
  | Readonly<{ outcome: 'happened'; events: readonly AlertEvent[] }>
  | Readonly<{ outcome: 'nothing'; reason: Idle }>
  | Readonly<{ outcome: 'refused'; refusal: Refusal }>;

export type Moment = Readonly<{ now: Instant; roster: Roster }>;

/** One violation has one alert, whatever is sent again. */
export const alertIdOf = (violationId: ViolationId): AlertId => alertIdSchema.parse(violationId);

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
    case 'close':
      return close(alert, command, moment.now);
    default:
      return command satisfies never;
  }
};

const happened = (...events: AlertEvent[]): AlertDecision => ({ outcome: 'happened', events });
const nothing = (reason: Idle): AlertDecision => ({ outcome: 'nothing', reason });

const refuse = (
  code: Refusal['code'],
  acted: Readonly<{ by: PersonId | null; at: Instant }> | null = null,
): AlertDecision => ({
  outcome: 'refused',
  refusal: { code, by: acted?.by ?? null, at: acted?.at ?? null },
});

/** Whether nobody has to act on it at once: what is over, and what is only to be known of. */
const isQuiet = ({ isOldNews, reason }: Violation): boolean =>
  isOldNews || tellingOf(reason) === 'prompt';

/** How quickly a violation that opens is told of, and from when. */
const start = (
  violation: Violation,
  policy: Policy,
  now: Instant,
): Readonly<{ track: Track; nextDueAt: Instant }> =>
  isQuiet(violation)
    ? { track: 'review', nextDueAt: now }
    : { track: 'page', nextDueAt: secondsAfter(now, policy.steps[0]?.delaySeconds ?? 0) };

const openAlert = (violation: Violation, opening: Opening, now: Instant): Alert => {
  const { track, nextDueAt } = start(violation, opening.policy, now);
  return {
    alertId: alertIdOf(violation.violationId),
    wearerId: violation.wearerId,
    violationId: violation.violationId,
    orderId: violation.orderId,
    conditionId: violation.conditionId,
    conditionKind: violation.conditionKind,
    severity: opening.severity,
    track,
    status: 'open',
    openedAt: now,
    epoch: 1,
    sequence: 0,
    policyId: opening.policy.policyId,
    policyVersion: opening.policyVersion,
    policy: opening.policy,
    step: 0,
    loop: 0,
    firstLoop: 0,
    nextDueAt,
    acknowledged: null,
    closed: null,
    told: [],
    facts: opening.facts,
    ...opening.hold,
  };
};

const runDue = (alert: Alert, moment: Moment): AlertEvent[] => {
  if (alert.nextDueAt === null || alert.nextDueAt > moment.now) return [];
  const run = { alert, ...moment };
  return alert.track === 'review' ? [runReview(run)] : runSteps(run);
};

const open = (
  command: Extract<AlertCommand, { type: 'violation-changed' }>,
  moment: Moment,
): AlertDecision => {
  const { violation, opening } = command;
  if (violation.status === 'withdrawn') return nothing('violation-over-before-alert');
  const alert = openAlert(violation, opening, moment.now);
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
    const type = alert.status === 'closed' ? 'violation-amended' : 'violation-withdrawn';
    return happened({ type, at, violation });
  }
  const isGraver = violation.endReason === 'became-graver';
  if (isGraver && alert.closed === null) {
    return happened({ type: 'violation-became-graver', at, violation });
  }
  // What we closed ourselves we open again, where there is cause again.
  const isUntold = alert.held !== undefined && violation.status === 'ended';
  const isOurs = alert.closed !== null && alert.closed.by === null && !isUntold;
  if (isOurs && !isGraver && !isLifted(violation)) {
    return reopen(alert, violation, moment);
  }
  const isEnd = known.status === 'open' && violation.status === 'ended';
  const followed = {
    type: isEnd ? 'violation-ended' : 'violation-amended',
    at,
    violation,
  } as const;
  return happened(followed, ...fallWith(alert, violation, at));
};

/** We had withdrawn it ourselves, and still later evidence shows it after all: all begins again. */
const reopen = (alert: Alert, violation: Violation, moment: Moment): AlertDecision => {
  const at = moment.now;
  const reopened: AlertEvent = {
    type: 'alert-reopened',
    at,
    violation,
    ...start(violation, alert.policy, at),
  };
  return happened(reopened, ...runDue(evolve(alert, reopened), moment));
};

const tick = (
  alert: Alert,
  { epoch, isFeedLate = false }: Extract<AlertCommand, { type: 'tick' }>,
  moment: Moment,
): AlertDecision => {
  if (alert.epoch !== epoch || alert.nextDueAt === null) return nothing('stale-tick');
  if (moment.now < alert.nextDueAt) return nothing('early-tick');
  const delaySeconds = alert.policy.steps[0]?.delaySeconds ?? 0;
  const looked = lookAtHeld(alert, { isFeedLate, now: moment.now, delaySeconds });
  if (looked?.type === 'hold-kept') return happened(looked);
  if (looked !== null) return happened(looked, ...runDue(evolve(alert, looked), moment));
  if (alert.status !== 'acknowledged') return happened(...runDue(alert, moment));
  const ended: AlertEvent = { type: 'acknowledgement-ended', at: moment.now };
  return happened(ended, ...runDue(evolve(alert, ended), moment));
};

const acknowledge = (alert: Alert, by: PersonId, at: Instant): AlertDecision => {
  if (alert.closed !== null) return refuse('already-closed', alert.closed);
  if (alert.acknowledged !== null) {
    return alert.acknowledged.by === by
      ? nothing('already-acknowledged-by-you')
      : refuse('already-acknowledged', alert.acknowledged);
  }
  const endsAt = secondsAfter(at, alert.policy.acknowledgementSeconds);
  return happened({ type: 'alert-acknowledged', at, by, endsAt });
};

const close = (
  alert: Alert,
  command: Extract<AlertCommand, { type: 'close' }>,
  at: Instant,
): AlertDecision => {
  if (alert.closed !== null) return refuse('already-closed', alert.closed);
  if (alert.epoch !== command.epoch) return refuse('stale-epoch', alert.acknowledged);
  const { by, disposition, reason } = command;
  return happened({ type: 'alert-closed', at, by, disposition, reason });
};
