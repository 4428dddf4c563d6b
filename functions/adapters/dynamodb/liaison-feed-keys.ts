import type { AgencyId, AlertId, LiaisonId } from '#domain/model/ids.ts';
import { type Key, padded } from './keys.ts';

/** Everything that one liaison was ever told, in one order. */
const liaisonFeedPk = (agencyId: AgencyId, liaisonId: LiaisonId): string =>
  `${agencyId}#LIAISON_FEED#${liaisonId}`;

export type FeedOf = Readonly<{ agencyId: AgencyId; liaisonId: LiaisonId }>;

/** How far the feed has come. */
export const feedHeadKey = ({ agencyId, liaisonId }: FeedOf): Key => ({
  pk: liaisonFeedPk(agencyId, liaisonId),
  sk: 'HEAD',
});

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

/** Under which id the liaison knows an alert. */
export const feedIncidentKey = (feed: FeedOf, alertId: AlertId): Key => ({
  pk: feedHeadKey(feed).pk,
  sk: `ALERT#${alertId}`,
});

/** What was disclosed to whom, within the record of its wearer. */
export const disclosureName = ({ liaisonId }: FeedOf, eventId: string): string =>
  `DISCLOSE#${liaisonId}#${eventId}`;
