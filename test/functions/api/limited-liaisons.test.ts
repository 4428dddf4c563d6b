import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { describe, expect, it } from 'vitest';
import type { Limits } from '#domain/ingest/allowance.ts';
import { CALL_LIMITS, MESSAGE_LIMITS } from '#domain/liaison/feed-limits.ts';
import type { Instant } from '#domain/model/instant.ts';
import { allowances, type TakeAllowance } from '#functions/adapters/dynamodb/allowances.ts';
import { later } from '#test/support/alerts.ts';
import { fakeDynamoDb } from '#test/support/fakes/fake-dynamodb.ts';
import { bodyOf } from '#test/support/http.ts';
import { keptApi } from '#test/support/kept-api.ts';
import { WEARER } from '#test/support/supervisions.ts';

const { agencyId } = WEARER;
const READ = 'GET /v1/feeds/{liaisonId}/events';
const SAY = 'POST /v1/feeds/{liaisonId}/messages';
const nothingYet = () => Promise.resolve([]);
const noFeed = () => Promise.reject(new Error('nothing is asked of it here'));

/** The doors of two forces to whom nothing was sent yet. */
const doors = (take?: TakeAllowance) => {
  const client = new DynamoDBClient({ region: 'eu-west-2' });
  fakeDynamoDb(client);
  const clock: { now: Instant } = { now: later(0) };
  const api = keptApi({
    clock: () => clock.now,
    deps: {
      takeAllowance: take ?? allowances(client, 'allowance'),
      liaisonFeeds: {
        ...{
          at: noFeed,
          find: noFeed,
          incidentOf: noFeed,
          findInEither: async () => null,
          lastPosition: async () => 0,
          standing: noFeed,
        },
        ...{ after: nothingYet, acknowledge: noFeed },
      },
    },
  });
  const knock = (route: string, liaisonId = 'met', tokenId = 't-1') =>
    api.ask(route, {
      ...{ path: { liaisonId }, body: {} },
      who: { role: 'liaison', agencyId, liaisonId, tokenId },
    });
  const flood = async (route: string, times: number) => {
    const statuses = new Map<number, number>();
    for (let i = 0; i < times; i += 1) {
      const { statusCode } = await knock(route, 'met', `t-${i % 3}`);
      statuses.set(statusCode, (statuses.get(statusCode) ?? 0) + 1);
    }
    return Object.fromEntries(statuses);
  };
  return { ...api, clock, knock, flood };
};

describe('given a liaison that asks without end, under several tokens', () => {
  it('is read to so often in a minute, and again in the next; nobody else is touched', async () => {
    const { flood, knock, clock, lines, measured } = doors();
    const most = CALL_LIMITS.requestsPerMinute;
    expect(await flood(READ, most + 5)).toEqual({ 200: most, 429: 5 });
    expect((await knock(READ, 'essex')).statusCode).toBe(200);
    // Nothing is known of the liaison here: the message was read, and is of nobody.
    expect((await knock(SAY)).statusCode).toBe(404);
    expect(measured.filter(([name]) => name === 'liaisonsLimited')).toHaveLength(5);
    expect(lines).toContainEqual(
      expect.objectContaining({
        fields: { agencyId, liaisonId: 'met', what: 'CALLS', waitSeconds: 60 },
      }),
    );
    clock.now = later(60);
    expect((await knock(READ)).statusCode).toBe(200);
  });

  it('is heard so often in a minute, and may read all the same', async () => {
    const { flood, knock, clock } = doors();
    const most = MESSAGE_LIMITS.requestsPerMinute;
    clock.now = later(20);
    expect(await flood(SAY, most + 5)).toEqual({ 404: most, 429: 5 });
    const refused = await knock(SAY);
    expect(refused.headers).toMatchObject({ 'retry-after': '40' });
    expect(bodyOf(refused)).toMatchObject({ code: 'too-many-requests' });
    expect((await knock(READ)).statusCode).toBe(200);
  });

  it('has room for a storm of 500 incidents, spread over thirty sandboxes', async () => {
    const client = new DynamoDBClient({ region: 'eu-west-2' });
    fakeDynamoDb(client);
    const sandboxes = Array.from({ length: 30 }, () => allowances(client, 'allowance'));
    const passedOf = async (pk: string, limits: Limits) => {
      const counter = { pk, limits };
      const needed = { requests: 1, events: 0 };
      // The worst way to spread them: all but one have leased, and are asked no more.
      let passed = 0;
      for (const take of sandboxes) {
        if ((await take(counter, needed, later(0))).waitSeconds === 0) passed += 1;
      }
      const [busy] = sandboxes;
      while ((await busy?.(counter, needed, later(0)))?.waitSeconds === 0) passed += 1;
      return passed;
    };
    expect(await passedOf('messages', MESSAGE_LIMITS)).toBeGreaterThanOrEqual(3 * 500);
    expect(await passedOf('calls', CALL_LIMITS)).toBeGreaterThanOrEqual(2 * 500 + 2 * 60);
  });
});

describe('given a counter that cannot be reached', () => {
  it('lets them pass, and says so', async () => {
    const { knock, measured } = doors(async () => ({ waitSeconds: 0, counterFailed: 'Throttled' }));
    expect((await knock(READ)).statusCode).toBe(200);
    expect(measured).toContainEqual(['allowanceCounterFailed', 1]);
  });
});
