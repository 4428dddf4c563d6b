import { BatchWriteItemCommand, DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { GetObjectCommand, ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import { ReceiveMessageCommand } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { clientSettings, queueClient } from '../../stack/fixture-cloud.ts';
import { arnOfResource, loggedBy, startTinyStack, type TinyCloud } from './tiny-stack.ts';

// https://docs.aws.amazon.com/lambda/latest/dg/with-ddb.html
// https://docs.aws.amazon.com/lambda/latest/dg/services-dynamodb-errors.html
// https://docs.aws.amazon.com/lambda/latest/dg/services-ddb-batchfailurereporting.html

/** Logs each batch as its items' ids; fails as the items ask for. */
const CONSUMER = `
exports.handler = async ({ Records }) => {
  const ids = Records.map(({ dynamodb }) => dynamodb.NewImage.id.S);
  console.log('@' + JSON.stringify(ids));
  const now = () => performance.timeOrigin + performance.now();
  const from = now();
  if (ids.some((id) => id.startsWith('slow'))) await new Promise((done) => setTimeout(done, 100));
  console.log('#' + JSON.stringify({ from, to: now() }));
  if (ids.some((id) => id.startsWith('throw'))) throw new Error('asked to');
  return { batchItemFailures: Records
    .filter(({ dynamodb }) => dynamodb.NewImage.id.S.startsWith('bad'))
    .map(({ dynamodb }) => ({ itemIdentifier: dynamodb.SequenceNumber })) };
};`;

const consumer = (properties = {}) => ({ code: CONSUMER, properties });

/** The table `<name>Rows`, and a mapping of its stream to the function `<name>`. */
const mappedTable = (name: string, mapping: Readonly<Record<string, unknown>>) => ({
  [`${name}Rows`]: {
    Type: 'AWS::DynamoDB::Table',
    Properties: {
      KeySchema: [
        { AttributeName: 'pk', KeyType: 'HASH' },
        { AttributeName: 'id', KeyType: 'RANGE' },
      ],
      AttributeDefinitions: [
        { AttributeName: 'pk', AttributeType: 'S' },
        { AttributeName: 'id', AttributeType: 'S' },
      ],
      StreamSpecification: { StreamViewType: 'NEW_IMAGE' },
    },
  },
  [`${name}Mapping`]: {
    Type: 'AWS::Lambda::EventSourceMapping',
    Properties: {
      EventSourceArn: { 'Fn::GetAtt': [`${name}Rows`, 'StreamArn'] },
      FunctionName: { Ref: name },
      StartingPosition: 'TRIM_HORIZON',
      ...mapping,
    },
  },
});

const REPORTS = { FunctionResponseTypes: ['ReportBatchItemFailures'] };
const onFailure = (arn: unknown) => ({ DestinationConfig: { OnFailure: { Destination: arn } } });
const filter = (pattern: unknown) => ({
  FilterCriteria: { Filters: [{ Pattern: JSON.stringify(pattern) }] },
});
const EACH_ALONE = { BatchSize: 1, MaximumRetryAttempts: 0 };

const STACK = {
  functions: {
    Batches: consumer(),
    Windowed: consumer(),
    Filtered: consumer(),
    Lanes: consumer(),
    Bisected: consumer(),
    Reported: consumer(),
    Aged: consumer(),
    ToTopic: consumer(),
    ToBucket: consumer(),
    Throttled: consumer({ ReservedConcurrentExecutions: 1 }),
    Latest: consumer(),
  },
  resources: {
    GivenUp: { Type: 'AWS::SQS::Queue', Properties: {} },
    TooOld: { Type: 'AWS::SQS::Queue', Properties: {} },
    News: { Type: 'AWS::SNS::Topic', Properties: {} },
    Listeners: { Type: 'AWS::SQS::Queue', Properties: {} },
    Subscription: {
      Type: 'AWS::SNS::Subscription',
      Properties: {
        TopicArn: { Ref: 'News' },
        Protocol: 'sqs',
        Endpoint: arnOfResource('Listeners'),
        RawMessageDelivery: true,
      },
    },
    Policy: {
      Type: 'AWS::SQS::QueuePolicy',
      Properties: {
        Queues: [{ Ref: 'Listeners' }],
        PolicyDocument: {
          Version: '2012-10-17',
          Statement: [
            {
              Effect: 'Allow',
              Action: 'sqs:SendMessage',
              Principal: { Service: 'sns.amazonaws.com' },
              Resource: arnOfResource('Listeners'),
            },
          ],
        },
      },
    },
    Lost: { Type: 'AWS::S3::Bucket', Properties: {} },
    ...mappedTable('Batches', { BatchSize: 4 }),
    ...mappedTable('Windowed', { BatchSize: 3, MaximumBatchingWindowInSeconds: 20 }),
    ...mappedTable(
      'Filtered',
      filter({
        eventName: ['INSERT'],
        dynamodb: {
          NewImage: {
            kind: { S: [{ 'anything-but': ['tick'] }, { exists: false }] },
            id: { S: [{ prefix: 'w-' }] },
          },
        },
      }),
    ),
    ...mappedTable('Lanes', { BatchSize: 1, ParallelizationFactor: 4 }),
    ...mappedTable('Bisected', {
      ...{ BatchSize: 8, BisectBatchOnFunctionError: true, MaximumRetryAttempts: 2 },
      ...{ MaximumBatchingWindowInSeconds: 1, ...onFailure(arnOfResource('GivenUp')) },
    }),
    ...mappedTable('Reported', {
      ...{ ...REPORTS, BatchSize: 8, MaximumRetryAttempts: 1, MaximumBatchingWindowInSeconds: 1 },
    }),
    ...mappedTable('Aged', {
      ...{ BatchSize: 1, MaximumRecordAgeInSeconds: 60, ...onFailure(arnOfResource('TooOld')) },
    }),
    ...mappedTable('ToTopic', { ...EACH_ALONE, ...onFailure({ Ref: 'News' }) }),
    ...mappedTable('ToBucket', { ...EACH_ALONE, ...onFailure(arnOfResource('Lost')) }),
    ...mappedTable('Throttled', {
      ...{ BatchSize: 1, ParallelizationFactor: 4, MaximumRetryAttempts: 0 },
    }),
    ...mappedTable('Latest', { StartingPosition: 'LATEST' }),
  },
};

let cloud: TinyCloud;
let tables: DynamoDBClient;

beforeAll(async () => {
  cloud = await startTinyStack(STACK);
  tables = new DynamoDBClient(clientSettings(cloud));
});
afterAll(async () => {
  tables.destroy();
  await cloud.stop();
});

const itemOf = (id: string, pk = 'one', kind?: string) => ({
  pk: { S: pk },
  id: { S: id },
  ...(kind === undefined ? {} : { kind: { S: kind } }),
});

const put = async (name: string, item: ReturnType<typeof itemOf>): Promise<void> => {
  const TableName = cloud.tableName(`${name}Rows`);
  await tables.send(new PutItemCommand({ TableName, Item: item }));
};

const putAll = async (name: string, ids: readonly string[], pk = 'one'): Promise<void> => {
  for (const id of ids) await put(name, itemOf(id, pk));
};

/** One write, so that the stream has all of them at once. */
const putTogether = async (name: string, ids: readonly string[]): Promise<void> => {
  const requests = ids.map((id) => ({ PutRequest: { Item: itemOf(id) } }));
  const RequestItems = { [cloud.tableName(`${name}Rows`)]: requests };
  await tables.send(new BatchWriteItemCommand({ RequestItems }));
};

const batchesOf = (name: string): string[][] =>
  loggedBy(cloud, name).map((line) => z.array(z.string()).parse(line));

/** How many invocations of the function ran at once at most. */
const mostAtOnce = (name: string): number => {
  const spans = cloud
    .functionLogs(name)
    .filter((line) => line.startsWith('#'))
    .map((line) => z.object({ from: z.number(), to: z.number() }).parse(JSON.parse(line.slice(1))));
  return Math.max(
    ...spans.map(
      ({ from }) => spans.filter((other) => other.from <= from && from < other.to).length,
    ),
  );
};

const numbered = (count: number, prefix = 'm'): string[] =>
  Array.from({ length: count }, (_, index) => `${prefix}${String(index).padStart(2, '0')}`);

const received = async (queue: string): Promise<unknown[]> => {
  const request = { QueueUrl: cloud.queueUrl(queue), MaxNumberOfMessages: 10 };
  const { Messages = [] } = await queueClient(cloud).send(new ReceiveMessageCommand(request));
  return Messages.map(({ Body = '' }): unknown => JSON.parse(Body));
};

/** What AWS documents of a failure, for one record of this function. */
const failureOf = (name: string, condition: string, count: number) => ({
  requestContext: {
    requestId: expect.any(String),
    functionArn: expect.stringMatching(new RegExp(`^arn:aws:lambda:.*function:Tiny-${name}$`)),
    condition,
    approximateInvokeCount: count,
  },
  version: '1.0',
  timestamp: expect.stringMatching(/^2026-03-01T1\d:\d\d:\d\d\.\d{3}Z$/),
  DDBStreamBatchInfo: {
    shardId: expect.stringMatching(/^shardId-/),
    startSequenceNumber: expect.stringMatching(/^\d+$/),
    endSequenceNumber: expect.stringMatching(/^\d+$/),
    approximateArrivalOfFirstRecord: expect.stringMatching(/^2026-03-01T1\d:\d\d:\d\dZ$/),
    approximateArrivalOfLastRecord: expect.stringMatching(/^2026-03-01T1\d:\d\d:\d\dZ$/),
    batchSize: 1,
    streamArn: expect.stringContaining(`table/Tiny-${name}Rows/stream/`),
  },
});

const UNHANDLED = {
  responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled' },
};

describe('given a table stream and its function', () => {
  it('hands over up to BatchSize records, in the order of the writes', async () => {
    await putAll('Batches', numbered(9));
    await cloud.settled();
    expect(batchesOf('Batches').flat()).toEqual(numbered(9));
    expect(Math.max(...batchesOf('Batches').map(({ length }) => length))).toBeLessThanOrEqual(4);
  });

  it('gathers for the length of the window, on the clock', async () => {
    await putAll('Windowed', ['a', 'b']);
    await cloud.settled();
    await cloud.clock.advanceBy(19_999);
    expect(batchesOf('Windowed')).toEqual([]);
    await cloud.clock.advanceBy(1);
    expect(batchesOf('Windowed')).toEqual([['a', 'b']]);
  });

  it('does not wait for the end of the window when the batch is full', async () => {
    await putAll('Windowed', ['c', 'd', 'e', 'f']);
    await cloud.settled();
    expect(batchesOf('Windowed').slice(1)).toEqual([['c', 'd', 'e']]);
    await cloud.clock.advanceBy(20_000);
    expect(batchesOf('Windowed').slice(2)).toEqual([['f']]);
  });

  // https://docs.aws.amazon.com/lambda/latest/dg/with-ddb-filtering.html
  it('passes over what its filter does not let through', async () => {
    await put('Filtered', itemOf('w-1'));
    await put('Filtered', itemOf('w-2', 'one', 'tick'));
    await put('Filtered', itemOf('w-3', 'one', 'fix'));
    await put('Filtered', itemOf('x-4', 'one', 'fix'));
    await put('Filtered', itemOf('w-3', 'one', 'changed'));
    await cloud.settled();
    expect(batchesOf('Filtered').flat()).toEqual(['w-1', 'w-3']);
  });

  it('works in parallel, and keeps the order of each partition key', async () => {
    const keys = ['a', 'b', 'c', 'd', 'e', 'f'];
    for (const id of ['slow1', 'slow2']) {
      for (const pk of keys) await put('Lanes', itemOf(`${id}${pk}`, pk));
    }
    await cloud.settled();
    const most = mostAtOnce('Lanes');
    expect(most).toBeGreaterThan(1);
    expect(most).toBeLessThanOrEqual(4);
    const seen = batchesOf('Lanes').flat();
    expect(seen).toHaveLength(12);
    for (const pk of keys) {
      expect(seen.filter((id) => id.endsWith(pk))).toEqual([`slow1${pk}`, `slow2${pk}`]);
    }
  });

  it('halves a failing batch until the bad record is alone, and gives only that up', async () => {
    const ids = ['m0', 'm1', 'throw', 'm3', 'm4', 'm5', 'm6', 'm7'];
    await putTogether('Bisected', ids);
    await cloud.clock.advanceBy(60_000);
    const batches = batchesOf('Bisected');
    expect(batches[0]?.toSorted()).toEqual(ids.toSorted());
    const alone = batches.filter((batch) => batch.length === 1 && batch[0] === 'throw');
    // Halving uses up no retries: the record alone is tried once, and twice again.
    expect(alone).toHaveLength(3);
    const handled = batches.filter((batch) => !batch.includes('throw')).flat();
    expect(handled.toSorted()).toEqual(ids.filter((id) => id !== 'throw').toSorted());
    const count = 3;
    const failure = failureOf('Bisected', 'RetryAttemptsExhausted', count);
    expect(await received('GivenUp')).toEqual([{ ...failure, ...UNHANDLED }]);
  });

  it('takes up again at the first record that was reported as failed', async () => {
    const ids = ['m0', 'm1', 'bad2', 'm3'];
    for (const id of ids) await put('Reported', itemOf(id));
    await cloud.clock.advanceBy(10_000);
    const rest = ['bad2', 'm3'];
    expect(batchesOf('Reported')).toEqual([ids, rest, rest]);
  });

  it('gives up records that are too old, and says so', async () => {
    await put('Aged', itemOf('throw'));
    await cloud.settled();
    await cloud.clock.advanceBy(300_000);
    const attempts = batchesOf('Aged').length;
    expect(attempts).toBeGreaterThan(3);
    const failure = failureOf('Aged', 'RecordAgeExceeded', attempts);
    expect(await received('TooOld')).toEqual([failure]);
  });

  it('tells a topic of what it gave up, without the records', async () => {
    await put('ToTopic', itemOf('throw'));
    await cloud.settled();
    const failure = failureOf('ToTopic', 'RetryAttemptsExhausted', 1);
    expect(await received('Listeners')).toEqual([{ ...failure, ...UNHANDLED }]);
  });

  it('puts what it gave up into a bucket, records and all', async () => {
    await put('ToBucket', itemOf('throw'));
    await cloud.settled();
    const objects = new S3Client(clientSettings(cloud));
    const Bucket = cloud.bucketName('Lost');
    const { Contents = [] } = await objects.send(new ListObjectsV2Command({ Bucket }));
    const [{ Key } = { Key: '' }, ...others] = Contents;
    expect(others).toEqual([]);
    const uuid = '[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}';
    expect(Key).toMatch(
      new RegExp(
        `^aws/lambda/${uuid}/shardId-[^/]+/2026/03/01/2026-03-01T1\\d\\.\\d\\d\\.\\d\\d-${uuid}$`,
      ),
    );
    const { Body } = await objects.send(new GetObjectCommand({ Bucket, Key }));
    const document: unknown = JSON.parse((await Body?.transformToString()) ?? '');
    const failure = failureOf('ToBucket', 'RetryAttemptsExhausted', 1);
    expect(document).toEqual({ ...failure, ...UNHANDLED, payload: expect.any(String) });
    const { payload } = z.looseObject({ payload: z.string() }).parse(document);
    expect(JSON.parse(payload)).toMatchObject({
      Records: [{ eventName: 'INSERT', dynamodb: { NewImage: itemOf('throw') } }],
    });
    objects.destroy();
  });

  it('tries throttled batches again without using up retries', async () => {
    const keys = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];
    for (const pk of keys) await put('Throttled', itemOf(`slow${pk}`, pk));
    await cloud.settled();
    await cloud.clock.advanceBy(60_000);
    const seen = batchesOf('Throttled').flat();
    expect(seen.toSorted()).toEqual(keys.map((pk) => `slow${pk}`));
    expect(cloud.said.filter((line) => line.startsWith('Throttled'))).toEqual([]);
  });

  it('reads from the newest record on when told to', async () => {
    await put('Latest', itemOf('after'));
    await cloud.settled();
    expect(batchesOf('Latest')).toEqual([['after']]);
  });
});
