import type { ActivationId, AgencyId, HeadEndId } from '#domain/model/ids.ts';
import { type Instant, toIso } from '#domain/model/instant.ts';
import type { Key } from './keys.ts';

/** What is known of a feed, of everything that one head-end sends, and of whom. */
export const feedPk = (agencyId: AgencyId, headEndId: HeadEndId): string =>
  `${agencyId}#FEED#${headEndId}`;

/** When anything was last received of a feed. */
export const feedKey = (agencyId: AgencyId, headEndId: HeadEndId): Key => ({
  pk: feedPk(agencyId, headEndId),
  sk: 'FEED',
});

/** The violation whose alert tells that a feed is late since an instant. */
export const feedLateKey = (agencyId: AgencyId, headEndId: HeadEndId, heardAt: Instant): Key => ({
  pk: feedPk(agencyId, headEndId),
  sk: `LATE#${toIso(heardAt)}`,
});

/** An activation among those of its head-end. */
export const ofFeedKey = (
  agencyId: AgencyId,
  headEndId: HeadEndId,
  activationId: ActivationId,
): Key => ({ pk: feedPk(agencyId, headEndId), sk: `${OF_FEED_PREFIX}${activationId}` });
export const OF_FEED_PREFIX = 'WORN#';

/** Feeds stand in the index of due instants by when they were last heard of; nobody drives them. */
export const FEED_SHARD = 'FEED';
