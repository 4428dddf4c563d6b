import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import fc from 'fast-check';
import { XMLParser } from 'fast-xml-parser';
import { afterEach, describe, expect, it } from 'vitest';
import { eventIdOf, incidentIdSchema, type LiaisonEvent } from '#domain/liaison/event.ts';
import { doorFor } from '#domain/liaison/traffic.ts';
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

/** An event of the incident that letters name. */
const anEvent = (letters: string, changes: Partial<LiaisonEvent> = {}): LiaisonEvent => {
  const [any] = fc.sample(liaisonEvents, { numRuns: 1, seed: 1 });
  if (any === undefined) throw new Error('no event was made');
  const incidentId = incidentIdSchema.parse(letters.repeat(26).slice(0, 26));
  const sequence = changes.sequence ?? 1;
  return {
    ...any,
    ...{ incidentId, sequence, eventId: eventIdOf(incidentId, sequence) },
    ...{ replaces: null, replacesIssuedAt: null, type: 'raised', follows: null, status: 'Actual' },
    ...{ issuedAt: NOW, expiresAt: '2026-11-23T19:05:00.000Z' },
    ...changes,
  };
};

let db: ReturnType<typeof fakeDynamoDb> | undefined;
afterEach(() => db?.restore());

/** A feed that was told these, each of an alert of its own, asked by the agency's own force. */
const given = async (events: readonly LiaisonEvent[]) => {
  const client = new DynamoDBClient({ region: 'eu-west-2' });
  db = fakeDynamoDb(client);
  const append = appendToFeed(client, { monitoring: 'monitoring', record: 'record' }, NO_PAUSE);
  for (const event of events) {
    const alertId = alertIdSchema.parse(`w-1.zone.${event.incidentId.slice(0, 6)}`);
    const source = { name: event.eventId, alertId, wearerId: wearerIdSchema.parse('w-1') };
    const feed = { agencyId: AGENCY, liaisonId: FORCE, door: doorFor(event.status) };
    await append(feed, source, async () => ({
      ...{ event, parts: [], liaison: liaison(), decision: null, beside: [] },
      at: instant(Date.parse(NOW)),
    }));
  }
  const deps = { liaisonFeeds: liaisonFeeds(client, 'monitoring') };
  const call = (pathParameters: object, queryStringParameters: object = {}) => ({
    ...{ agencyId: AGENCY, liaisonId: FORCE, now: instant(Date.parse(NOW)) },
    request: httpRequestSchema.parse({
      ...{ routeKey: '-', requestContext: {}, pathParameters, queryStringParameters },
    }),
  });
  return { deps, call };
};

const parser = new XMLParser({
  ...{ ignoreAttributes: false, parseTagValue: false },
  isArray: (name) => name === 'entry',
});

const hrefs = (body: string): string[] =>
  [...body.matchAll(/href="(events[^"]+)"/g)].flatMap(([, href]) => href ?? []);

describe("a liaison's index", () => {
  const index = async (events: readonly LiaisonEvent[], query: object = {}) => {
    const { deps, call } = await given(events);
    return getFeedIndex(deps)(call({ liaisonId: FORCE }, query));
  };

  it('links the latest event of each incident that stands, the newest first', async () => {
    const response = await index([
      anEvent('a'),
      anEvent('b'),
      anEvent('c'),
      anEvent('a', { sequence: 2, type: 'updated' }),
      anEvent('b', { sequence: 2, type: 'closed' }),
    ]);
    expect(response).toMatchObject({
      statusCode: 200,
      headers: { 'content-type': 'application/atom+xml; charset=utf-8' },
    });
    expect(hrefs(response.body)).toEqual(['events/4/cap', 'events/3/cap']);
    expect(parser.parse(response.body).feed.link['@_href']).toBe('cap?status=Actual');
  });

  it('links what is found where the index says, seen from the index', async () => {
    const from = 'https://api.example.org/stage/v1/feeds/west-yorkshire/cap';
    expect(new URL('events/3/cap', from).pathname).toBe(
      '/stage/v1/feeds/west-yorkshire/events/3/cap',
    );
  });

  it('lists what was told long ago and is open yet, and says that it has expired', async () => {
    const { body } = await index([
      anEvent('a', { issuedAt: '2026-09-01T00:00:00.000Z', expiresAt: NOW }),
      anEvent('b'),
    ]);
    expect(hrefs(body)).toEqual(['events/2/cap', 'events/1/cap']);
    const [current, expired] = parser.parse(body).feed.entry;
    expect(current.summary).toBeUndefined();
    expect(expired.summary).toContain('has expired: ask');
  });

  it('lists an incident whose events are kept no longer', async () => {
    const { deps, call } = await given([anEvent('a')]);
    const forgotten = { liaisonFeeds: { ...deps.liaisonFeeds, at: async () => null } };
    const { body } = await getFeedIndex(forgotten)(call({ liaisonId: FORCE }));
    expect(body).toContain(`Incident ${'a'.repeat(26)}`);
    expect(body).toContain('kept no longer: ask the agency');
  });

  it('lists nothing beside what is real that is not, and that where it is asked for', async () => {
    const events = [anEvent('a'), anEvent('b', { status: 'Exercise' })];
    expect(hrefs((await index(events)).body)).toEqual(['events/1/cap']);
    const { body } = await index(events, { status: 'Exercise' });
    expect(hrefs(body)).toEqual(['events/1/cap?traffic=exercise']);
    expect((await index(events, { status: 'Real' })).statusCode).toBe(422);
  });

  it('is whole, however many stand: page by page, each once', async () => {
    const letters = [...'abcdefghijklmnopqrstuvwxyz'];
    const events = letters.flatMap((one) =>
      [...'abcdefghi'].map((other) => anEvent(`${one}${other}`)),
    );
    const { deps, call } = await given(events);
    const seen: string[] = [];
    let query: Record<string, string> | null = {};
    while (query !== null) {
      const { body }: { body: string } = await getFeedIndex(deps)(
        call({ liaisonId: FORCE }, query),
      );
      seen.push(...hrefs(body));
      const next = /rel="next"[^>]*href="([^"]+)"/.exec(body)?.[1]?.replaceAll('&amp;', '&');
      query =
        next === undefined
          ? null
          : Object.fromEntries(new URL(next, 'https://api.example.org/').searchParams);
    }
    expect(seen).toHaveLength(events.length);
    expect(new Set(seen).size).toBe(events.length);
  });

  it('is there when nothing stands', async () => {
    const { body } = await index([]);
    expect(parser.parse(body).feed.updated).toBe(NOW);
  });
});

describe("an event of a liaison's feed as CAP", () => {
  it('is the event at that position', async () => {
    const { deps, call } = await given([anEvent('a'), anEvent('b')]);

    const response = await getFeedEventAsCap(deps)(call({ liaisonId: FORCE, position: '2' }));

    expect(response).toMatchObject({
      statusCode: 200,
      headers: { 'content-type': 'application/cap+xml; charset=utf-8' },
    });
    expect(parser.parse(response.body).alert.identifier).toBe(`${'b'.repeat(26)}.1`);
    expect(capProblems(response.body)).toEqual([]);
  });

  it.each([
    ['3', 404],
    ['0', 422],
    ['-1', 422],
    ['1.5', 422],
    ['first', 422],
    ['100000000', 422],
  ])('is not at %s: %d', async (position, statusCode) => {
    const { deps, call } = await given([anEvent('a')]);
    const response = await getFeedEventAsCap(deps)(call({ liaisonId: FORCE, position }));
    expect(response.statusCode).toBe(statusCode);
  });
});
