import * as z from 'zod';
import { ATOM_MEDIA_TYPE, atomOf, type IndexEntry } from '#domain/liaison/atom.ts';
import { CAP_MEDIA_TYPE, capOf } from '#domain/liaison/cap.ts';
import { trafficSchema } from '#domain/liaison/event.ts';
import { doorFor, doorSchema } from '#domain/liaison/traffic.ts';
import { type Instant, isoInstantSchema, toIso } from '#domain/model/instant.ts';
import type { FeedEvent, Incident } from '../../adapters/dynamodb/liaison-feed-items.ts';
import type { LiaisonFeeds } from '../../adapters/dynamodb/liaison-feeds.ts';
import type { HttpResponse } from '../../middleware/http.ts';
import { plainNumber } from '../position.ts';
import { notFound, readWith, unacceptable } from '../problems.ts';
import type { LiaisonRoute } from '../route.ts';

export type FeedCapRouteDeps = Readonly<{
  liaisonFeeds: Pick<LiaisonFeeds, 'at' | 'standing'>;
}>;

/** So many incidents stand on a page of the index. */
const MOST_INDEXED = 100;
const BEHIND_ALL = 100_000_000;

const xmlResponse = (mediaType: string, body: string): HttpResponse => ({
  statusCode: 200,
  headers: { 'content-type': `${mediaType}; charset=utf-8`, 'cache-control': 'no-store' },
  body,
});

const pageSchema = z.object({
  /** What is real, unless asked otherwise: what is not never stands beside it. */
  status: trafficSchema.default('Actual'),
  before: plainNumber(1, BEHIND_ALL).default(BEHIND_ALL),
});

/** Relative to the index itself, at whichever host and path it was read. */
const urlOf = (asked: Readonly<Record<string, string | number>>): string => {
  const query = Object.entries(asked).map(([name, value]) => `${name}=${value}`);
  return `cap?${query.join('&')}`;
};

const entryOf =
  (now: Instant) =>
  ({ incident, found }: Readonly<{ incident: Incident; found: FeedEvent | null }>): IndexEntry => {
    const { incidentId, lastIssuedAt: issuedAt, lastPosition, status } = incident;
    if (found === null) return { event: null, incidentId, issuedAt, status };
    const isExpired = isoInstantSchema.parse(found.event.expiresAt) <= now;
    const query = doorFor(status) === 'actual' ? '' : '?traffic=exercise';
    return { event: found.event, capUrl: `events/${lastPosition}/cap${query}`, isExpired };
  };

/**
 * The liaison's incidents that stand, however old, each with a link to its latest message of CAP;
 * the newest first, page by page.
 */
export const getFeedIndex =
  ({ liaisonFeeds }: FeedCapRouteDeps): LiaisonRoute =>
  async ({ agencyId, liaisonId, request, now }) => {
    const asked = readWith(pageSchema, request.queryStringParameters);
    if (!asked.ok) return unacceptable(asked.problems);
    const { status, before } = asked.value;
    const feed = { agencyId, liaisonId, door: doorFor(status) };
    // One more than is listed says whether there is more.
    const found = await liaisonFeeds.standing(feed, { status, before, most: MOST_INDEXED + 1 });
    const incidents = found.slice(0, MOST_INDEXED);
    const events = await Promise.all(
      incidents.map(({ lastPosition }) => liaisonFeeds.at(feed, lastPosition)),
    );
    const last = incidents.at(-1);
    const isCut = found.length > MOST_INDEXED && last !== undefined;
    const index = atomOf({
      ...{ agency: agencyId, liaisonId, readAt: toIso(now) },
      selfUrl: urlOf(before === BEHIND_ALL ? { status } : { status, before }),
      nextUrl: isCut ? urlOf({ status, before: last.lastPosition }) : null,
      entries: incidents.map((incident, i) => entryOf(now)({ incident, found: events[i] ?? null })),
    });
    return xmlResponse(ATOM_MEDIA_TYPE, index);
  };

const whichSchema = z.object({ traffic: doorSchema.default('actual') });
const askedSchema = z.object({ position: plainNumber(1, 99_999_999) });

/** One event of the liaison's feed as a message of CAP. */
export const getFeedEventAsCap =
  ({ liaisonFeeds }: FeedCapRouteDeps): LiaisonRoute =>
  async ({ agencyId, liaisonId, request }) => {
    const asked = readWith(askedSchema, request.pathParameters);
    const which = readWith(whichSchema, request.queryStringParameters);
    if (!asked.ok) return unacceptable(asked.problems);
    if (!which.ok) return unacceptable(which.problems);
    const feed = { agencyId, liaisonId, door: which.value.traffic };
    const found = await liaisonFeeds.at(feed, asked.value.position);
    if (found === null) return notFound('an event at this position of the feed');
    return xmlResponse(CAP_MEDIA_TYPE, capOf(found.event));
  };
