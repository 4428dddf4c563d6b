import type { Alert } from '../model/alert.ts';
import type { InFeed } from '../model/closing.ts';
import type { LiaisonId } from '../model/ids.ts';
import type { Recipient } from '../model/recipient.ts';

/** The next number in what one liaison is told of an alert. */
export const sequenceInFeed = ({ feeds }: Alert, liaisonId: LiaisonId): number =>
  (feeds.find((feed) => feed.liaisonId === liaisonId)?.sequence ?? 0) + 1;

const outcomeOf = ({ closed, cleared }: Alert): InFeed['outcome'] => {
  const ended = closed ?? cleared;
  // What a person wrote is theirs: outside the agency their disposition says enough.
  return ended === null
    ? null
    : { disposition: ended.disposition, why: ended.by === null ? ended.reason : '' };
};

/** Where a message to a recipient stands in its feed; nothing for whoever has none. */
export const placeInFeed = (alert: Alert, recipient: Recipient): { inFeed?: InFeed } => {
  if (recipient.channel !== 'liaison') return {};
  const sequence = sequenceInFeed(alert, recipient.liaisonId);
  return {
    inFeed: { sequence, follows: alert.episode.follows, outcome: outcomeOf(alert) },
  };
};

/** An alert after a message to somebody has been written. */
export const countedInFeed = (alert: Alert, recipient: Recipient): Alert => {
  if (recipient.channel !== 'liaison') return alert;
  const { liaisonId } = recipient;
  const others = alert.feeds.filter((feed) => feed.liaisonId !== liaisonId);
  return {
    ...alert,
    feeds: [...others, { liaisonId, sequence: sequenceInFeed(alert, liaisonId) }],
  };
};

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
