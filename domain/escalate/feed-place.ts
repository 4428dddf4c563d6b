import type { Alert, Page } from '../model/alert.ts';
import type { LiaisonId } from '../model/ids.ts';
import type { InFeed, LiaisonKnows, TellingDecision, ToldLiaison } from '../model/in-feed.ts';
import type { LiaisonRecipient, Recipient } from '../model/recipient.ts';
import { whyTakenBack } from './closings.ts';

/** A message to somebody, as far as it matters to what a liaison knows. */
export type Message = Readonly<{
  recipient: Recipient;
  purpose: Page['purpose'];
  /** Why a liaison is told; absent: for the reason for which it was told before. */
  decision?: TellingDecision;
}>;

const KNOWS: Readonly<Record<Page['purpose'], LiaisonKnows>> = {
  alert: 'it-is-so',
  review: 'it-is-so',
  update: 'it-is-so',
  closed: 'it-is-over',
  'stand-down': 'it-was-not',
};

const toldOf = ({ feeds }: Alert, liaisonId: LiaisonId): ToldLiaison | undefined =>
  feeds.find((feed) => feed.liaisonId === liaisonId);

/** What a liaison knows of an alert. */
export const knownTo = (alert: Alert, liaisonId: LiaisonId): LiaisonKnows =>
  toldOf(alert, liaisonId)?.knows ?? 'nothing';

/** Liaisons that know this of an alert, or that. */
export const whoKnow = ({ feeds }: Alert, ...what: readonly LiaisonKnows[]): LiaisonRecipient[] =>
  feeds
    .filter(({ knows }) => what.includes(knows))
    .map(({ liaisonId, kind }) => ({
      ...{ channel: 'liaison', liaisonId },
      ...(kind === undefined ? {} : { kind }),
    }));

/** The next number in what one liaison is told of an alert. */
export const sequenceInFeed = (alert: Alert, liaisonId: LiaisonId): number =>
  (toldOf(alert, liaisonId)?.sequence ?? 0) + 1;

/** What a court hears that was to deal with it, and need not. */
const DECISION_WITHDRAWN = 'the decision that it was closed with has been withdrawn';

const outcomeOf = (
  { closed, cleared, facts: { violation } }: Alert,
  purpose: Page['purpose'],
): InFeed['outcome'] => {
  const ended = closed ?? cleared;
  if (ended === null) {
    return purpose === 'stand-down' ? { disposition: 'withdrawn', why: DECISION_WITHDRAWN } : null;
  }
  // Whatever a person had closed it as: it was not so.
  if (violation.status === 'withdrawn') {
    return { disposition: 'withdrawn', why: whyTakenBack(violation) };
  }
  // What a person wrote is theirs: outside the agency their disposition says enough.
  return { disposition: ended.disposition, why: ended.by === null ? ended.reason : '' };
};

/** Where a message stands in the feed of its recipient; nothing for whoever has none. */
export const placeInFeed = (
  alert: Alert,
  { recipient, purpose, decision: why }: Message,
): { inFeed?: InFeed } => {
  if (recipient.channel !== 'liaison') return {};
  const { liaisonId } = recipient;
  const decision = why ?? toldOf(alert, liaisonId)?.decision;
  return {
    inFeed: {
      sequence: sequenceInFeed(alert, liaisonId),
      follows: alert.episode.follows,
      outcome: outcomeOf(alert, purpose),
      ...(decision === undefined ? {} : { decision }),
    },
  };
};

/** An alert after a message to somebody has been written. */
export const countedInFeed = (alert: Alert, { recipient, purpose, decision }: Message): Alert => {
  if (recipient.channel !== 'liaison') return alert;
  const { channel: _, ...liaison } = recipient;
  const before = toldOf(alert, liaison.liaisonId);
  const sequence = sequenceInFeed(alert, liaison.liaisonId);
  const isRaised = purpose === 'alert' || purpose === 'review';
  const { raised = sequence, knows = 'nothing', knew = knows } = before ?? {};
  const told: ToldLiaison = {
    ...{ ...before, ...liaison, sequence, knows: KNOWS[purpose] },
    ...(isRaised ? { raised: sequence, knew: knows } : { raised, knew }),
    ...(decision === undefined ? {} : { decision }),
  };
  const others = alert.feeds.filter(({ liaisonId }) => liaisonId !== liaison.liaisonId);
  return { ...alert, feeds: [...others, told] };
};

/** An alert of which a liaison could not be told: it knows what it had known before. */
export const notReached = (alert: Alert, liaisonId: LiaisonId): Alert => ({
  ...alert,
  told: alert.told.filter((one) => one.channel !== 'liaison' || one.liaisonId !== liaisonId),
  feeds: alert.feeds.map((one) =>
    one.liaisonId === liaisonId ? { ...one, knows: one.knew } : one,
  ),
});

/** Whether what a liaison was told has changed in what it goes by. */
export const isNewsTo = (before: Alert, after: Alert): boolean => {
  const [was, is] = [before.facts.violation, after.facts.violation];
  return (
    was.reason !== is.reason ||
    was.openedAt !== is.openedAt ||
    was.endedAt !== is.endedAt ||
    was.zoneName !== is.zoneName
  );
};
