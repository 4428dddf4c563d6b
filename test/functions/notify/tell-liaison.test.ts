import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Page } from '#domain/model/alert.ts';
import type { Liaison } from '#domain/model/liaison.ts';
import type { Order } from '#domain/model/order.ts';
import { appendToFeed } from '#functions/adapters/dynamodb/liaison-feed-append.ts';
import { liaisonFeeds } from '#functions/adapters/dynamodb/liaison-feeds.ts';
import { makeIncidentId } from '#functions/adapters/feed-keys/incident-id.ts';
import { NeverAccepted } from '#functions/adapters/sns/publisher.ts';
import { type TellLiaisonDeps, tellLiaison } from '#functions/notify/tell-liaison.ts';
import { facts, later, police, violation } from '#test/support/alerts.ts';
import { fakeDynamoDb } from '#test/support/fakes/fake-dynamodb.ts';
import { liaison } from '#test/support/liaisons.ts';
import { NO_PAUSE } from '#test/support/no-pause.ts';
import { orderWith } from '#test/support/orders.ts';
import { page } from '#test/support/pages.ts';
import { WEARER } from '#test/support/supervisions.ts';

const { agencyId } = WEARER;
const FEED = { agencyId, liaisonId: police.liaisonId, door: 'actual' } as const;
/** The id of an incident's first event. */
const FIRST = /^[a-z2-7]{26}\.1$/;

let client: DynamoDBClient;
let db: ReturnType<typeof fakeDynamoDb>;
beforeEach(() => {
  client = new DynamoDBClient({ region: 'eu-west-2' });
  db = fakeDynamoDb(client);
});
afterEach(() => db.restore());

type Fields = Readonly<Record<string, unknown>>;

/** The nth message of an alert to the force. */
const toForce = (sequence = 1, fields: Fields = {}): Page =>
  page({
    ...{ recipient: police, pageId: `alert/${sequence}`, sequence },
    inFeed: { sequence, follows: null, outcome: null },
    ...fields,
  });

const desk = (fields: Fields = {}, deps: Partial<TellLiaisonDeps> = {}) => {
  const known: { liaison: Liaison | null; order: Order } = {
    liaison: liaison(fields),
    order: orderWith({ policeForce: 'met', policeKinds: ['curfew'] }),
  };
  const asked: string[] = [];
  const feeds = liaisonFeeds(client, 'monitoring');
  const tell = tellLiaison({
    ...{ now: () => later(3), traffic: 'actual', incidentOf: feeds.incidentOf },
    appendToFeed: appendToFeed(client, { monitoring: 'monitoring', record: 'record' }, NO_PAUSE),
    wantDelivery: async ({ liaisonId }, position) => {
      asked.push(`${liaisonId} wants ${position}`);
    },
    askForDelivery: async ({ liaisonId }) => {
      asked.push(`${liaisonId} now`);
    },
    loadLiaison: async () => known.liaison,
    loadOrder: async () => orderWith({ policeForce: 'met' }),
    loadCurrentOrder: async () => known.order,
    makeIncidentId: makeIncidentId(async () => 'a secret'),
    pagesOf: async () => [],
    transferPut: async () => [],
    ...deps,
  });
  const inFeed = () => feeds.after(FEED, 0, 100);
  return { tell: (told: Page) => tell(agencyId, told), asked, feeds, inFeed, known };
};

const disclosures = () =>
  db
    .itemsOf('record')
    .filter(({ type }) => type?.S === 'disclosed')
    .map(({ body }) => JSON.parse(body?.S ?? ''));

