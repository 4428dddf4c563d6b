import { DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { eventIdOf, incidentIdSchema, liaisonEventSchema } from '#domain/liaison/event.ts';
import { alertIdSchema } from '#domain/model/ids.ts';
import { keyItem, number, text } from '#functions/adapters/dynamodb/items.ts';
import { appendToFeed, type Disclosure } from '#functions/adapters/dynamodb/liaison-feed-append.ts';
import {
  feedEventKey,
  feedHeadKey,
  feedIncidentKey,
} from '#functions/adapters/dynamodb/liaison-feed-keys.ts';
import { liaisonFeeds } from '#functions/adapters/dynamodb/liaison-feeds.ts';
import { later, police, T } from '#test/support/alerts.ts';
import { fakeDynamoDb } from '#test/support/fakes/fake-dynamodb.ts';
import { liaison } from '#test/support/liaisons.ts';
import { NO_PAUSE } from '#test/support/no-pause.ts';
import { WEARER } from '#test/support/supervisions.ts';

const { agencyId, wearerId } = WEARER;
const FEED = { agencyId, liaisonId: police.liaisonId, door: 'actual' } as const;
const INCIDENT = incidentIdSchema.parse('abcdefghijklmnopqrstuvwxyz');

let client: DynamoDBClient;
let db: ReturnType<typeof fakeDynamoDb>;
beforeEach(() => {
  client = new DynamoDBClient({ region: 'eu-west-2' });
  db = fakeDynamoDb(client);
});
afterEach(() => db.restore());

const feeds = () => {
  const append = appendToFeed(client, { monitoring: 'monitoring', record: 'record' }, NO_PAUSE);
  const add = (made: Disclosure, meanwhile = async () => {}, alert = 'w-1.curfew.abc') => {
    const { sequence } = made.event;
    const alertId = alertIdSchema.parse(alert);
    return append(FEED, { name: `${alertId}#${sequence}`, alertId, wearerId }, async () => {
      await meanwhile();
      return made;
    });
  };
  return { ...liaisonFeeds(client, 'monitoring'), append: add };
};
const put = (item: object) =>
  client.send(new PutItemCommand({ TableName: 'monitoring', Item: { ...item } }));

/** The nth event of an incident, as it is disclosed. */
const disclosure = (sequence: number): Disclosure => ({
  event: liaisonEventSchema.parse({
    ...{ schema: 'homeward.liaison-event.1', eventId: eventIdOf(INCIDENT, sequence) },
    ...{ recipient: 'met', agency: 'demo', incidentId: INCIDENT, sequence, follows: null },
    replaces: sequence === 1 ? null : eventIdOf(INCIDENT, sequence - 1),
    replacesIssuedAt: sequence === 1 ? null : '2026-01-01T00:00:00.000Z',
    ...{ type: sequence === 1 ? 'raised' : 'updated', status: 'Actual', class: 'curfew' },
    ...{ issuedAt: '2026-01-01T00:01:00.000Z', expiresAt: '2026-01-02T00:01:00.000Z' },
    ...{ severity: 'severe', headline: 'URGENT' },
  }),
  ...{ parts: [], liaison: liaison(), decision: null, at: T, beside: [] },
});

describe('the feed of a liaison', () => {
  it('keeps an event as it was put, whatever comes to stand in its place', async () => {
    const there = { ...keyItem(feedEventKey(FEED, 1)), position: number(1) };
    await put(there);
    await expect(feeds().append(disclosure(1))).rejects.toThrow('kept being changed');
    expect(db.itemsOf('monitoring')).toEqual([there]);
  });

  it('puts an event behind one that somebody else has put meanwhile', async () => {
    const { append, after: behind } = feeds();
    let others = 1;
    const meanwhile = async () => {
      others -= 1;
      if (others === 0) await put({ ...keyItem(feedHeadKey(FEED)), position: number(7) });
    };
    const { position } = await append(disclosure(1), meanwhile);
    expect(position).toBe(8);
    expect((await behind(FEED, 0, 10)).map((event) => event.position)).toEqual([8]);
  });

  it.each([
    ['nothing', []],
    ['less', [disclosure(1)]],
  ])('makes an event anew for whoever has seen %s of its alert', async (_, before) => {
    const { append } = feeds();
    for (const one of before) await append(one);
    let made = 0;
    const meanwhile = async () => {
      made += 1;
      const incident = { incidentId: text(INCIDENT), status: text('Actual') };
      const place = { lastSequence: number(5), lastPosition: number(5), lastIssuedAt: text('-') };
      const key = feedIncidentKey(FEED, alertIdSchema.parse('w-1.curfew.abc'));
      if (made === 1) await put({ ...keyItem(key), ...incident, ...place });
    };
    await append(disclosure(6), meanwhile);
    expect(made).toBe(2);
  });

  it('gives an event as it stands to whoever would put it again', async () => {
    const { append, after: behind } = feeds();
    await append(disclosure(1));
    const again = await append({ ...disclosure(1), at: later(60) });
    expect(again).toMatchObject({ position: 1, appendedAt: T });
    expect(await behind(FEED, 0, 10)).toHaveLength(1);
  });

  it('notes an acknowledgement once, and of what is there', async () => {
    const { append, acknowledge, at } = feeds();
    await append(disclosure(1));
    expect(await acknowledge(FEED, eventIdOf(INCIDENT, 1), later(60))).toBe('noted');
    expect(await acknowledge(FEED, eventIdOf(INCIDENT, 1), later(90))).toBe('known');
    expect(await acknowledge(FEED, eventIdOf(INCIDENT, 2), later(90))).toBe('unknown');
    expect((await at(FEED, 1))?.acknowledgedAt).toBe(later(60));
    expect(await feeds().find(FEED, eventIdOf(INCIDENT, 2))).toBeNull();
  });

  it('lists what stands by its last event, apart from what is not real', async () => {
    const { append, standing } = feeds();
    const said = (letter: string, changes: object) => {
      const incidentId = incidentIdSchema.parse(letter.repeat(26));
      const { event, ...rest } = disclosure(1);
      return append(
        { ...rest, event: { ...event, incidentId, eventId: eventIdOf(incidentId, 1), ...changes } },
        undefined,
        `w-1.curfew.${letter}`,
      );
    };
    const listed = async (status: 'Actual' | 'Exercise', before = 100, most = 10) =>
      (await standing(FEED, { status, before, most })).map(({ lastPosition }) => lastPosition);
    await said('a', { status: 'Actual' });
    await said('b', { status: 'Actual' });
    await said('c', { status: 'Actual', type: 'closed' });
    await said('d', { status: 'Exercise' });
    await said('e', { status: 'Actual', type: 'updated' });
    expect(await listed('Actual')).toEqual([5, 2, 1]);
    expect(await listed('Actual', 100, 2)).toEqual([5, 2]);
    expect(await listed('Actual', 2)).toEqual([1]);
    expect(await listed('Exercise')).toEqual([4]);
  });

  it('lists no more what is over, and again what is told anew', async () => {
    const { append, standing } = feeds();
    const listed = async () =>
      (await standing(FEED, { status: disclosure(1).event.status, before: 100, most: 10 })).length;
    const said = (sequence: number, type: 'raised' | 'closed') => {
      const made = disclosure(sequence);
      return append({ ...made, event: { ...made.event, type } });
    };
    const seen: number[] = [];
    for (const [sequence, type] of [
      [1, 'raised'],
      [2, 'closed'],
      [3, 'raised'],
    ] as const) {
      await said(sequence, type);
      seen.push(await listed());
    }
    expect(seen).toEqual([1, 0, 1]);
  });
});
