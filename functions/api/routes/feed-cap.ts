import * as z from 'zod';
import { ATOM_MEDIA_TYPE, atomOf, currentEntries } from '#domain/liaison/atom.ts';
import { CAP_MEDIA_TYPE, capOf } from '#domain/liaison/cap.ts';
import type { LiaisonEvent } from '#domain/liaison/event.ts';
import { toIso } from '#domain/model/instant.ts';
import type { FeedOf } from '../../adapters/dynamodb/liaison-feed-keys.ts';
import type { HttpResponse } from '../../middleware/http.ts';
import { notFound, readWith, unacceptable } from '../problems.ts';
import type { LiaisonRoute } from '../route.ts';

type Standing = Readonly<{ position: number; event: LiaisonEvent }>;

export type FeedCapRouteDeps = Readonly<{
  liaisonFeeds: Readonly<{
    at: (feed: FeedOf, position: number) => Promise<Standing | null>;
    newest: (feed: FeedOf, most: number) => Promise<readonly Standing[]>;
  }>;
}>;

/** An index lists the incidents of so many events at most, the newest. */
const MOST_INDEXED = 500;

const xmlResponse = (mediaType: string, body: string): HttpResponse => ({
  statusCode: 200,
  headers: { 'content-type': `${mediaType}; charset=utf-8`, 'cache-control': 'no-store' },
  body,
});

/** The liaison's current incidents, each with a link to its latest message of CAP. */
export const getFeedIndex =
  ({ liaisonFeeds }: FeedCapRouteDeps): LiaisonRoute =>
  async ({ agencyId, liaisonId, now }) => {
    const newest = await liaisonFeeds.newest({ agencyId, liaisonId }, MOST_INDEXED);
    // Relative to the index itself, at whichever host and path it was read.
    const entries = newest.map(({ position, event }) => ({
      ...{ event, capUrl: `events/${position}/cap` },
    }));
    const index = atomOf({
      ...{ agency: agencyId, liaisonId, selfUrl: 'cap', readAt: toIso(now) },
      entries: currentEntries(entries, now),
    });
    return xmlResponse(ATOM_MEDIA_TYPE, index);
  };

const askedSchema = z.object({ position: z.coerce.number().int().min(1).max(99_999_999) });

/** One event of the liaison's feed as a message of CAP. */
export const getFeedEventAsCap =
  ({ liaisonFeeds }: FeedCapRouteDeps): LiaisonRoute =>
  async ({ agencyId, liaisonId, request }) => {
    const asked = readWith(askedSchema, request.pathParameters);
    if (!asked.ok) return unacceptable(asked.problems);
    const found = await liaisonFeeds.at({ agencyId, liaisonId }, asked.value.position);
    if (found === null) return notFound('an event at this position of the feed');
    return xmlResponse(CAP_MEDIA_TYPE, capOf(found.event));
  };