describe('a liaison that is told of an alert', () => {
  it('finds it in its feed, and its delivery is asked for', async () => {
    const { tell, asked, inFeed } = desk();
    expect(await tell(toForce())).toMatch(FIRST);
    expect(await inFeed()).toMatchObject([
      {
        ...{ position: 1, alertId: 'w-1.curfew.abc', acknowledgedAt: null, delivery: null },
        ...{ madeOf: 'w-1.curfew.abc#1', event: { type: 'raised', status: 'Actual' } },
      },
    ]);
    expect(asked).toEqual(['met wants 1', 'met now']);
  });

  it('has each disclosure put on record: what was told, on which law and what for', async () => {
    const { tell } = desk({ fields: ['person', 'power'] });
    const decision = { rule: 'by-hand', by: 'officer', reason: 'seen at the school' };
    await tell(toForce(1, { inFeed: { sequence: 1, follows: null, outcome: null, decision } }));
    expect(disclosures()).toMatchObject([
      {
        ...{ alertId: 'w-1.curfew.abc', fields: ['person', 'power'], event: 'raised' },
        recipient: { liaisonId: 'met', kind: 'police' },
        legalBasis: 'Data Protection Act 2018, Part 3',
        purpose: 'Response to breaches of monitored conditions',
        decision: { rule: 'by-hand', by: 'officer', reason: 'seen at the school' },
      },
    ]);
  });

  it('is told the same again under the same id, and there is no second disclosure', async () => {
    const { tell, asked, inFeed, known } = desk();
    await tell(toForce());
    known.liaison = liaison({ fields: [] });
    expect(await tell(toForce())).toMatch(FIRST);
    expect(asked.slice(2)).toEqual(['met wants 1', 'met now']);
    expect(await inFeed()).toHaveLength(1);
    expect(disclosures()).toHaveLength(1);
  });

  it('learns nothing of the wearer from the ids', async () => {
    const { tell, inFeed } = desk({ fields: [] });
    await tell(toForce());
    expect(JSON.stringify((await inFeed())[0]?.event)).not.toMatch(/w-1|curfew\.abc|Bloggs/);
  });

  it('is told what is not real in a feed of its own', async () => {
    const { tell, feeds, inFeed } = desk();
    await tell(toForce(1, { isTest: true }));
    const [test] = await feeds.after({ ...FEED, door: 'exercise' }, 0, 10);
    expect(test).toMatchObject({ position: 1, event: { status: 'Test' } });
    expect(await inFeed()).toEqual([]);
  });

  it('that fetches is sent nothing', async () => {
    const { tell, asked, inFeed } = desk({ delivery: { by: 'pull' } });
    expect(await tell(toForce())).toMatch(FIRST);
    expect(asked).toEqual([]);
    expect(await inFeed()).toHaveLength(1);
  });
});

describe('what replaces an event', () => {
  it('names it, and stands behind it', async () => {
    const { tell, inFeed } = desk();
    await tell(toForce(1));
    await tell(toForce(2, { purpose: 'update', severity: 'extreme' }));
    const [first, second] = (await inFeed()).map(({ event }) => event);
    expect(second).toMatchObject({
      ...{ type: 'updated', replaces: first?.eventId, replacesIssuedAt: first?.issuedAt },
    });
  });

  it('waits while one before it is on its way', async () => {
    const waiting = { status: 'pending', outcome: null, delivery: null, waits: null };
    const { tell, inFeed } = desk({}, { pagesOf: async () => [{ page: toForce(1), ...waiting }] });
    await expect(tell(toForce(3))).rejects.toThrow('has not been told yet');
    expect(await inFeed()).toEqual([]);
  });

  it('stands in its place where that one never left, and is numbered without a gap', async () => {
    const failed = { status: 'failed', outcome: null, delivery: null, waits: null };
    const pages = [toForce(2), toForce(3)].map((page) => ({ page, ...failed }));
    const { tell, inFeed } = desk({}, { pagesOf: async () => pages });
    await tell(toForce(1));
    await tell(toForce(4, { purpose: 'closed' }));
    const [first, second] = (await inFeed()).map(({ event }) => event);
    expect(second).toMatchObject({ type: 'closed', sequence: 2, replaces: first?.eventId });
  });

  it('is the first they hear where they were never told', async () => {
    const { tell, inFeed } = desk();
    await tell(toForce(2, { purpose: 'update' }));
    expect((await inFeed())[0]?.event).toMatchObject({ type: 'raised', sequence: 1 });
  });

  it.each(['stand-down', 'closed'])(
    'of purpose %s is nothing to who never heard',
    async (purpose) => {
      const { tell, inFeed } = desk();
      await expect(tell(toForce(2, { purpose }))).rejects.toThrow('never-told');
      expect(await inFeed()).toEqual([]);
    },
  );
});

