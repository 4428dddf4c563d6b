import {
  BatchGetItemCommand,
  DynamoDBClient,
  GetItemCommand,
  QueryCommand,
} from '@aws-sdk/client-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import * as z from 'zod';
import { activationIdSchema, agencyIdSchema } from '#domain/model/ids.ts';
import { activations } from '#functions/adapters/dynamodb/activations.ts';
import { batchGet } from '#functions/adapters/dynamodb/batch-get.ts';
import { documents } from '#functions/adapters/dynamodb/documents.ts';
import { due } from '#functions/adapters/dynamodb/due.ts';
import {
  json,
  keyItem,
  MalformedItem,
  number,
  readBinary,
  readJson,
  readNumber,
  readText,
  text,
} from '#functions/adapters/dynamodb/items.ts';
import { queryAll } from '#functions/adapters/dynamodb/query.ts';
import { imageItem } from '#functions/adapters/dynamodb/stream-image.ts';
import { later, T } from '#test/support/alerts.ts';

const client = new DynamoDBClient({ region: 'eu-west-2' });
const mock = mockClient(client);
beforeEach(() => mock.reset());

const item = (n: number) => keyItem({ pk: `p-${n}`, sk: 'x' });
const AGENCY = agencyIdSchema.parse('demo');

describe('reading many items at once', () => {
  it('asks for at most a hundred a call, strongly consistent', async () => {
    mock.on(BatchGetItemCommand).resolves({ Responses: {} });
    await batchGet(
      client,
      'table',
      Array.from({ length: 205 }, (_, i) => item(i)),
    );
    const asked = mock
      .commandCalls(BatchGetItemCommand)
      .map(({ args: [{ input }] }) => input.RequestItems?.table);
    expect(asked.map((request) => request?.Keys?.length)).toEqual([100, 100, 5]);
    expect(asked.map((request) => request?.ConsistentRead)).toEqual([true, true, true]);
  });

  it('asks for nothing where there is nothing to ask', async () => {
    expect(await batchGet(client, 'table', [])).toEqual([]);
    expect(mock.calls()).toEqual([]);
  });

  it('asks again for what was not answered', async () => {
    mock
      .on(BatchGetItemCommand)
      .resolvesOnce({
        Responses: { table: [item(1)] },
        UnprocessedKeys: { table: { Keys: [item(2)] } },
      })
      .resolves({ Responses: { table: [item(2)] } });
    expect(await batchGet(client, 'table', [item(1), item(2)])).toEqual([item(1), item(2)]);
    const [, second] = mock.commandCalls(BatchGetItemCommand);
    expect(second?.args[0].input.RequestItems?.table?.Keys).toEqual([item(2)]);
  });

  it('throws, and says how many, where they are never answered', async () => {
    mock
      .on(BatchGetItemCommand)
      .resolves({ Responses: {}, UnprocessedKeys: { table: { Keys: [item(1)] } } });
    vi.useFakeTimers();
    const reading = expect(batchGet(client, 'table', [item(1)])).rejects.toThrow('1 keys of table');
    await vi.runAllTimersAsync();
    await reading;
    vi.useRealTimers();
  });
});

describe('a query', () => {
  it('reads page after page', async () => {
    mock
      .on(QueryCommand)
      .resolvesOnce({ Items: [item(1)], LastEvaluatedKey: item(1) })
      .resolves({ Items: [item(2)] });
    expect(await queryAll(client, { TableName: 'table' })).toEqual([item(1), item(2)]);
    const [, second] = mock.commandCalls(QueryCommand);
    expect(second?.args[0].input.ExclusiveStartKey).toEqual(item(1));
  });

  it('stops when it has enough', async () => {
    mock.on(QueryCommand).resolves({ Items: [item(1), item(2)], LastEvaluatedKey: item(2) });
    expect(await queryAll(client, { TableName: 'table' }, 3)).toHaveLength(3);
    expect(mock.commandCalls(QueryCommand)).toHaveLength(2);
  });
});

describe('what is due', () => {
  it('is read from every shard of the index, up to the instant', async () => {
    const row = { ...item(1), nextDueAt: number(T) };
    mock
      .on(QueryCommand)
      .resolvesOnce({ Items: [row] })
      .resolves({ Items: [] });
    expect(await due(client, 'table')(later(5))).toEqual([{ pk: 'p-1', sk: 'x', dueAt: T }]);
    const shards = mock
      .commandCalls(QueryCommand)
      .map(({ args: [{ input }] }) => input.ExpressionAttributeValues?.[':shard']?.S);
    expect(shards).toEqual(['DUE#0', 'DUE#1', 'DUE#2', 'DUE#3']);
  });
});

