import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Page } from '#domain/model/alert.ts';
import type { Liaison } from '#domain/model/liaison.ts';
import { liaisonFeeds } from '#functions/adapters/dynamodb/liaison-feeds.ts';
import { makeIncidentId } from '#functions/adapters/feed-keys/incident-id.ts';
import { type FeedMessage, NeverAccepted } from '#functions/adapters/sns/publisher.ts';
import { deliverEvent } from '#functions/notify/deliver-event.ts';
import { type TellLiaisonDeps, tellLiaison } from '#functions/notify/tell-liaison.ts';
import { writeEvent } from '#functions/notify/write-event.ts';
import { capProblems } from '#local/contract/cap-rules.ts';
import { later, police } from '#test/support/alerts.ts';
import { fakeDynamoDb } from '#test/support/fakes/fake-dynamodb.ts';
import { liaison } from '#test/support/liaisons.ts';
import { orderWith } from '#test/support/orders.ts';
import { page } from '#test/support/pages.ts';
import { WEARER } from '#test/support/supervisions.ts';

const { agencyId } = WEARER;
const FEED = { agencyId, liaisonId: police.liaisonId };
const TOPICS = {
  actual: { standard: 'arn:actual', ordered: 'arn:actual.fifo' },
  exercise: { standard: 'arn:exercise', ordered: undefined },
};

const sign = { whole: async () => 'signed' };

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
  const known: { liaison: Liaison | null } = { liaison: liaison(fields) };
  const published: (FeedMessage & Readonly<{ topicArn: string }>)[] = [];
  const feeds = liaisonFeeds(client, { monitoring: 'monitoring', record: 'record' });
  const feed = async (topicArn: string, message: FeedMessage) => {
    published.push({ topicArn, ...message });
    return `provider-${published.length}`;
  };
  const tell = tellLiaison({
    ...{ now: () => later(3), traffic: 'actual', feeds },
    loadLiaison: async () => known.liaison,
    loadOrder: async () => orderWith({ policeForce: 'met' }),
    makeIncidentId: makeIncidentId(async () => 'a secret'),
    pagesOf: async () => [],
    transferPut: async () => [],
    deliver: deliverEvent({
      ...{ publisher: { feed }, topics: TOPICS, writeEvent: writeEvent(sign) },
      deliverByHttps: async () => 'http-200',
    }),
    ...deps,
  });
  const inFeed = () => feeds.after(FEED, 0, 100);
  return { tell: (told: Page) => tell(agencyId, told), published, feeds, inFeed, known };
};

const disclosures = () =>
  db
    .itemsOf('record')
    .filter(({ type }) => type?.S === 'disclosed')
    .map(({ body }) => JSON.parse(body?.S ?? ''));

describe('a liaison that is told of an alert', () => {
  it('finds it in its feed, and gets it by the topic', async () => {
    const { tell, published, inFeed } = desk();
    expect(await tell(toForce())).toBe('provider-1');
    const [event] = await inFeed();
    expect(event).toMatchObject({ position: 1, alertId: 'w-1.curfew.abc', acknowledgedAt: null });
    const [message] = published;
    expect(message).toMatchObject({
      topicArn: 'arn:actual',
      attributes: { recipient: 'met', force: 'met', status: 'Actual', type: 'raised' },
    });
    expect(JSON.parse(message?.text ?? '')).toMatchObject({ id: event?.event.eventId });
  });

  it('has each disclosure put on record: what was told, on which law and what for', async () => {
    const { tell } = desk({ fields: ['person', 'power'] });
    await tell(toForce());
    expect(disclosures()).toMatchObject([
      {
        ...{ alertId: 'w-1.curfew.abc', fields: ['person', 'power'], event: 'raised' },
        recipient: { liaisonId: 'met', kind: 'police' },
        legalBasis: 'Data Protection Act 2018, Part 3',
        purpose: 'Response to breaches of monitored conditions',
      },
    ]);
  });

  it('gets the same event again under the same id, and no second disclosure', async () => {
    const { tell, published, inFeed, known } = desk();
    await tell(toForce());
    known.liaison = liaison({ fields: [] });
    await tell(toForce());
    expect(published[1]?.text).toBe(published[0]?.text);
    expect(await inFeed()).toHaveLength(1);
    expect(disclosures()).toHaveLength(1);
  });

  it('learns nothing of the wearer from the ids', async () => {
    const { tell, inFeed } = desk({ fields: [] });
    await tell(toForce());
    expect(JSON.stringify((await inFeed())[0]?.event)).not.toMatch(/w-1|curfew\.abc|Bloggs/);
  });

  it('gets what is not real by another topic, which says so', async () => {
    const { tell, published } = desk();
    await tell(toForce(1, { isTest: true }));
    expect(published[0]).toMatchObject({
      ...{ topicArn: 'arn:exercise', attributes: { status: 'Test' } },
    });
  });

  it('gets it in order where it asked for that, within the incident and once', async () => {
    const { tell, published, inFeed } = desk({ delivery: { by: 'topic', ordered: true } });
    await tell(toForce());
    const [event] = await inFeed();
    expect(published[0]).toMatchObject({
      topicArn: 'arn:actual.fifo',
      order: { group: event?.event.incidentId, once: event?.event.eventId },
    });
  });

  it('gets a message of CAP where that is its format, also of what replaces it', async () => {
    const { tell, published } = desk({ format: 'cap' });
    await tell(toForce());
    await tell(toForce(2, { purpose: 'stand-down' }));
    expect(published.map(({ attributes }) => attributes['content-type'])).toEqual([
      'application/cap+xml',
      'application/cap+xml',
    ]);
    expect(published.flatMap(({ text }) => capProblems(text))).toEqual([]);
    expect(published[1]?.text).toContain('<msgType>Cancel</msgType>');
  });

  it('that fetches is sent nothing', async () => {
    const { tell, published, inFeed } = desk({ delivery: { by: 'pull' } });
    expect(await tell(toForce())).toBe('position-1');
    expect(published).toEqual([]);
    expect(await inFeed()).toHaveLength(1);
  });
});

describe('what replaces an event', () => {
  it('names it, and stands behind it', async () => {
    const { tell, inFeed } = desk();
    await tell(toForce(1));
    await tell(toForce(2, { purpose: 'update' }));
    const [first, second] = (await inFeed()).map(({ event }) => event);
    expect(second).toMatchObject({
      ...{ type: 'updated', replaces: first?.eventId, replacesIssuedAt: first?.issuedAt },
    });
  });

  it('waits while that one is on its way', async () => {
    const waiting = { status: 'pending', outcome: null, delivery: null, waits: null };
    const { tell, inFeed } = desk({}, { pagesOf: async () => [{ page: toForce(1), ...waiting }] });
    await expect(tell(toForce(2))).rejects.toThrow('has not been sent yet');
    expect(await inFeed()).toEqual([]);
  });

  it('is not told where that one never was', async () => {
    const { tell } = desk();
    await expect(tell(toForce(2))).rejects.toBeInstanceOf(NeverAccepted);
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

  it('in an order that the stack has no topic for', async () => {
    const { tell } = desk({ delivery: { by: 'topic', ordered: true } });
    await expect(tell(toForce(1, { isTest: true }))).rejects.toBeInstanceOf(NeverAccepted);
  });
});

describe('a feed', () => {
  it('has a place for each of many who are told at once, and no gap', async () => {
    const { tell, inFeed } = desk();
    const many = Array.from({ length: 6 }, (_, i) => toForce(1, { alertId: `w-${i}.curfew.abc` }));
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
