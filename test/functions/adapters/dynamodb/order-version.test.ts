import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { expect, it } from 'vitest';
import { documents } from '#functions/adapters/dynamodb/documents.ts';
import { orderKey } from '#functions/adapters/dynamodb/keys.ts';
import { currentOrders, orderVersions } from '#functions/adapters/dynamodb/order-version.ts';
import { T, violation } from '#test/support/alerts.ts';
import { fakeDynamoDb } from '#test/support/fakes/fake-dynamodb.ts';
import { ORDER_BODY } from '#test/support/orders.ts';
import { WEARER } from '#test/support/supervisions.ts';

const TABLE = 'monitoring';

it('an order is loaded as it was when something was found, and as it now stands', async () => {
  const client = new DynamoDBClient({ region: 'eu-west-2' });
  fakeDynamoDb(client);
  const found = violation();
  const { agencyId } = WEARER;
  const key = orderKey({ agencyId, wearerId: found.wearerId }, found.orderId);
  const body = { orderId: found.orderId, ...ORDER_BODY };
  const put = (readVersion: number, fields: object) =>
    documents(client, TABLE).save({
      ...{ key, entity: 'ORDER', body: { ...body, ...fields }, readVersion, changedAt: T },
    });
  const current = currentOrders(client, TABLE);
  expect(await current(agencyId, found)).toBe(null);
  await put(0, { policeForce: 'met' });
  await put(1, { policeForce: null });
  expect(await orderVersions(client, TABLE)(agencyId, found)).toMatchObject({ policeForce: 'met' });
  expect(await current(agencyId, found)).toMatchObject({ policeForce: null });
});
