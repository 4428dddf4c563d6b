import * as z from 'zod';
import { cloudEventOf } from '#domain/liaison/cloud-event.ts';
import { type EventId, eventIdSchema } from '#domain/liaison/event.ts';
import {
  type AcksAnswer,
  acksSchema,
  type FeedPage,
  goneTo,
  MOST_EVENTS,
} from '#domain/liaison/feed-page.ts';
import { doorFor, doorSchema } from '#domain/liaison/traffic.ts';
import type { AgencyId } from '#domain/model/ids.ts';
import type { Instant } from '#domain/model/instant.ts';
import type { NoteUnusable } from '../../adapters/dynamodb/delivery-trouble.ts';
import { isKept } from '../../adapters/dynamodb/liaison-feed-items.ts';
import type { FeedOf } from '../../adapters/dynamodb/liaison-feed-keys.ts';
import type { LiaisonFeeds } from '../../adapters/dynamodb/liaison-feeds.ts';
import type { Telemetry } from '../../adapters/log/log.ts';
import { type HttpResponse, jsonResponse, refusal } from '../../middleware/http.ts';
import { takeUnusable } from '../feed-receipt.ts';
import { plainNumber } from '../position.ts';
import { isResponse, readBody, readWith, unacceptable } from '../problems.ts';
import type { LiaisonRoute } from '../route.ts';

export type FeedRouteDeps = Readonly<{
  liaisonFeeds: LiaisonFeeds;
  /** Notes that they have an event which somebody there has to accept. */
  noteReceipt: (of: Readonly<{ agencyId: AgencyId }>, eventId: EventId) => Promise<void>;
  /** Tells the duty manager of one that they cannot use; false: it is none of theirs. */
  noteUnusable: NoteUnusable;
  telemetry: Telemetry;
}>;

const askedSchema = z.object({
  /** Which of its feeds. */
  traffic: doorSchema.default('actual'),
  /** The last position that they have; 0 for everything. */
  after: plainNumber(0, 99_999_999).default(0),
  limit: plainNumber(1, MOST_EVENTS).default(MOST_EVENTS),
});

/** Whoever reads on from beyond the end would never hear that it had left something out. */
const beyondTheEnd = (lastPosition: number): HttpResponse =>
  refusal(422, {
    code: 'beyond-the-end',
    message: `the last position of this feed is ${lastPosition}: exercises have a feed, and positions, of their own`,
    more: { lastPosition },
  });

/** A stretch of the liaison's feed, in the one form that needs no other channel. */
export const getFeedEvents =
  ({ liaisonFeeds }: FeedRouteDeps): LiaisonRoute =>
  async ({ agencyId, liaisonId, request, now }) => {
    const asked = readWith(askedSchema, request.queryStringParameters);
    if (!asked.ok) return unacceptable(asked.problems);
    const { traffic: door, after, limit } = asked.value;
    // One more than is asked for says whether there is more.
    const feed = { agencyId, liaisonId, door };
    const found = await liaisonFeeds.after(feed, after, limit + 1);
    if (found.length === 0 && after > 0) {
      const last = await liaisonFeeds.lastPosition(feed);
      if (after > last) return beyondTheEnd(last);
    }
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

type Acknowledging = Readonly<{ eventId: EventId; now: Instant }>;

/** Notes that they have an event, in whichever of their feeds it stands; false: in neither. */
const acknowledged = async (
  { findInEither, acknowledge }: LiaisonFeeds,
  liaison: Omit<FeedOf, 'door'>,
  { eventId, now }: Acknowledging,
): Promise<boolean> => {
  const found = await findInEither(liaison, eventId);
  if (found === null) return false;
  await acknowledge({ ...liaison, door: doorFor(found.event.status) }, eventId, now);
  return true;
};

/** Notes what the liaison says that it has, and what it could not use: in the form of RFC 8936. */
export const postFeedAcks =
  (deps: FeedRouteDeps): LiaisonRoute =>
  async (call) => {
    const { liaisonFeeds, noteReceipt } = deps;
    const { agencyId, liaisonId, request, now } = call;
    const acks = readBody(acksSchema, request);
    if (isResponse(acks)) return acks;
    const noted = await Promise.all(
      acks.ack.map(async (eventId) => {
        const told = { eventId, now };
        const isTheirs = await acknowledged(liaisonFeeds, { agencyId, liaisonId }, told);
        // Also of one that is known: whoever noted it may have died before its receipt was.
        if (isTheirs) await noteReceipt({ agencyId }, eventId);
        return { eventId, isTheirs };
      }),
    );
    const unusable = await Promise.all(
      Object.entries(acks.setErrs).map(async ([id, { err }]) => {
        const eventId = eventIdSchema.parse(id);
        return { eventId, isTheirs: await takeUnusable(deps, call, { eventId, reason: err }) };
      }),
    );
    const unknown = [...noted, ...unusable].filter(({ isTheirs }) => !isTheirs);
    const answer: AcksAnswer = {
      acknowledged: noted.filter(({ isTheirs }) => isTheirs).map(({ eventId }) => eventId),
      unknown: unknown.map(({ eventId }) => eventId),
    };
    return jsonResponse(200, answer);
  };
