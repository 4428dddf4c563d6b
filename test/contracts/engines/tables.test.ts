import {
  DescribeTimeToLiveCommand,
  DynamoDBClient,
  ListTablesCommand,
} from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { clientSettings } from '../../stack/fixture-cloud.ts';
import { startTinyStack, type TinyCloud } from '../lambda/tiny-stack.ts';
import { isListed } from './listed.ts';

// DynamoDB Local as it is, seen through the gateway, which passes data operations on unchanged:
// https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/DynamoDBLocal.UsageNotes.html
const LIMITS =
  'https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ServiceQuotas.html';

const TableName = 'Tiny-Rows';

const STACK = {
  functions: {},
  resources: {
    Rows: {
      Type: 'AWS::DynamoDB::Table',
      Properties: {
        KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
        AttributeDefinitions: [
          { AttributeName: 'pk', AttributeType: 'S' },
          { AttributeName: 'due', AttributeType: 'S' },
        ],
        GlobalSecondaryIndexes: [
          {
            IndexName: 'due',
            KeySchema: [{ AttributeName: 'due', KeyType: 'HASH' }],
            Projection: { ProjectionType: 'ALL' },
            ProvisionedThroughput: { ReadCapacityUnits: 1, WriteCapacityUnits: 1 },
          },
        ],
        ProvisionedThroughput: { ReadCapacityUnits: 1, WriteCapacityUnits: 1 },
        TimeToLiveSpecification: { AttributeName: 'endsAt', Enabled: true },
      },
    },
  },
};

let cloud: TinyCloud;
let tables: DynamoDBClient;

beforeAll(async () => {
  cloud = await startTinyStack(STACK);
  tables = new DynamoDBClient({ ...clientSettings(cloud), maxAttempts: 1 });
});
afterAll(async () => {
  tables.destroy();
  await cloud.stop();
});

const call = async (operation: string, input: object): Promise<string> => {
  const response = await fetch(cloud.endpointUrl, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-amz-json-1.0',
      'x-amz-target': `DynamoDB_20120810.${operation}`,
      authorization:
        'AWS4-HMAC-SHA256 Credential=test/20260301/eu-west-2/dynamodb/aws4_request, SignedHeaders=host, Signature=x',
    },
    body: JSON.stringify(input),
  });
  const text = await response.text();
  if (response.ok) return 'ok';
  const [, name = text] = /"__type":"(?:[^"#]*#)?([^"]*)"/.exec(text) ?? [];
  return name;
};

const itemOf = (pk: string, bytes = 1) => ({ pk: { S: pk }, text: { S: 'x'.repeat(bytes) } });
const put = (pk: string, bytes?: number): Promise<string> =>
  call('PutItem', { TableName, Item: itemOf(pk, bytes) });
const transact = (pks: readonly string[], more: { bytes?: number; token?: string } = {}) =>
  call('TransactWriteItems', {
    TransactItems: pks.map((pk) => ({ Put: { TableName, Item: itemOf(pk, more.bytes) } })),
    ...(more.token === undefined ? {} : { ClientRequestToken: more.token }),
  });
const numbered = (count: number): string[] =>
  Array.from({ length: count }, (_, index) => `k${index}`);

// `pk` + its value + `text`: what an item of this shape has beside its text.
const ITEM_BYTES = 400 * 1024;
const textBytes = (pk: string): number => ITEM_BYTES - 'pk'.length - pk.length - 'text'.length;

describe('given the limits that DynamoDB Local keeps as AWS does', () => {
  it.each([
    ['an item of 400 KB', () => put('a', textBytes('a')), 'ok'],
    ['an item above 400 KB', () => put('a', textBytes('a') + 1), 'ValidationException'],
    ['a transaction of 100', () => transact(numbered(100)), 'ok'],
    ['a transaction of 101', () => transact(numbered(101)), 'ValidationException'],
    [
      'a transaction above 4 MB',
      () => transact(numbered(11), { bytes: 400_000 }),
      'ValidationException',
    ],
    ['an item twice in a transaction', () => transact(['a', 'a']), 'ValidationException'],
    ['an empty key', () => put(''), 'ValidationException'],
  ])(`answers %s as ${LIMITS} says`, async (_, ask, verdict) => {
    expect(await ask()).toBe(verdict);
  });

  // https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TransactWriteItems.html
  it('takes a transaction of one token once, and another of that token not at all', async () => {
    expect(await transact(['once'], { token: 'token-1' })).toBe('ok');
    expect(await transact(['once'], { token: 'token-1' })).toBe('ok');
    const other = await transact(['other'], { token: 'token-1' });
    expect(other).toBe('IdempotentParameterMismatchException');
  });
});

describe('given what DynamoDB Local does otherwise', () => {
  it('never throttles, whatever the capacity of the template', async () => {
    const writes = await Promise.all(numbered(60).map((pk) => put(pk, 4000)));
    // AWS: ProvisionedThroughputExceededException, with one write unit a second.
    expect(new Set(writes)).toEqual(new Set(['ok']));
    expect(await isListed('never throttle')).toBe(true);
  });

  it('never finds two transactions in conflict, because it does one after the other', async () => {
    const both = await Promise.all(numbered(20).map(() => transact(['same'])));
    // AWS: TransactionCanceledException with TransactionConflict for some.
    expect(new Set(both)).toEqual(new Set(['ok']));
    expect(await isListed('transactions never conflict')).toBe(true);
  });

  it('shows a write in an index at once', async () => {
    const Item = { pk: { S: 'indexed' }, due: { S: 'now' } };
    await call('PutItem', { TableName, Item });
    const response = await fetch(cloud.endpointUrl, {
      method: 'POST',
      headers: {
        'content-type': 'application/x-amz-json-1.0',
        'x-amz-target': 'DynamoDB_20120810.Query',
        authorization:
          'AWS4-HMAC-SHA256 Credential=test/20260301/eu-west-2/dynamodb/aws4_request, SignedHeaders=host, Signature=x',
      },
      body: JSON.stringify({
        TableName,
        IndexName: 'due',
        KeyConditionExpression: 'due = :due',
        ExpressionAttributeValues: { ':due': { S: 'now' } },
      }),
    });
    // AWS: an index follows its table within moments, and a reader may come too early.
    expect(await response.json()).toMatchObject({ Count: 1 });
    expect(await isListed('an index shows a write at once')).toBe(true);
  });

  it('would expire items by the clock of the machine, so that expiry is left off', async () => {
    const { TimeToLiveDescription } = await tables.send(
      new DescribeTimeToLiveCommand({ TableName }),
    );
    expect(TimeToLiveDescription?.TimeToLiveStatus).toBe('DISABLED');
    expect(await isListed('items do not expire')).toBe(true);
  });

  it('has the tables of the stack and no others', async () => {
    const { TableNames } = await tables.send(new ListTablesCommand({}));
    expect(TableNames).toEqual([TableName]);
  });
});
