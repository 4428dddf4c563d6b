import type { Traffic } from '#domain/liaison/event.ts';
import type { Door } from '#domain/liaison/traffic.ts';
import {
  type AgencyId,
  type AlertId,
  agencyIdSchema,
  type LiaisonId,
  liaisonIdSchema,
} from '#domain/model/ids.ts';
import { type Key, listKey, padded } from './keys.ts';

const KINDS: Readonly<Record<Door, string>> = {
  actual: 'LIAISON_FEED',
  exercise: 'LIAISON_EXERCISES',
};

/** Two feeds of each liaison: of what is real, and of exercises and tests. */
export type FeedOf = Readonly<{ agencyId: AgencyId; liaisonId: LiaisonId; door: Door }>;

/** Everything that one liaison was ever told by one door, in one order. */
const liaisonFeedPk = ({ agencyId, liaisonId, door }: FeedOf): string =>
  `${agencyId}#${KINDS[door]}#${liaisonId}`;

/** Whose feed a partition is. */
export const feedOfPartition = (pk: string): FeedOf => {
  const [agencyId, kind, liaisonId] = pk.split('#');
  return {
    agencyId: agencyIdSchema.parse(agencyId),
    liaisonId: liaisonIdSchema.parse(liaisonId),
    door: kind === KINDS.exercise ? 'exercise' : 'actual',
  };
};

/** How far the feed has come. */
export const feedHeadKey = (feed: FeedOf): Key => ({
  pk: liaisonFeedPk(feed),
  sk: 'HEAD',
});

/** How far its delivery has come. */
export const feedDeliveryKey = (feed: FeedOf): Key => ({
  pk: feedHeadKey(feed).pk,
  sk: FEED_DELIVERY,
});
export const FEED_DELIVERY = 'DELIVERY';

/** An event by its place in the feed. */
export const feedEventKey = (feed: FeedOf, position: number): Key => ({
  pk: feedHeadKey(feed).pk,
  sk: `${FEED_EVENT_PREFIX}${padded(position)}`,
});
const FEED_EVENT_PREFIX = 'EVENT#';

/** From here to there lie the events behind a place, in their order. */
export const feedEventsAfter = (feed: FeedOf, position: number) => ({
  pk: feedHeadKey(feed).pk,
  range: { from: feedEventKey(feed, position + 1).sk, to: `${FEED_EVENT_PREFIX}~` },
});

/** Where an event stands, by its id: once, so that it stands there once. */
export const feedIdKey = (feed: FeedOf, eventId: string): Key => ({
  pk: feedHeadKey(feed).pk,
  sk: `ID#${eventId}`,
});

/** Where the event stands that was made of a message: once, however often it is made. */
export const feedSourceKey = (feed: FeedOf, source: string): Key => ({
  pk: feedHeadKey(feed).pk,
  sk: `OF#${source}`,
});

/** How an alert stands with the liaison: under which id it knows it, and what it was told last. */
export const feedIncidentKey = (feed: FeedOf, alertId: AlertId): Key => ({
  pk: feedHeadKey(feed).pk,
  sk: `${FEED_INCIDENT_PREFIX}${alertId}`,
});
export const FEED_INCIDENT_PREFIX = 'ALERT#';

/** Partition of the index in which a liaison's incidents that stand are listed, by their place. */
export const standingListKey = ({ agencyId, liaisonId }: FeedOf, status: Traffic): string =>
  listKey(agencyId, `standing.${status}.${liaisonId}`);

/** What was disclosed to whom, within the record of its wearer. */
export const disclosureName = ({ liaisonId }: FeedOf, eventId: string): string =>
  `DISCLOSE#${liaisonId}#${eventId}`;
