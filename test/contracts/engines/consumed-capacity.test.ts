import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { type DynamoDbEngine, startDynamoDb } from '#local/cloud/engines/dynamodb.ts';
import { readUnits, writeUnits } from '#local/meter/billing-units.ts';
import { itemBytes } from '#local/meter/item-size.ts';

// What DynamoDB Local says that a call consumed, against the rules by which AWS bills:
// https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/read-write-operations.html
const TableName = 'items';
const RUNS = 60;

const capacitySchema = z.looseObject({
  CapacityUnits: z.number(),
  GlobalSecondaryIndexes: z
    .record(z.string(), z.looseObject({ CapacityUnits: z.number() }))
    .optional(),
});
const consumedSchema = z.looseObject({
  ConsumedCapacity: z
    .union([capacitySchema, z.array(capacitySchema)])
    .transform((found) => [found].flat()[0]),
});

type Item = Record<string, Record<string, unknown>>;

const value: fc.Arbitrary<Item[string]> = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 3000 }).map((S) => ({ S })),
  fc.uint8Array({ maxLength: 3000 }).map((bytes) => ({ B: Buffer.from(bytes).toString('base64') })),
  fc.boolean().map((BOOL) => ({ BOOL })),
  fc.constant({ NULL: true }),
  fc.array(fc.string({ maxLength: 300 }), { maxLength: 6 }).map((texts) => ({
    L: texts.map((S) => ({ S })),
  })),
  fc.string({ maxLength: 900 }).map((S) => ({ M: { inner: { S } } })),
  fc.integer({ min: 1_700_000_000_000, max: 1_900_000_000_000 }).map((N) => ({ N: String(N) })),
);
const attributes = fc.dictionary(fc.stringMatching(/^[a-z]{1,12}$/), value, { maxKeys: 4 });

let engine: DynamoDbEngine;
let key = 0;

const nextKey = (): Item => {
  key += 1;
  return { pk: { S: String(key).padStart(8, '0') } };
};

const consumed = async (operation: string, input: object) => {
  const answer = await engine.call(operation, { ...input, ReturnConsumedCapacity: 'INDEXES' });
  const { ConsumedCapacity } = consumedSchema.parse(answer);
  return {
    units: ConsumedCapacity?.CapacityUnits,
    index: ConsumedCapacity?.GlobalSecondaryIndexes?.due?.CapacityUnits ?? 0,
  };
};

const put = (item: Item) => consumed('PutItem', { TableName, Item: item });

beforeAll(async () => {
  engine = await startDynamoDb({ directory: undefined, onEnd: () => undefined });
  await engine.call('CreateTable', {
    TableName,
    KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
    AttributeDefinitions: [
      { AttributeName: 'pk', AttributeType: 'S' },
      { AttributeName: 'Shard', AttributeType: 'S' },
    ],
    BillingMode: 'PAY_PER_REQUEST',
    GlobalSecondaryIndexes: [
      {
        IndexName: 'due',
        KeySchema: [{ AttributeName: 'Shard', KeyType: 'HASH' }],
        Projection: { ProjectionType: 'KEYS_ONLY' },
      },
    ],
  });
}, 30_000);
afterAll(() => engine.stop());

describe('given any item', () => {
  it('writes it for a unit a KB, twice that within a transaction', async () => {
    await fc.assert(
      fc.asyncProperty(attributes, async (more) => {
        const item = { ...more, ...nextKey() };
        const units = writeUnits(itemBytes(item));
        expect((await put(item)).units).toBe(units);
        const TransactItems = [{ Put: { TableName, Item: { ...more, ...nextKey() } } }];
        expect((await consumed('TransactWriteItems', { TransactItems })).units).toBe(2 * units);
      }),
      { numRuns: RUNS },
    );
  });

  it('writes over it for the larger of what was there and what is', async () => {
    await fc.assert(
      fc.asyncProperty(attributes, attributes, async (before, after) => {
        const own = nextKey();
        await put({ ...before, ...own });
        const largest = Math.max(itemBytes({ ...before, ...own }), itemBytes({ ...after, ...own }));
        expect((await put({ ...after, ...own })).units).toBe(writeUnits(largest));
      }),
      { numRuns: RUNS },
    );
  });

  it('reads it for half a unit or one for 4 KB', async () => {
    await fc.assert(
      fc.asyncProperty(attributes, async (more) => {
        const Key = nextKey();
        const item = { ...more, ...Key };
        await put(item);
        const bytes = itemBytes(item);
        const read = { TableName, Key };
        expect((await consumed('GetItem', read)).units).toBe(readUnits(bytes, 'eventual'));
        const certain = await consumed('GetItem', { ...read, ConsistentRead: true });
        expect(certain.units).toBe(readUnits(bytes, 'consistent'));
      }),
      { numRuns: RUNS },
    );
  });
});

describe('given an index of keys', () => {
  const row = (pk: string, more: Item = {}): Item => ({ pk: { S: pk }, ...more });
  const inShard = (name: string): Item => ({ Shard: { S: name } });

  it('writes it when the item comes, goes or moves, and else not', async () => {
    expect((await put(row('i'))).index).toBe(0);
    expect((await put(row('i', inShard('a')))).index).toBe(1);
    expect((await put(row('i', { ...inShard('a'), other: { S: 'x' } }))).index).toBe(0);
    expect((await put(row('i', inShard('b')))).index).toBe(2);
    expect((await put(row('i'))).index).toBe(1);
  });
});

describe('given reads that find nothing', () => {
  it('bills a missing item; not, as AWS does, an empty query: the meter adds that', async () => {
    const Key = { pk: { S: 'nobody' } };
    expect((await consumed('GetItem', { TableName, Key })).units).toBe(0.5);
    const query = {
      ...{ TableName, KeyConditionExpression: 'pk = :pk' },
      ExpressionAttributeValues: { ':pk': { S: 'nobody' } },
    };
    expect((await consumed('Query', query)).units).toBe(0);
    const Keys = [Key, { pk: { S: 'nobody else' } }];
    const batch = await consumed('BatchGetItem', { RequestItems: { [TableName]: { Keys } } });
    expect(batch.units ?? 0).toBe(0);
  });
});
