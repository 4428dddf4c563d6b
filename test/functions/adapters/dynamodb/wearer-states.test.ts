import {
  BatchGetItemCommand,
  ConditionalCheckFailedException,
  DynamoDBClient,
  PutItemCommand,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';
import { evaluate } from '#domain/evaluate/evaluate.ts';
import { type Item, MalformedItem } from '#functions/adapters/dynamodb/items.ts';
import { recordPut } from '#functions/adapters/dynamodb/record.ts';
import { type StateSave, wearerStates } from '#functions/adapters/dynamodb/wearer-states.ts';
import { check, fix } from '#test/support/events.ts';
import { at, HOME, superviseWith, WEARER } from '#test/support/supervisions.ts';

const NOON = at('2026-03-02T12:00:00Z');
const { state } = evaluate({
  supervision: superviseWith(),
  state: null,
  events: [check(NOON, 'present'), fix(NOON, HOME)],
  until: NOON,
});

const client = new DynamoDBClient({ region: 'eu-west-2' });
const mock = mockClient(client);
beforeEach(() => mock.reset());

const states = wearerStates(client, 'state');
const SAVE: StateSave = {
  wearer: WEARER,
  epoch: 3,
  state,
  parkedAt: null,
  beside: [],
  ahead: null,
  cause: 'a batch',
};
const entry = recordPut('record', { wearer: WEARER, at: NOON, name: 'x', type: 't', body: {} });
const conflict = new ConditionalCheckFailedException({ $metadata: {}, message: 'no' });

const putItem = (n = 0): Item => mock.commandCalls(PutItemCommand)[n]?.args[0].input.Item ?? {};
const answerWith = (item: Item) =>
  mock.on(BatchGetItemCommand).resolves({ Responses: { state: [item] } });

/** The item as it would stand had this save succeeded. */
const itemOf = async (save: StateSave): Promise<Item> => {
  mock.on(PutItemCommand).resolves({});
  await states.save({ ...save, beside: [] });
  const item = putItem();
  mock.reset();
  return item;
};

describe('a save', () => {
  it('says how large a state is that has grown past four kilobytes, and of no other', async () => {
    mock.on(PutItemCommand).resolves({});
    const measured: [name: string, value: number][] = [];
    const told = wearerStates(client, 'state', (name, value) => measured.push([name, value]));
    await told.save(SAVE);
    expect(measured).toEqual([]);
    const inputs = Array.from({ length: 2_000 }, (_, sequence) =>
      fix(NOON, { lat: 51 + (sequence % 7) / 100, lon: -0.1 }, { sequence }),
    );
    const crowded = { ...state, slice: { ...state.slice, inputs } };
    await told.save({ ...SAVE, state: crowded });
    expect(measured).toEqual([['largeStateBytes', expect.any(Number)]]);
    expect(measured[0]?.[1]).toBeGreaterThan(4_096);
  });

  it('of the state alone is one put, on the epoch that was read', async () => {
    mock.on(PutItemCommand).resolves({});
    expect(await states.save(SAVE)).toBe('saved');
    expect(putItem()).toMatchObject({ pk: { S: 'demo#w-1' }, epoch: { N: '4' } });
    expect(mock.calls()).toHaveLength(1);
  });

  it('with something beside it is one transaction', async () => {
    mock.on(TransactWriteItemsCommand).resolves({});
    await states.save({ ...SAVE, beside: [entry] });
    const [call] = mock.commandCalls(TransactWriteItemsCommand);
    expect(call?.args[0].input.TransactItems).toHaveLength(2);
  });

  it('names the same write the same, and any other otherwise', async () => {
    mock.on(PutItemCommand).resolves({});
    const saves = [SAVE, SAVE, { ...SAVE, epoch: 4 }, { ...SAVE, cause: 'another batch' }];
    for (const save of saves) await states.save(save);
    const ids = saves.map((_, i) => putItem(i).writeId?.S);
    expect(ids[1]).toBe(ids[0]);
    expect(new Set(ids).size).toBe(3);
  });
});

describe('a save that finds another epoch', () => {
  it('is a conflict where somebody else wrote', async () => {
    const theirs = await itemOf({ ...SAVE, cause: 'theirs' });
    mock.on(PutItemCommand).rejects(conflict);
    answerWith(theirs);
    expect(await states.save(SAVE)).toBe('conflict');
  });

  it('is saved where it was this very write, whose answer was lost', async () => {
    const ours = await itemOf(SAVE);
    mock.on(PutItemCommand).rejects(conflict);
    answerWith(ours);
    expect(await states.save(SAVE)).toBe('saved');
  });
});

describe('a save that fails otherwise', () => {
  it('is thrown, to be tried again', async () => {
    mock.on(PutItemCommand).rejects(new Error('throttled'));
    await expect(states.save(SAVE)).rejects.toThrow('throttled');
  });
});

describe('an item that cannot be read', () => {
  it('is the trouble of whoever asks for it, and of nobody else', async () => {
    const good = await itemOf(SAVE);
    const broken = { ...good, pk: { S: 'demo#w-2' }, inputs: { B: new Uint8Array([9]) } };
    mock.on(BatchGetItemCommand).resolves({ Responses: { state: [good, broken] } });
    const found = await states.load([WEARER]);
    expect(found.get('demo#w-1')).toMatchObject({ epoch: 4, state });
    expect(found.get('demo#w-2')?.unreadable).toBeInstanceOf(MalformedItem);
  });

  it.each(['epoch', 'writeId', 'parkedAt'])(
    'is its own trouble without a sound %s',
    async (name) => {
      const good = await itemOf(SAVE);
      const bad: Item = { ...good, pk: { S: 'demo#w-2' }, [name]: { BOOL: true } };
      mock.on(BatchGetItemCommand).resolves({ Responses: { state: [good, bad] } });
      const found = await states.load([WEARER]);
      expect(found.get('demo#w-1')).toMatchObject({ epoch: 4, state });
      expect(found.get('demo#w-2')?.unreadable).toBeInstanceOf(MalformedItem);
    },
  );

  it('throws where it is asked for alone', async () => {
    const good = await itemOf(SAVE);
    answerWith({ ...good, folded: { B: new Uint8Array([1, 2, 3]) } });
    await expect(states.loadOne(WEARER)).rejects.toThrow(MalformedItem);
  });
});

describe('the item of a wearer near nothing', () => {
  it('stays within one kilobyte, which is one write unit', async () => {
    const events = Array.from({ length: 40 }, (_, i) =>
      fix(at(`2026-03-02T12:${10 + i}:00Z`), HOME),
    );
    const { state: full } = evaluate({
      supervision: superviseWith(),
      state: null,
      events,
      until: at('2026-03-02T12:50:00Z'),
    });
    const item = await itemOf({ ...SAVE, state: full });
    const sizes = Object.entries(item).map(
      ([name, { S = '', N = '', B = new Uint8Array() }]) =>
        name.length + S.length + N.length + B.length,
    );
    expect(sizes.reduce((sum, size) => sum + size)).toBeLessThanOrEqual(1_024);
  });
});
