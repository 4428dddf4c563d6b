import type { Alert, Recipient } from '../model/alert.ts';
import type { AlertEvent } from './alert-events.ts';
import { recipientKey } from './roster.ts';

const withTold = (told: readonly Recipient[], more: readonly Recipient[]): Recipient[] => {
  const known = new Set(told.map(recipientKey));
  return [...told, ...more.filter((recipient) => !known.has(recipientKey(recipient)))];
};

type TakenBack = Extract<AlertEvent, { type: 'violation-withdrawn' | 'violation-became-graver' }>;

const whyClosed = ({ type, violation }: TakenBack): string => {
  if (type === 'violation-became-graver') {
    return 'a graver violation of the same condition has an alert of its own';
  }
  return violation.endReason === 'excused'
    ? 'its time was permitted afterwards'
    : 'what is known now does not show the violation';
};

/** Nobody need act on it any more, and nobody closed it. */
const closedByUs = (alert: Alert, event: TakenBack): Alert => ({
  ...alert,
  status: 'closed',
  nextDueAt: null,
  closed: {
    ...{ by: null, at: event.at, reason: whyClosed(event) },
    disposition: event.type === 'violation-withdrawn' ? 'withdrawn' : 'became-graver',
  },
  facts: { ...alert.facts, violation: event.violation },
});

const HEARD = 'the device was heard again after its feed had been late; nobody had been told';

/** It begins as if it had just opened, and says that it was held, and why no longer. */
const released = (
  alert: Alert,
  { why: told, nextDueAt }: Extract<AlertEvent, { type: 'hold-ended' }>,
): Alert => {
  const { held, facts } = alert;
  const feed = held && { headEndId: held.headEndId, heardAt: held.heardAt, told };
  return { ...alert, held: undefined, nextDueAt, facts: { ...facts, ...(feed && { feed }) } };
};

/** The alert after something happened to it. The epoch is the transition's, not the event's. */
export const evolve = (alert: Alert, event: AlertEvent): Alert => {
  switch (event.type) {
    case 'alert-opened':
      return event.alert;
    case 'step-run':
      return {
        ...alert,
        step: event.nextStep,
        loop: event.nextLoop,
        nextDueAt: event.nextDueAt,
        told: withTold(alert.told, event.recipients),
      };
    case 'alert-acknowledged':
      return {
        ...alert,
        status: 'acknowledged',
        acknowledged: { by: event.by, at: event.at },
        nextDueAt: event.endsAt,
        held: undefined,
      };
    case 'acknowledgement-ended':
      return { ...alert, status: 'open', acknowledged: null, nextDueAt: event.at };
    case 'alert-closed': {
      const { by, at, disposition, reason } = event;
      return {
        ...alert,
        status: 'closed',
        nextDueAt: null,
        closed: { by, at, disposition, reason },
      };
    }
    case 'alert-fell': {
      const { at, reason } = event;
      const closed = { by: null, at, disposition: 'supervision-change', reason } as const;
      return { ...alert, status: 'closed', nextDueAt: null, closed };
    }
    case 'alert-reopened':
      // A new loop: its pages are new ones, and everybody is told again, the police too.
      return {
        ...alert,
        status: 'open',
        track: event.track,
        step: 0,
        loop: alert.loop + 1,
        firstLoop: alert.loop + 1,
        nextDueAt: event.nextDueAt,
        acknowledged: null,
        closed: null,
        told: [],
        held: undefined,
        facts: { ...alert.facts, violation: event.violation },
      };
    case 'hold-kept':
      return { ...alert, held: event.held, nextDueAt: event.nextDueAt };
    case 'hold-ended':
      return released(alert, event);
    case 'hold-fell': {
      const closed = { by: null, at: event.at, disposition: 'withdrawn', reason: HEARD } as const;
      return { ...alert, status: 'closed', nextDueAt: null, closed };
    }
    case 'violation-amended':
    case 'violation-ended':
      return { ...alert, facts: { ...alert.facts, violation: event.violation } };
    case 'violation-withdrawn':
    case 'violation-became-graver':
      return closedByUs(alert, event);
    default:
      return event satisfies never;
  }
};
