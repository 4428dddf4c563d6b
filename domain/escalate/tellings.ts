import type { Alert, LaterPage, Page } from '../model/alert.ts';
import type { TellingDecision } from '../model/in-feed.ts';
import type { Instant } from '../model/instant.ts';
import { personOf, type Recipient } from '../model/recipient.ts';
import type { AlertEvent, AlertEventOf } from './alert-events.ts';
import { isNewsTo, knownTo, whoKnow } from './feed-place.ts';
import { standDownTo } from './many-told.ts';

/** Whom something that happened tells, as what, and at which place of the policy. */
export type Telling = Readonly<{
  purpose: Page['purpose'];
  recipients: readonly Recipient[];
  step: number;
  loop: number;
  at: Instant;
  /** Why liaisons are told that were not told before. */
  decision?: TellingDecision;
}>;

type Place = Pick<Telling, 'step' | 'loop' | 'at'>;

/** An alert as it was, and as it is now. */
type Turn = Readonly<{ before: Alert; after: Alert }>;

const byRule = (rule: TellingDecision['rule']): TellingDecision => ({
  ...{ rule, by: null, reason: null },
});

/** What calls somebody to act, or quietly to look. */
const callOf = ({ track }: Alert) => (track === 'review' ? 'review' : 'alert');

const stepTold = (
  alert: Alert,
  { informed = [], recipients, step, loop, at }: AlertEventOf<'step-run'>,
): Telling[] => {
  const { countsFor } = alert.episode;
  const counts = (one: Recipient) => one.channel === 'liaison' && countsFor.includes(one.liaisonId);
  const call = { purpose: callOf(alert), step, loop, at } as const;
  return [
    { ...call, recipients: informed.filter(counts), decision: byRule('goes-on') },
    { ...call, recipients: informed.filter((one) => !counts(one)), decision: byRule('told-first') },
    { ...call, recipients, decision: byRule('policy-step') },
  ];
};

type ByPlace = Readonly<{ pages: readonly LaterPage[]; at: Instant }>;

const byPlace = (alert: Alert, { pages, at }: ByPlace): Telling[] =>
  pages.map(({ recipient, step, loop }) => ({
    ...{ purpose: callOf(alert), recipients: [recipient], step, loop, at },
    decision: byRule('policy-step'),
  }));

const people = ({ told }: Alert): Recipient[] =>
  told.filter(({ channel }) => channel !== 'liaison');

/** Whoever was called about a transfer hears that it is accepted, unless they have it in hand. */
const calledInVain = (alert: Alert, place: Place): Telling[] => {
  if (alert.conditionKind !== 'transfer') return [];
  const holders = alert.acknowledgements.map(({ by }) => by);
  const others = alert.told.filter((recipient) => {
    const who = personOf(recipient);
    return who === null || !holders.includes(who);
  });
  return [{ purpose: 'stand-down', recipients: standDownTo(others), ...place }];
};

/**
 * Liaisons that take it that it is so hear that it is over; and where it is so, those who take it
 * that it was not, and have not heard yet that it shows after all.
 */
const isOverTo = (alert: Alert, place: Place): Telling => {
  const isSo = alert.facts.violation.status !== 'withdrawn';
  const recipients = isSo ? whoKnow(alert, 'it-is-so', 'it-was-not') : whoKnow(alert, 'it-is-so');
  return { purpose: 'closed', recipients, ...place };
};

/** Whoever was told that it is, or was, so hears that it was not. */
const wasNotTo = (alert: Alert, place: Place): Telling => {
  const told = [...people(alert), ...whoKnow(alert, 'it-is-so', 'it-is-over')];
  return { purpose: 'stand-down', recipients: standDownTo(told), ...place };
};

/** A court hears last: of what a person has closed so that a court is to deal with it. */
const courtsOf = (
  alert: Alert,
  { courts = [], by, reason }: AlertEventOf<'alert-closed'>,
  place: Place,
): Telling => ({
  purpose: 'alert',
  recipients: courts
    .filter((liaisonId) => knownTo(alert, liaisonId) !== 'it-is-so')
    .map((liaisonId) => ({ channel: 'liaison', liaisonId, kind: 'court' })),
  ...place,
  decision: { rule: 'court-last', by, reason },
});

/**
 * Of an alert that is over: whoever was told of it outside hears when it turns out not to have been
 * so. What a person has closed stays closed where it shows after all: then courts hear again that
 * they have to deal with it, and everybody else that it was so, and is dealt with.
 */
const saidAfterwards = ({ before, after }: Turn, place: Place): Telling[] => {
  const [was, is] = [before.facts.violation.status, after.facts.violation.status];
  if (is === 'withdrawn') {
    const recipients = whoKnow(before, 'it-is-so', 'it-is-over');
    return [{ purpose: 'stand-down', recipients, ...place }];
  }
  if (was !== 'withdrawn' || before.closed === null || before.closed.by === null) return [];
  const again = whoKnow(before, 'it-was-not');
  const [courts, others] = [
    again.filter(({ kind }) => kind === 'court'),
    again.filter(({ kind }) => kind !== 'court'),
  ];
  return [
    { purpose: 'alert', recipients: courts, ...place },
    { purpose: 'closed', recipients: others, ...place },
  ];
};

/** Liaisons hear of what changes in what they were told, while it is not over. */
const changed = ({ before, after }: Turn, place: Place): Telling[] => {
  const isOpen = before.closed === null && before.cleared === null;
  if (!isOpen) return saidAfterwards({ before, after }, place);
  const recipients = isNewsTo(before, after) ? whoKnow(before, 'it-is-so') : [];
  return [{ purpose: 'update', recipients, ...place }];
};

/**
 * Whom an event tells, and why: of an alert as it was, and as it is now. Those who were told are
 * told when it was wrong; liaisons also of what changes in what they were told, and of the end,
 * once.
 */
export const tellingsOf = ({ before: alert, after }: Turn, event: AlertEvent): Telling[] => {
  const place = { step: alert.step, loop: alert.loop, at: event.at };
  switch (event.type) {
    case 'step-run':
      return stepTold(alert, event);
    case 'further-channels-tried':
      return byPlace(alert, event);
    case 'channel-failed':
      return byPlace(alert, { pages: event.instead, at: event.at });
    case 'violation-withdrawn':
      return [wasNotTo(alert, place)];
    case 'violation-ended':
    case 'violation-amended':
      return changed({ before: alert, after }, place);
    case 'violation-became-graver':
      return [isOverTo(alert, place)];
    case 'liaison-told': {
      const { by, reason, recipient } = event;
      const decision = { rule: 'by-hand', by, reason } as const;
      return [{ purpose: callOf(alert), recipients: [recipient], ...place, decision }];
    }
    case 'alert-fell':
      return [isOverTo(alert, place), ...calledInVain(alert, place)];
    case 'alert-closed':
      return [isOverTo(alert, place), courtsOf(alert, event, place)];
    case 'closing-withdrawn': {
      // A court that was to deal with it hears that it need not.
      const courts = whoKnow(alert, 'it-is-so').filter(({ kind }) => kind === 'court');
      return [{ purpose: 'stand-down', recipients: courts, ...place }];
    }
    default:
      return [];
  }
};
