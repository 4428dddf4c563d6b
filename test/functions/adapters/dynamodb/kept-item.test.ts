import { DynamoDBClient, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { json, number, text } from '#functions/adapters/dynamodb/items.ts';
import { keptItem } from '#functions/adapters/dynamodb/kept-item.ts';

const client = new DynamoDBClient({ region: 'eu-west-2' });
const mock = mockClient(client);
beforeEach(() => mock.reset());
afterEach(() => mock.reset());

const { change } = keptItem(
  client,
  { table: 'vigil', pk: 'demo#X' },
  z.object({ rounds: z.number() }),
);
const puts = () => mock.commandCalls(PutItemCommand).map(({ args: [{ input }] }) => input.Item);

describe('given a value that is kept', () => {
  beforeEach(() => {
    const Item = { pk: text('demo#X'), epoch: number(3), body: json({ rounds: 1 }) };
    mock.on(GetItemCommand).resolves({ Item });
    mock.on(PutItemCommand).resolves({});
  });

  it('is written where it is changed, under the next epoch', async () => {
    expect(await change((kept) => ({ rounds: (kept?.rounds ?? 0) + 1 }))).toEqual({ rounds: 2 });
    expect(puts()).toEqual([{ pk: text('demo#X'), epoch: number(4), body: json({ rounds: 2 }) }]);
  });

  it('is not written where it is given back as it was', async () => {
    expect(await change((kept) => kept ?? { rounds: 0 })).toEqual({ rounds: 1 });
    expect(puts()).toEqual([]);
  });
});

describe('given nothing that is kept yet', () => {
  it('writes what it begins with', async () => {
    mock.on(GetItemCommand).resolves({});
    mock.on(PutItemCommand).resolves({});
    expect(await change((kept) => kept ?? { rounds: 0 })).toEqual({ rounds: 0 });
    expect(puts()).toHaveLength(1);
  });
});
