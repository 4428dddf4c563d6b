import { describe, expect, it } from 'vitest';
import { answering, callOf, meterOne } from './calls.ts';

const TABLE = 'Homeward-StateTable9728C7E5';

const consumed = (units: number, more: object = {}) => ({
  TableName: TABLE,
  CapacityUnits: units,
  Table: { CapacityUnits: units },
  ...more,
});

describe('given a call that does not ask what it consumes', () => {
  const call = callOf('dynamodb', 'GetItem', { TableName: TABLE, Key: { pk: { S: 'a' } } });

  it('asks for it, and takes the answer out again', async () => {
    const item = { Item: { pk: { S: 'a' } } };
    const answer = answering(200, { ...item, ConsumedCapacity: consumed(0.5) });
    const { asked, given, reply, counted } = await meterOne(call, answer);
    expect(JSON.parse(asked?.body.toString() ?? '')).toEqual({
      ...{ TableName: TABLE, Key: { pk: { S: 'a' } } },
      ReturnConsumedCapacity: 'INDEXES',
    });
    expect(asked?.headers['content-length']).toBe(String(asked?.body.length));
    expect(given).toEqual(item);
    expect(reply?.headers).toEqual({});
    expect(counted('dynamodb.read-unit')).toEqual([['evaluate', 'GetItem', 'State', 0.5]]);
    expect(counted('sdk.call')).toEqual([['evaluate', 'GetItem', 'dynamodb', 1]]);
  });

  it('leaves an error as it is', async () => {
    const error = { __type: 'x#ResourceNotFoundException', message: 'no' };
    const { given, counted } = await meterOne(call, answering(400, error));
    expect(given).toEqual(error);
    expect(counted('dynamodb.read-unit')).toEqual([]);
    expect(counted('sdk.call')).toHaveLength(1);
  });
});

describe('given a call that asks what it consumes', () => {
  it('lets it have the answer, and counts that', async () => {
    const input = { TableName: TABLE, Item: {}, ReturnConsumedCapacity: 'TOTAL' };
    const answer = { ConsumedCapacity: { TableName: TABLE, CapacityUnits: 3 } };
    const call = callOf('dynamodb', 'PutItem', input);
    const { asked, given, counted } = await meterOne(call, answering(200, answer));
    expect(asked).toBe(call);
    expect(given).toEqual(answer);
    expect(counted('dynamodb.write-unit')).toEqual([['evaluate', 'PutItem', 'State', 3]]);
  });
});

describe('given writes', () => {
  it('counts indexes apart, the bytes that were put, and one data key for the table', async () => {
    const indexes = { GlobalSecondaryIndexes: { due: { CapacityUnits: 2 } } };
    const answer = answering(200, { ConsumedCapacity: [consumed(1, indexes)] });
    const Item = { pk: { S: 'abc' }, body: { S: 'x'.repeat(100) } };
    const input = { TransactItems: [{ Put: { TableName: TABLE, Item } }] };
    const call = callOf('dynamodb', 'TransactWriteItems', input);
    const { counted, standing } = await meterOne(call, answer);
    const place = ['evaluate', 'TransactWriteItems'];
    expect(counted('dynamodb.write-unit')).toEqual([
      [...place, 'State', 1],
      [...place, 'State/due', 2],
    ]);
    expect(counted('dynamodb.stored')).toEqual([[...place, 'State', 2 + 3 + 4 + 100]]);
    expect(standing).toMatchObject([{ row: 'kms.request', by: 'evaluate', on: 'State' }]);
  });

  it('counts a write whose condition failed by the item that was to be written', async () => {
    const error = { __type: 'com.amazonaws#ConditionalCheckFailedException' };
    const Item = { pk: { S: 'x'.repeat(1500) } };
    const call = callOf('dynamodb', 'PutItem', { TableName: TABLE, Item });
    const { counted } = await meterOne(call, answering(400, error));
    expect(counted('dynamodb.write-unit')).toEqual([['evaluate', 'PutItem', 'State', 2]]);
  });

  it('counts each part of a cancelled transaction twice', async () => {
    const error = { __type: 'com.amazonaws#TransactionCanceledException' };
    const Put = { TableName: TABLE, Item: { pk: { S: 'a' } } };
    const input = { TransactItems: [{ Put }, { Update: { TableName: TABLE } }] };
    const call = callOf('dynamodb', 'TransactWriteItems', input);
    const { counted } = await meterOne(call, answering(400, error));
    expect(counted('dynamodb.write-unit')).toEqual([
      ['evaluate', 'TransactWriteItems', 'State', 4],
    ]);
  });
});

describe('given reads that find nothing', () => {
  it.each([
    ['in the end', {}, 0.5],
    ['for certain', { ConsistentRead: true }, 1],
  ])('bills an empty query %s', async (_, more, units) => {
    const call = callOf('dynamodb', 'Query', { TableName: TABLE, IndexName: 'due', ...more });
    const answer = answering(200, { Items: [], ConsumedCapacity: consumed(0) });
    const { counted } = await meterOne(call, answer);
    expect(counted('dynamodb.read-unit')).toEqual([['evaluate', 'Query', 'State/due', units]]);
  });

  it('bills each key of a batch that is not there, and none that was left for later', async () => {
    const Keys = ['a', 'b', 'c', 'd'].map((pk) => ({ pk: { S: pk } }));
    const call = callOf('dynamodb', 'BatchGetItem', { RequestItems: { [TABLE]: { Keys } } });
    const answer = answering(200, {
      Responses: { [TABLE]: [{ pk: { S: 'a' } }] },
      UnprocessedKeys: { [TABLE]: { Keys: [{ pk: { S: 'd' } }] } },
      ConsumedCapacity: [consumed(0.5)],
    });
    const { counted } = await meterOne(call, answer);
    expect(counted('dynamodb.read-unit')).toEqual([['evaluate', 'BatchGetItem', 'State', 1.5]]);
  });
});
