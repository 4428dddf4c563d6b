import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { describe, expect, it } from 'vitest';
import type { WearerId } from '#domain/model/ids.ts';
import { documents } from '#functions/adapters/dynamodb/documents.ts';
import type { Key } from '#functions/adapters/dynamodb/keys.ts';
import { memberOfKey, pairKey, wearerKey, wearerPk } from '#functions/adapters/dynamodb/keys.ts';
import { retentionFacts } from '#functions/adapters/dynamodb/retention-facts.ts';
import { T } from '#test/support/alerts.ts';
import { fakeDynamoDb } from '#test/support/fakes/fake-dynamodb.ts';
import { ORDER_BODY } from '#test/support/orders.ts';
import { KEEP_APART, OTHER, PAIR } from '#test/support/pairs.ts';
import { WEARER } from '#test/support/supervisions.ts';

const ONE = WEARER.wearerId;
type Orders = Readonly<Record<string, readonly object[]>>;

/** By which orders their pair is kept, of people with orders of these conditions. */
const governing = async (people: Readonly<Partial<Record<WearerId, Orders>>>) => {
  const client = new DynamoDBClient({ region: 'eu-west-2' });
  fakeDynamoDb(client);
  const { save } = documents(client, 'monitoring');
  const put = async (key: Key, body: object) =>
    expect(await save({ key, body, entity: 'E', readVersion: 0, changedAt: T })).toBe('saved');
  const pair = { pairId: PAIR.wearerId, members: PAIR.members };
  await put(pairKey(PAIR), pair);
  for (const wearerId of PAIR.members) {
    const orders = people[wearerId];
    if (orders === undefined) continue;
    const wearer = { ...WEARER, wearerId };
    await put(wearerKey(wearer), { wearerId, name: 'Jo' });
    await put(memberOfKey(wearer, PAIR.wearerId), pair);
    for (const [orderId, conditions] of Object.entries(orders)) {
      const key = { pk: wearerPk(wearer), sk: `ORDER#${orderId}` };
      await put(key, { ...ORDER_BODY, orderId, conditions });
    }
  }
  const facts = await retentionFacts(client, 'monitoring')(PAIR);
  return facts?.orders.map(({ orderId }) => orderId);
};

describe('what is held of two people together', () => {
  it('is kept by the orders that join them, and by no other of theirs', async () => {
    const orders = { [ONE]: { joins: [KEEP_APART], own: [] }, [OTHER]: { theirs: [] } };
    expect(await governing(orders)).toEqual(['joins']);
  });

  it('is kept by all of their orders where none joins them any more', async () => {
    expect(await governing({ [ONE]: { own: [] }, [OTHER]: { theirs: [] } })).toEqual(
      expect.arrayContaining(['own', 'theirs']),
    );
  });

  it('is not kept for one of them when the other, whose order it was, is erased', async () => {
    expect(await governing({ [OTHER]: { theirs: [] } })).toEqual([]);
  });
});
