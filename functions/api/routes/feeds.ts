import * as z from 'zod';
import { cloudEventOf } from '#domain/liaison/cloud-event.ts';
import type { EventId } from '#domain/liaison/event.ts';
import {
  type AcksAnswer,
  acksSchema,
  type FeedPage,
  goneTo,
  MOST_EVENTS,
} from '#domain/liaison/feed-page.ts';
import { isKept } from '../../adapters/dynamodb/liaison-feed-items.ts';
import type { FeedOf } from '../../adapters/dynamodb/liaison-feed-keys.ts';
import type { LiaisonFeeds } from '../../adapters/dynamodb/liaison-feeds.ts';
import type { Telemetry } from '../../adapters/log/log.ts';
import { jsonResponse } from '../../middleware/http.ts';
import { isResponse, readBody, readWith, unacceptable } from '../problems.ts';
import type { LiaisonRoute } from '../route.ts';

export type FeedRouteDeps = Readonly<{
  liaisonFeeds: LiaisonFeeds;
  /** Notes that they have an event which somebody there has to accept. */
  noteReceipt: (feed: FeedOf, eventId: EventId) => Promise<void>;
  telemetry: Telemetry;
}>;

const askedSchema = z.object({
  /** The last position that they have; 0 for everything. */
  after: z.coerce.number().int().min(0).max(99_999_999).default(0),
  limit: z.coerce.number().int().min(1).max(MOST_EVENTS).default(MOST_EVENTS),
});

/** A stretch of the liaison's feed, in the one form that needs no other channel. */
export const getFeedEvents =
  ({ liaisonFeeds }: FeedRouteDeps): LiaisonRoute =>
  async ({ agencyId, liaisonId, request, now }) => {
    const asked = readWith(askedSchema, request.queryStringParameters);
    if (!asked.ok) return unacceptable(asked.problems);
    const { after, limit } = asked.value;
    // One more than is asked for says whether there is more.
    const found = await liaisonFeeds.after({ agencyId, liaisonId }, after, limit + 1);
    const stretch = found.slice(0, limit);
    const gone = goneTo({ after, found: stretch }, isKept(now));
    const page: FeedPage = {
      liaisonId,
      ...(gone === null ? {} : { goneTo: gone }),
      events: stretch
        .filter(isKept(now))
        .map(({ position, event }) => ({ position, event: cloudEventOf(event) })),
      next: stretch.at(-1)?.position ?? after,
      more: found.length > limit,
    };
    return jsonResponse(200, page);
  };

/** Notes what the liaison says that it has, and what it could not use: in the form of RFC 8936. */
export const postFeedAcks =
  ({ liaisonFeeds, noteReceipt, telemetry }: FeedRouteDeps): LiaisonRoute =>
  async ({ agencyId, liaisonId, request, now }) => {
    const acks = readBody(acksSchema, request);
    if (isResponse(acks)) return acks;
    const feed = { agencyId, liaisonId };
    const outcomes = await Promise.all(
      acks.ack.map(async (eventId) => {
        const outcome = await liaisonFeeds.acknowledge(feed, eventId, now);
        // Also of one that is known: whoever noted it may have died before its receipt was.
        if (outcome !== 'unknown') await noteReceipt(feed, eventId);
        return [eventId, outcome] as const;
      }),
    );
    for (const [eventId, { err }] of Object.entries(acks.setErrs)) {
      telemetry.measure('eventsUnusable', 1);
      telemetry.log.error('event could not be used', { agencyId, liaisonId, eventId, reason: err });
    }
    const idsOf = (isKnown: boolean) =>
      outcomes.flatMap(([id, outcome]) => ((outcome !== 'unknown') === isKnown ? [id] : []));
    const answer: AcksAnswer = { acknowledged: idsOf(true), unknown: idsOf(false) };
    return jsonResponse(200, answer);
  };
