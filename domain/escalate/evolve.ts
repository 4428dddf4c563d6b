import type { Alert, Counted, LaterPage } from '../model/alert.ts';
import { earliest, type Instant } from '../model/instant.ts';
import { personOf, type Recipient, recipientKey } from '../model/recipient.ts';
import type { AlertEvent, AlertEventOf } from './alert-events.ts';
import {
  becameGraver,
  closedWith,
  fallen,
  heardAgain,
  RESTING,
  takenBack,
  toDecideAnew,
  withViolation,
} from './closings.ts';
import { notReached } from './feed-place.ts';
import { standingOf } from './holders.ts';
import { REOPENED_AT_ONCE } from './reopen.ts';

/** Each stands there once: one channel may be tried for two steps at the same moment. */
const withTold = (told: readonly Recipient[], more: readonly Recipient[]): Recipient[] => {
  const known = new Map(told.map((recipient) => [recipientKey(recipient), recipient]));
  for (const recipient of more) {
    const key = recipientKey(recipient);
    if (!known.has(key)) known.set(key, recipient);
  }
  return [...known.values()];
};

const without = (later: readonly LaterPage[], tried: readonly LaterPage[]): LaterPage[] => {
  const keyOf = ({ recipient, step, loop }: LaterPage) =>
    `${loop} ${step} ${recipientKey(recipient)}`;
  const keys = new Set(tried.map(keyOf));
  return later.filter((page) => !keys.has(keyOf(page)));
};

/** It begins as if it had just opened, and says that it was held, and why no longer. */
const released = (alert: Alert, { why: told, nextStepAt }: AlertEventOf<'hold-ended'>): Alert => {
  const { held, facts } = alert;
  const feed =
    held?.why === 'feed-late' && told !== 'after-cause'
      ? { feed: { headEndId: held.headEndId, heardAt: held.heardAt, told } }
      : {};
  return { ...alert, held: undefined, nextStepAt, facts: { ...facts, ...feed } };
};

/** Who has been told now that these are held under it, besides who had been before. */
const withCounted = (
  counted: readonly Counted[],
  { also, recipients }: AlertEventOf<'step-run'>,
): Counted[] => {
  const now = recipients.map(personOf).filter((personId) => personId !== null);
  return also.map((one) => {
    const before = counted.find(({ alertId }) => alertId === one.alertId)?.personIds ?? [];
    return { ...one, personIds: [...new Set([...before, ...now])] };
  });
};

const stepRun = (alert: Alert, event: AlertEventOf<'step-run'>): Alert => ({
  ...alert,
  step: event.nextStep,
  loop: event.nextLoop,
  nextStepAt: event.nextStepAt,
  ran: { step: event.step, loop: event.loop },
  waiting: event.recipients.map(recipientKey),
  // Whether a page of an earlier step fails matters no more: the policy has gone on.
  later: [...alert.later.filter(({ dueAt }) => dueAt !== null), ...event.later],
  told: withTold(alert.told, [...(event.informed ?? []), ...event.recipients]),
  lastToldAt: event.recipients.length > 0 ? event.at : alert.lastToldAt,
  counted: withCounted(alert.counted, event),
});

const tried = (alert: Alert, pages: readonly LaterPage[]): Alert => {
  const recipients = pages.map(({ recipient }) => recipient);
  const keys = pages
    .filter(({ step, loop }) => alert.ran?.step === step && alert.ran.loop === loop)
    .map(({ recipient }) => recipientKey(recipient));
  return {
    ...alert,
    later: without(alert.later, pages),
    waiting: [...new Set([...alert.waiting, ...keys])],
    told: withTold(alert.told, recipients),
  };
};

const channelFailed = (alert: Alert, event: AlertEventOf<'channel-failed'>): Alert => {
  const waiting = alert.waiting.filter((key) => key !== event.recipientKey);
  return tried({ ...alert, waiting, nextStepAt: event.nextStepAt }, event.instead);
};

