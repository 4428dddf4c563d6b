import {
  DynamoDBClient,
  type GetItemCommand,
  PutItemCommand,
  TransactionCanceledException,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { agencyIdSchema } from '#domain/model/ids.ts';
import { json, keyItem, text } from '#functions/adapters/dynamodb/items.ts';
import {
  type Key,
  orderKey,
  versionKey,
  violationKey,
  wearerKey,
} from '#functions/adapters/dynamodb/keys.ts';
import { nudges } from '#functions/adapters/dynamodb/nudges.ts';
import { outboxRowFrom } from '#functions/adapters/dynamodb/outbox.ts';
import { later, T, violation } from '#test/support/alerts.ts';
import { fakeDynamoDb } from '#test/support/fakes/fake-dynamodb.ts';
import { ORDER_BODY } from '#test/support/orders.ts';
import { WEARER } from '#test/support/supervisions.ts';

const AGENCY = agencyIdSchema.parse('demo');
const DUE = violation({ reason: 'check-due', rule: 'check-prompt', untilAt: later(900) });

const client = new DynamoDBClient({ region: 'eu-west-2' });
const TABLES = { monitoring: 'monitoring', record: 'record' };
const put = nudges(client, TABLES);
let db = fakeDynamoDb(client);

const keep = (key: Key, fields: object, entity: string) => {
  const Item = { ...keyItem(key), version: { N: '1' }, entity: text(entity), body: json(fields) };
  return client.send(new PutItemCommand({ TableName: 'monitoring', Item }));
};
const rows = () => db.itemsOf('monitoring').filter((item) => item.entity?.S === 'OUTBOX');

beforeEach(async () => {
  db = fakeDynamoDb(client);
  await keep(
    versionKey(orderKey(WEARER, DUE.orderId), 1),
    { orderId: 'o-1', ...ORDER_BODY },
    'VERSION',
  );
  await keep(wearerKey(WEARER), { wearerId: 'w-1', name: 'Jo', mobile: '+447700900009' }, 'WEARER');
  await keep(violationKey(WEARER, DUE.violationId), DUE, 'VIOLATION');
});
afterEach(() => db.restore());

describe('a nudge that is put', () => {
  it('waits in the outbox with all that it will say', async () => {
    expect(await put(AGENCY, DUE, T)).toBe('put');
    expect(rows().map(outboxRowFrom)).toMatchObject([
      {
        kind: 'nudge',
        nudge: {
          ...{ nudgeId: DUE.violationId, reason: 'check-due', mobile: '+447700900009' },
          ...{ timeZone: 'Europe/London', untilAt: later(900), isOver: false },
        },
      },
    ]);
  });

  it('goes on record without the number', async () => {
    await put(AGENCY, DUE, T);
    const entries = db.itemsOf('record');
    expect(entries.map(({ type }) => type?.S)).toEqual(['nudge-put']);
    expect(JSON.stringify(entries)).not.toContain('+44');
  });

  it('is known the second time, whatever has become of what called for it', async () => {
    await put(AGENCY, DUE, T);
    expect(await put(AGENCY, { ...DUE, status: 'ended' }, later(5))).toBe('known');
    expect(rows()).toHaveLength(1);
  });

  it('is over where what it asks for was over before', async () => {
    await put(AGENCY, { ...DUE, status: 'ended' }, T);
    expect(rows().map(outboxRowFrom)).toMatchObject([{ nudge: { isOver: true } }]);
  });
});

describe('a nudge that cannot be put', () => {
  it('waits for the wearer and the order that are not on record', async () => {
    const other = { ...DUE, orderVersion: 2 };
    await expect(put(AGENCY, other, T)).rejects.toThrow('order o-1 is not on record');
  });

  it('is tried again where somebody else wrote at the same time', async () => {
    const CancellationReasons = [{ Code: 'None' }, { Code: 'TransactionConflict' }];
    const cancelled = { $metadata: {}, message: 'cancelled', CancellationReasons };
    const busy = Object.assign(Object.create(client), {
      send: (command: GetItemCommand) =>
        command instanceof TransactWriteItemsCommand
          ? Promise.reject(new TransactionCanceledException(cancelled))
          : client.send(command),
    });
    await expect(nudges(busy, TABLES)(AGENCY, DUE, T)).rejects.toThrow('somebody else wrote');
  });
});