describe('activations', () => {
  const ID = activationIdSchema.parse('a-1');
  const body = {
    activationId: 'a-1',
    wearerId: 'w-1',
    headEndId: 'head-end',
    deviceSerial: 'T-1',
    startsAt: T,
    endsAt: null,
  };
  const answer = (...items: Record<string, unknown>[]) =>
    mock
      .on(BatchGetItemCommand)
      .resolves({ Responses: { table: items.map((one) => ({ ...item(1), body: json(one) })) } });

  const within = (maxAgeSeconds: number, seconds = 0) => ({
    ...{ now: later(seconds), maxAgeSeconds, consistency: 'strong' as const },
  });

  it('are read again once what is remembered is older than it may be', async () => {
    answer(body);
    const load = activations(client, 'table');
    for (const seconds of [0, 29]) {
      expect([...(await load(AGENCY, [ID, ID], within(30, seconds))).keys()]).toEqual(['a-1']);
    }
    await load(AGENCY, [ID], within(3_600, 3_599));
    expect(mock.calls()).toHaveLength(1);
    await load(AGENCY, [ID], within(30, 3_599));
    expect(mock.calls()).toHaveLength(2);
    await load(AGENCY, [ID], within(30, 3_628));
    expect(mock.calls()).toHaveLength(2);
  });

  it('are read again to be sure, however lately they were read eventually', async () => {
    answer(body);
    const load = activations(client, 'table');
    await load(AGENCY, [ID], { ...within(3_600), consistency: 'eventual' });
    answer({ ...body, endsAt: later(60) });
    await load(AGENCY, [ID], { ...within(3_600, 1), consistency: 'eventual' });
    expect(mock.calls()).toHaveLength(1);
    const sure = await load(AGENCY, [ID], within(30, 1));
    expect(sure.get(ID)?.endsAt).toBe(later(60));
    expect(mock.commandCalls(BatchGetItemCommand).map(({ args }) => args[0].input)).toMatchObject([
      { RequestItems: { table: { ConsistentRead: false } } },
      { RequestItems: { table: { ConsistentRead: true } } },
    ]);
  });

  it('are never another agency’s, although they were read just now', async () => {
    answer(body);
    const load = activations(client, 'table');
    await load(AGENCY, [ID], within(30));
    answer();
    expect((await load(agencyIdSchema.parse('other'), [ID], within(30))).size).toBe(0);
  });

  it('that do not exist are asked for each time', async () => {
    answer();
    const load = activations(client, 'table');
    await load(AGENCY, [ID], within(30));
    await load(AGENCY, [ID], within(30));
    expect(mock.calls()).toHaveLength(2);
  });
});

describe('an item that does not hold what it must', () => {
  const bad = { ...item(1), body: text('{'), n: text('x') };

  it.each([
    ['a text that is not there', () => readText(bad, 'none')],
    ['a number that is a text', () => readNumber(bad, 'n')],
    ['bytes that are a text', () => readBinary(bad, 'n')],
    ['JSON that is none', () => readJson(bad, 'body', z.object({}))],
    ['JSON of another form', () => readJson({ ...bad, body: json(5) }, 'body', z.object({}))],
  ])('is named by its key: %s', (_, read) => {
    expect(read).toThrow(MalformedItem);
    expect(read).toThrow('p-1 / x');
  });

  it('is parsed again whenever it is read', async () => {
    mock.on(GetItemCommand).resolves({ Item: { ...item(1), version: number(1), body: json({}) } });
    const load = documents(client, 'table').load({ pk: 'p', sk: 's' }, z.object({ a: z.string() }));
    await expect(load).rejects.toThrow(MalformedItem);
  });
});

describe("a stream's image", () => {
  it('keeps texts and numbers, and leaves out what no row of ours is read from', () => {
    const image = { pk: { S: 'p' }, n: { N: '1' }, inputs: { B: 'AAAA' }, odd: { M: {} } };
    expect(imageItem(image)).toEqual({ pk: { S: 'p' }, n: { N: '1' } });
  });
});