describe('what has changed of an alert', () => {
  const graver = { purpose: 'update', severity: 'extreme' };

  it('is told where a liaison may know of it', async () => {
    const { tell, inFeed } = desk({ fields: ['finding'] });
    await tell(toForce(1));
    await tell(toForce(2, graver));
    expect((await inFeed()).map(({ event }) => event.type)).toEqual(['raised', 'updated']);
  });

  it('is not told where all of it is withheld from them', async () => {
    const { tell, inFeed } = desk({ fields: ['wearerRef'] });
    await tell(toForce(1));
    const moved = facts({ violation: violation({ certainty: 0.5 }) });
    const again = tell(toForce(2, { purpose: 'update', facts: moved }));
    await expect(again).rejects.toThrow('no-news-for-liaison');
    expect(await inFeed()).toHaveLength(1);
  });

  it('is not told where the order names them no more, but that it is over is', async () => {
    const { tell, inFeed, known } = desk();
    await tell(toForce(1));
    known.order = orderWith({ policeForce: 'kent', policeKinds: ['curfew'] });
    await expect(tell(toForce(2, graver))).rejects.toThrow('not-named-any-more');
    await tell(toForce(3, { purpose: 'closed' }));
    expect((await inFeed()).map(({ event }) => event.type)).toEqual(['raised', 'closed']);
  });
});

describe('nobody is told', () => {
  it('of whom nothing is on record', async () => {
    const { tell, known } = desk();
    known.liaison = null;
    await expect(tell(toForce())).rejects.toBeInstanceOf(NeverAccepted);
  });

  it('who has withdrawn their response', async () => {
    const responseWithdrawn = { since: '2026-03-01T00:00:00Z', reason: 'two false calls' };
    const { tell, inFeed } = desk({ responseWithdrawn });
    await expect(tell(toForce())).rejects.toBeInstanceOf(NeverAccepted);
    expect(await inFeed()).toEqual([]);
    expect(disclosures()).toEqual([]);
  });
});

describe('a feed', () => {
  it('has a place for each of many who are told at once, and no gap', async () => {
    const { tell, inFeed } = desk();
    const many = Array.from({ length: 12 }, (_, i) => toForce(1, { alertId: `w-${i}.curfew.abc` }));
    await Promise.all(many.map(tell));
    const positions = (await inFeed()).map(({ position }) => position);
    expect(positions).toEqual(many.map((_, i) => i + 1));
  });

  it('is fetched from any place on, and an event acknowledged once', async () => {
    const { tell, feeds } = desk();
    await tell(toForce(1));
    await tell(toForce(2));
    const [event] = await feeds.after(FEED, 1, 10);
    expect(event?.position).toBe(2);
    if (event === undefined) throw new Error('no event');
    const { eventId } = event.event;
    expect(await feeds.acknowledge(FEED, eventId, later(60))).toBe('noted');
    expect(await feeds.acknowledge(FEED, eventId, later(90))).toBe('known');
    expect((await feeds.at(FEED, 2))?.acknowledgedAt).toBe(later(60));
    const unknown = { ...FEED, liaisonId: liaison({ liaisonId: 'kent' }).liaisonId };
    expect(await feeds.acknowledge(unknown, eventId, later(90))).toBe('unknown');
  });

  it('saves nothing of an event that could not be put on record', async () => {
    const { tell, inFeed } = desk({}, { transferPut: async () => [{ ConditionCheck: NEVER }] });
    await expect(tell(toForce())).rejects.toThrow('kept being changed');
    expect(await inFeed()).toEqual([]);
    expect(disclosures()).toEqual([]);
  });
});

const NEVER = {
  TableName: 'monitoring',
  Key: { pk: { S: 'none' }, sk: { S: 'none' } },
  ConditionExpression: 'attribute_exists(pk)',
};