const acknowledged = (
  alert: Alert,
  { by, at, endsAt }: AlertEventOf<'alert-acknowledged'>,
): Alert => {
  const acknowledgements = [...alert.acknowledgements.filter((one) => one.by !== by), { by, at }];
  if (endsAt !== null) {
    const taken = { status: 'acknowledged', nextStepAt: endsAt, held: undefined } as const;
    const firstAcknowledgedAt = alert.firstAcknowledgedAt ?? at;
    return { ...alert, ...RESTING, ...taken, acknowledgements, firstAcknowledgedAt };
  }
  // A second person is waited for: who has acknowledged is told no more, everybody else is.
  const later = alert.later.filter(
    ({ recipient }) => !('personId' in recipient && recipient.personId === by),
  );
  return { ...alert, later, acknowledgements };
};

/**
 * The step that was current is run again, for whoever had the alert has let it go: a loop of its
 * own, so that its pages are new ones, which uses up none of the policy's repeats.
 */
const lapsed = (alert: Alert, at: Instant): Alert => {
  const loop = alert.loop + 1;
  const acknowledgements = [...standingOf(alert, at)];
  const again: Alert = { ...alert, status: 'open', acknowledgements, nextStepAt: at, loop };
  return alert.ran === null
    ? { ...again, firstLoop: alert.firstLoop + 1 }
    : {
        ...again,
        step: alert.ran.step,
        firstLoop: loop - (alert.ran.loop - alert.firstLoop),
      };
};

/**
 * All begins again: its pages are new ones, and everybody is told again, the police too. Who was
 * told since it was over, for somebody handed it on, has to hear if it is over once more.
 */
const reopened = (alert: Alert, event: AlertEventOf<'alert-reopened'>): Alert => ({
  ...withViolation(alert, event.violation),
  ...RESTING,
  status: 'open',
  track: event.track,
  step: 0,
  loop: alert.loop + 1,
  firstLoop: alert.loop + 1,
  ran: null,
  nextStepAt: event.nextStepAt,
  acknowledgements: [],
  firstAcknowledgedAt: undefined,
  closed: null,
  cleared: null,
  told: alert.cleared === null ? [] : alert.told,
  counted: [],
  held: undefined,
  reopenedAt: [...(alert.reopenedAt ?? []), event.at].slice(-REOPENED_AT_ONCE),
});

const after = (alert: Alert, event: AlertEvent): Alert => {
  switch (event.type) {
    case 'alert-opened':
      return event.alert;
    case 'step-run':
      return stepRun(alert, event);
    case 'further-channels-tried':
      return tried(alert, event.pages);
    case 'channel-failed':
      return channelFailed(alert, event);
    case 'alert-acknowledged':
      return acknowledged(alert, event);
    case 'alert-escalated': {
      const handedOn = { status: 'open', track: 'page', held: undefined } as const;
      const firstLoop = alert.track === 'page' ? alert.firstLoop : alert.loop;
      const begins = { firstLoop, acknowledgements: [], nextStepAt: event.at };
      return { ...alert, ...RESTING, ...handedOn, ...begins };
    }
    case 'acknowledgement-ended':
      return lapsed(alert, event.at);
    case 'alert-closed': {
      const { by, at, disposition, reason, decisionId } = event;
      const decided = decisionId === undefined ? {} : { decisionId };
      return closedWith(alert, { by, at, disposition, reason, ...decided });
    }
    case 'closing-withdrawn':
      return toDecideAnew(alert, event.at);
    case 'alert-fell':
      return fallen(alert, event);
    case 'liaison-told':
      return { ...alert, told: withTold(alert.told, [event.recipient]) };
    case 'liaison-not-reached':
      return notReached(alert, event.recipient.liaisonId);
    case 'alert-reopened':
      return reopened(alert, event);
    case 'hold-kept':
      return { ...alert, held: event.held, nextStepAt: event.nextStepAt };
    case 'hold-ended':
      return released(alert, event);
    case 'hold-fell':
      return heardAgain(alert, event.at);
    case 'violation-amended':
    case 'violation-ended':
      return withViolation(alert, event.violation);
    case 'violation-withdrawn':
      return takenBack(alert, event);
    case 'violation-became-graver':
      return becameGraver(alert, event);
    default:
      return event satisfies never;
  }
};

/** The alert after something happened to it. The epoch is the transition's, not the event's. */
export const evolve = (alert: Alert, event: AlertEvent): Alert => {
  const next = after(alert, event);
  const furtherAt = next.later.map(({ dueAt }) => dueAt);
  const nextDueAt = next.nextStepAt === null ? null : earliest([next.nextStepAt, ...furtherAt]);
  return { ...next, nextDueAt };
};
