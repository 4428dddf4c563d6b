import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import fc from 'fast-check';
import { XMLParser } from 'fast-xml-parser';
import { describe, expect, it } from 'vitest';
import { eventIdOf, incidentIdSchema, type LiaisonEvent } from '#domain/liaison/event.ts';
import {
  agencyIdSchema,
  alertIdSchema,
  liaisonIdSchema,
  wearerIdSchema,
} from '#domain/model/ids.ts';
import { instant } from '#domain/model/instant.ts';
import { appendToFeed } from '#functions/adapters/dynamodb/liaison-feed-append.ts';
import { liaisonFeeds } from '#functions/adapters/dynamodb/liaison-feeds.ts';
import { getFeedEventAsCap, getFeedIndex } from '#functions/api/routes/feed-cap.ts';
import { httpRequestSchema } from '#functions/middleware/http.ts';
import { capProblems } from '#local/contract/cap-rules.ts';
import { fakeDynamoDb } from '#test/support/fakes/fake-dynamodb.ts';
import { liaisonEvents } from '#test/support/liaison-events.ts';
import { liaison } from '#test/support/liaisons.ts';
import { NO_PAUSE } from '#test/support/no-pause.ts';

const NOW = '2026-11-22T19:05:00.000Z';
const AGENCY = agencyIdSchema.parse('north');
const FORCE = liaisonIdSchema.parse('west-yorkshire');

/** The nth event of the incident that a letter names, at a position of the feed. */
const at = (position: number, letter: string, changes: Partial<LiaisonEvent> = {}) => {
  const [any] = fc.sample(liaisonEvents, { numRuns: 1, seed: 1 });
  if (any === undefined) throw new Error('no event was made');
  const incidentId = incidentIdSchema.parse(letter.repeat(26));
  const sequence = changes.sequence ?? 1;
  const event: LiaisonEvent = {
    ...any,
    ...{ incidentId, sequence, eventId: eventIdOf(incidentId, sequence) },
    ...{ replaces: null, replacesIssuedAt: null, type: 'raised', follows: null },
    ...{ issuedAt: NOW, expiresAt: '2026-11-23T19:05:00.000Z' },
    ...changes,
  };
  return { position, event };
};

/** A feed of these events, asked by the agency's own force. */
const given = (events: readonly ReturnType<typeof at>[]) => {
  const asked: unknown[] = [];
  const liaisonFeeds = {
    at: async (feed: object, position: number) => {
      asked.push(feed);
      return events.find((one) => one.position === position) ?? null;
    },
    newest: async (feed: object, most: number) => {
      asked.push(feed);
      return events.toReversed().slice(0, most);
    },
  };
  const call = (pathParameters: Record<string, string>) => ({
    ...{ agencyId: AGENCY, liaisonId: FORCE, now: instant(Date.parse(NOW)) },
    request: httpRequestSchema.parse({ routeKey: '-', requestContext: {}, pathParameters }),
  });
  return { deps: { liaisonFeeds }, call, asked };
};

const parser = new XMLParser({
  ...{ ignoreAttributes: false, parseTagValue: false },
  isArray: (name) => name === 'entry',
});

describe("a liaison's index", () => {
  it('links the latest event of each incident that stands, of its own feed alone', async () => {
    const { deps, call, asked } = given([
      at(1, 'a'),
      at(2, 'b'),
      at(3, 'a', { sequence: 2, type: 'updated' }),
      at(4, 'b', { sequence: 2, type: 'closed' }),
    ]);

    const response = await getFeedIndex(deps)(call({ liaisonId: FORCE }));

    expect(response).toMatchObject({
      statusCode: 200,
      headers: { 'content-type': 'application/atom+xml; charset=utf-8' },
    });
    const { feed } = parser.parse(response.body);
    expect(feed.link['@_href']).toBe('cap');
    expect(feed.entry.map((entry: { link: unknown }) => entry.link)).toEqual([
      { '@_rel': 'alternate', '@_type': 'application/cap+xml', '@_href': 'events/3/cap' },
    ]);
    expect(asked).toEqual([{ agencyId: AGENCY, liaisonId: FORCE }]);
  });

  it('links what is found where the index says, seen from the index', async () => {
    const from = 'https://api.example.org/stage/v1/feeds/west-yorkshire/cap';
    expect(new URL('events/3/cap', from).pathname).toBe(
      '/stage/v1/feeds/west-yorkshire/events/3/cap',
    );
  });

  it('is read from the feed as it is kept, the newest first', async () => {
    const client = new DynamoDBClient({ region: 'eu-west-2' });
    const db = fakeDynamoDb(client);
    const feeds = liaisonFeeds(client, 'monitoring');
    const append = appendToFeed(client, { monitoring: 'monitoring', record: 'record' }, NO_PAUSE);
    for (const { event } of [at(1, 'a'), at(2, 'b'), at(3, 'c', { expiresAt: NOW })]) {
      const alertId = alertIdSchema.parse(event.eventId);
      const source = { name: alertId, alertId, wearerId: wearerIdSchema.parse('w-1') };
      await append({ agencyId: AGENCY, liaisonId: FORCE }, source, async () => ({
        ...{ event, parts: [], liaison: liaison(), decision: null, beside: [] },
        at: instant(Date.parse(NOW)),
      }));
    }

    const { body } = await getFeedIndex({ liaisonFeeds: feeds })(
      given([]).call({ liaisonId: FORCE }),
    );

    expect([...body.matchAll(/href="(events[^"]+)"/g)].map(([, href]) => href)).toEqual([
      'events/2/cap',
      'events/1/cap',
    ]);
    db.restore();
  });

  it('is there when nothing stands', async () => {
    const { deps, call } = given([]);
    const { body } = await getFeedIndex(deps)(call({ liaisonId: FORCE }));
    expect(parser.parse(body).feed.updated).toBe(NOW);
  });
});

describe("an event of a liaison's feed as CAP", () => {
  it('is the event at that position', async () => {
    const { deps, call, asked } = given([at(1, 'a'), at(2, 'b')]);

    const response = await getFeedEventAsCap(deps)(call({ liaisonId: FORCE, position: '2' }));

    expect(response).toMatchObject({
      statusCode: 200,
      headers: { 'content-type': 'application/cap+xml; charset=utf-8' },
    });
    expect(parser.parse(response.body).alert.identifier).toBe(`${'b'.repeat(26)}.1`);
    expect(capProblems(response.body)).toEqual([]);
    expect(asked).toEqual([{ agencyId: AGENCY, liaisonId: FORCE }]);
  });

  it.each([
    ['3', 404],
    ['0', 422],
    ['-1', 422],
    ['1.5', 422],
    ['first', 422],
    ['100000000', 422],
  ])('is not at %s: %d', async (position, statusCode) => {
    const { deps, call } = given([at(1, 'a')]);
    const response = await getFeedEventAsCap(deps)(call({ liaisonId: FORCE, position }));
    expect(response.statusCode).toBe(statusCode);
  });
});
