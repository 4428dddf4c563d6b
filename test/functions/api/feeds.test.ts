import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { eventIdOf, incidentIdSchema, type LiaisonEvent } from '#domain/liaison/event.ts';
import { feedPageSchema } from '#domain/liaison/feed-page.ts';
import { agencyIdSchema, alertIdSchema, wearerIdSchema } from '#domain/model/ids.ts';
import { type Instant, secondsAfter } from '#domain/model/instant.ts';
import { appendToFeed } from '#functions/adapters/dynamodb/liaison-feed-append.ts';
import { liaisonFeeds } from '#functions/adapters/dynamodb/liaison-feeds.ts';
import { T } from '#test/support/alerts.ts';
import { fakeDynamoDb } from '#test/support/fakes/fake-dynamodb.ts';
import { keptApi } from '#test/support/kept-api.ts';
import { liaisonEvents } from '#test/support/liaison-events.ts';
import { liaison, liaisonId } from '#test/support/liaisons.ts';
import { NO_PAUSE } from '#test/support/no-pause.ts';

const FEED = {
  ...{ agencyId: agencyIdSchema.parse('demo'), liaisonId: liaisonId('met') },
  door: 'actual',
} as const;
const days = (count: number): Instant => secondsAfter(T, count * 86_400);

let db: ReturnType<typeof fakeDynamoDb> | undefined;
afterEach(() => db?.restore());

/** A feed that was told something on each of these days, and is read on another. */
const given = async (told: readonly number[], readOn: number) => {
  const client = new DynamoDBClient({ region: 'eu-west-2' });
  db = fakeDynamoDb(client);
  const append = appendToFeed(client, { monitoring: 'monitoring', record: 'record' }, NO_PAUSE);
  const [any] = fc.sample(liaisonEvents, { numRuns: 1, seed: 4 });
  if (any === undefined) throw new Error('no event was made');
  for (const [i, day] of told.entries()) {
    const incidentId = incidentIdSchema.parse('abcdefghij'.charAt(i).repeat(26));
    const event: LiaisonEvent = { ...any, incidentId, eventId: eventIdOf(incidentId, 1) };
    const alertId = alertIdSchema.parse(`w-1.zone.${i}`);
    const source = { name: alertId, alertId, wearerId: wearerIdSchema.parse('w-1') };
    await append(FEED, source, async () => ({
      ...{ event, parts: [], liaison: liaison(), decision: null, beside: [], at: days(day) },
    }));
  }
  const api = keptApi({
    clock: () => days(readOn),
    deps: { liaisonFeeds: liaisonFeeds(client, 'monitoring') },
  });
  return async (query: Record<string, string> = {}) => {
    const { json } = await api.ask('GET /v1/feeds/{liaisonId}/events', {
      ...{ path: { liaisonId: 'met' }, query },
      who: { role: 'liaison', ...FEED, tokenId: 't-1' },
    });
    const { events, ...page } = feedPageSchema.parse(json);
    return { ...page, positions: events.map(({ position }) => position) };
  };
};

describe("a liaison's feed", () => {
  it('is given in stretches without a gap', async () => {
    const read = await given([0, 1, 2], 3);
    expect(await read()).toEqual({ liaisonId: 'met', positions: [1, 2, 3], next: 3, more: false });
    expect(await read({ after: '1', limit: '1' })).toMatchObject({ positions: [2], more: true });
    expect(await read({ after: '3' })).toMatchObject({ positions: [], next: 3, more: false });
  });

  it('says how far it is kept no longer, to whoever has not read that', async () => {
    const read = await given([0, 1, 90, 91], 94);
    expect(await read()).toMatchObject({ goneTo: 2, positions: [3, 4], next: 4, more: false });
    expect(await read({ after: '1' })).toMatchObject({ goneTo: 2, positions: [3, 4] });
    expect(await read({ after: '2' })).not.toHaveProperty('goneTo');
  });

  it('leads on through what is kept no longer, page by page', async () => {
    const read = await given([0, 0, 0, 90], 94);
    expect(await read({ limit: '2' })).toMatchObject({
      ...{ goneTo: 2, positions: [], next: 2, more: true },
    });
    expect(await read({ after: '2', limit: '2' })).toMatchObject({
      ...{ goneTo: 3, positions: [4], next: 4, more: false },
    });
  });
});
