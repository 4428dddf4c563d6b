import {
  type AttributeValue,
  BatchGetItemCommand,
  DeleteItemCommand,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  TransactionCanceledException,
  type TransactWriteItem,
  TransactWriteItemsCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { REAL_AND_SIMULATED, type Store } from './stores.ts';

type Item = Record<string, AttributeValue>;

let real: Store;
let simulated: Store;
let made = 0;

beforeAll(async () => {
  real = await REAL_AND_SIMULATED.real();
  simulated = await REAL_AND_SIMULATED.simulated();
});
afterAll(async () => {
  await real.stop();
  await simulated.stop();
});

const TableName = 'monitoring';
const text = (S: string): AttributeValue => ({ S });
const number = (N: number): AttributeValue => ({ N: String(N) });
/** A partition that nobody has used. */
const newPk = (): AttributeValue => {
  made += 1;
  return text(`p-${made}`);
};

const sorted = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(sorted);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, sorted(inner)]),
  );
};

/** What came of a command: what it answered, without what only one engine counts, or its error. */
const outcomeOf = async (store: Store, command: GetItemCommand): Promise<unknown> => {
  try {
    const { $metadata: _, ...answer } = await store.client.send(command);
    return sorted(answer);
  } catch (error) {
    // Record: it is the outcome, too.
    const name = error instanceof Error ? error.name : 'unknown';
    const isCanceled = error instanceof TransactionCanceledException;
    return isCanceled ? [name, (error.CancellationReasons ?? []).map(({ Code }) => Code)] : name;
  }
};

/** Both engines answer alike; returns what. */
const same = async (command: unknown): Promise<unknown> => {
  const given: GetItemCommand = Object(command);
  const answers = [await outcomeOf(real, given), await outcomeOf(simulated, given)];
  expect(answers[1]).toEqual(answers[0]);
  return answers[0];
};

const put = (item: Item, more: object = {}): Promise<unknown> =>
  same(new PutItemCommand({ TableName, Item: item, ...more }));
const update = (Key: Item, more: object): Promise<unknown> =>
  same(new UpdateItemCommand({ TableName, Key, ...more }));
const get = (Key: Item): Promise<unknown> =>
  same(new GetItemCommand({ TableName, Key, ConsistentRead: true }));
const transact = (TransactItems: TransactWriteItem[], more: object = {}): Promise<unknown> =>
  same(new TransactWriteItemsCommand({ TransactItems, ...more }));

const ITEM = {
  n: number(5),
  s: text('mint'),
  yes: { BOOL: true },
  nought: { NULL: true },
} as const;

const CONDITIONS: [condition: string, values?: Item][] = [
  ['attribute_exists(pk)'],
  ['attribute_not_exists(pk)'],
  ['attribute_exists(nothing)'],
  ['attribute_not_exists(nothing)'],
  ['n = :v', { ':v': number(5) }],
  ['n = :v', { ':v': text('5') }],
  ['n <> :v', { ':v': number(5) }],
  ['nothing = :v', { ':v': number(5) }],
  ['nothing <> :v', { ':v': number(5) }],
  ['n < :v', { ':v': number(6) }],
  ['n < :v', { ':v': text('z') }],
  ['n <= :v', { ':v': number(5) }],
  ['n > :v', { ':v': number(-1) }],
  ['nothing > :v', { ':v': number(1) }],
  ['s >= :v', { ':v': text('mins') }],
  ['n BETWEEN :v AND :w', { ':v': number(5), ':w': number(5) }],
  ['n BETWEEN :v AND :w', { ':v': number(6), ':w': number(9) }],
  ['n IN (:v, :w)', { ':v': number(9), ':w': number(5) }],
  ['begins_with(s, :v)', { ':v': text('mi') }],
  ['begins_with(nothing, :v)', { ':v': text('mi') }],
  ['contains(s, :v)', { ':v': text('in') }],
  ['size(s) = :v', { ':v': number(4) }],
  ['yes = :v', { ':v': { BOOL: true } }],
  ['nought = :v', { ':v': { NULL: true } }],
  ['NOT n = :v', { ':v': number(5) }],
  ['attribute_not_exists(pk) OR n = :v', { ':v': number(5) }],
  ['attribute_exists(pk) AND n = :v OR s = :w', { ':v': number(4), ':w': text('mint') }],
  ['attribute_exists(pk) AND (n = :v OR s = :w)', { ':v': number(4), ':w': text('x') }],
  ['n = :v and s = :w', { ':v': number(5), ':w': text('mint') }],
  // What is refused before it is looked at.
  ['n = :v'],
  ['n = :v', { ':v': number(5), ':unused': number(1) }],
  ['n == :v', { ':v': number(5) }],
  ['n = :v AND', { ':v': number(5) }],
  ['(n = :v', { ':v': number(5) }],
  ['', {}],
];

describe('a write on a condition', () => {
  it.each(CONDITIONS)('%s is judged alike (%#)', async (condition: string, values?: Item) => {
    const pk = newPk();
    const [there, absent] = [
      { pk, sk: text('there'), ...ITEM },
      { pk, sk: text('absent') },
    ];
    await put(there);
    const on = {
      ConditionExpression: condition,
      ...(values === undefined ? {} : { ExpressionAttributeValues: values }),
    };
    await put({ ...there, changed: number(1) }, on);
    await put(absent, on);
    await same(new DeleteItemCommand({ TableName, Key: { pk, sk: text('there') }, ...on }));
    await get({ pk, sk: text('there') });
    await get(absent);
  });

  it('takes names that are words of its own only under another', async () => {
    const pk = newPk();
    const Key = { pk, sk: text('a') };
    await put({ ...Key, status: text('pending') });
    const named = { ExpressionAttributeNames: { '#s': 'status' } };
    const values = { ExpressionAttributeValues: { ':v': text('pending') } };
    await put(Key, { ConditionExpression: '#s = :v', ...named, ...values });
    await put(Key, { ConditionExpression: '#t = :v', ...named, ...values });
    await get(Key);
  });
});

const UPDATES: [expression: string, values?: Item][] = [
  ['SET n = :v', { ':v': number(9) }],
  ['SET a = :v, b = n', { ':v': text('x') }],
  ['SET n = n + :v', { ':v': number(2) }],
  ['SET n = if_not_exists(n, :v) + :v', { ':v': number(2) }],
  ['SET m = if_not_exists(m, :v) - :w', { ':v': number(2), ':w': number(5) }],
  ['SET b = nothing'],
  ['SET n = s + :v', { ':v': number(2) }],
  ['REMOVE n, s'],
  ['REMOVE nothing'],
  ['ADD n :v, m :v', { ':v': number(3) }],
  ['ADD s :v', { ':v': number(3) }],
  ['SET a = :v REMOVE n ADD m :w', { ':v': text('x'), ':w': number(1) }],
  ['SET n = :v REMOVE n', { ':v': number(1) }],
  ['SET pk = :v', { ':v': text('x') }],
  ['SET n = :v SET s = :v', { ':v': text('x') }],
  ['SET nextDueAt = :v', { ':v': text('late') }],
  ['SET nextDueAt = :v', { ':v': number(1) }],
];

describe('an update', () => {
  it.each(UPDATES)('%s does alike (%#)', async (expression: string, values?: Item) => {
    const pk = newPk();
    for (const sk of ['there', 'absent']) {
      if (sk === 'there') await put({ pk, sk: text(sk), ...ITEM });
      await update(
        { pk, sk: text(sk) },
        {
          UpdateExpression: expression,
          ...(values === undefined ? {} : { ExpressionAttributeValues: values }),
          ReturnValues: 'ALL_NEW',
        },
      );
      await get({ pk, sk: text(sk) });
    }
  });

  it('of a key that is none is refused alike', async () => {
    const UpdateExpression = 'REMOVE n';
    await update({ pk: newPk() }, { UpdateExpression });
    await update({ pk: newPk(), sk: text('') }, { UpdateExpression });
    await update({ pk: newPk(), sk: text('a'), n: number(1) }, { UpdateExpression });
  });
});

describe('a transaction', () => {
  const on = (ConditionExpression: string) => ({ TableName, ConditionExpression });

  it('does all of it or nothing, and says of each part whether it failed', async () => {
    const pk = newPk();
    const key = (sk: string) => ({ pk, sk: text(sk) });
    await put({ ...key('there'), n: number(1) });
    const parts = [
      { Put: { TableName, Item: key('new') } },
      { Put: { ...on('attribute_not_exists(pk)'), Item: key('there') } },
      { ConditionCheck: { ...on('attribute_exists(pk)'), Key: key('absent') } },
      {
        Update: { ...on('attribute_exists(pk)'), Key: key('other'), UpdateExpression: 'REMOVE n' },
      },
      { Delete: { ...on('attribute_exists(pk)'), Key: key('more') } },
    ];
    expect(await transact(parts)).toEqual([
      'TransactionCanceledException',
      ['None', ...Array.from({ length: 4 }, () => 'ConditionalCheckFailed')],
    ]);
    await get(key('new'));
    await transact([
      { Put: { TableName, Item: key('new') } },
      { Update: { TableName, Key: key('there'), UpdateExpression: 'REMOVE n' } },
      { ConditionCheck: { ...on('attribute_not_exists(pk)'), Key: key('absent') } },
    ]);
    for (const sk of ['new', 'there', 'absent']) await get(key(sk));
  });

  it('under a token is done once, and no other is done under it', async () => {
    const pk = newPk();
    const Key = { pk, sk: text('count') };
    const count = (by: number): TransactWriteItem[] => [
      {
        Update: {
          ...{ TableName, Key, UpdateExpression: 'ADD n :by' },
          ExpressionAttributeValues: { ':by': number(by) },
        },
      },
    ];
    const ClientRequestToken = `token-${made}`;
    await transact(count(1), { ClientRequestToken });
    await transact(count(1), { ClientRequestToken });
    expect(await transact(count(2), { ClientRequestToken })).toBe(
      'IdempotentParameterMismatchException',
    );
    await get(Key);
  });

  it('of one item twice, of too much, of nothing is refused alike', async () => {
    const pk = newPk();
    const item = (n: number) => ({ Put: { TableName, Item: { pk, sk: text(`n-${n}`) } } });
    await transact([item(1), item(1)]);
    await transact(Array.from({ length: 101 }, (_, n) => item(n)));
    await transact(Array.from({ length: 100 }, (_, n) => item(n)));
    await transact([]);
  });
});

describe('a query', () => {
  const query = (input: object): Promise<unknown> =>
    same(new QueryCommand({ TableName, ...input }));
  const filled = async (): Promise<AttributeValue> => {
    const pk = newPk();
    for (let n = 0; n < 7; n += 1) {
      const due = n % 2 === 0 ? { dueShard: pk, nextDueAt: number(100 - n) } : {};
      const list = n < 4 ? { listKey: pk, listAt: number(n) } : {};
      await put({ pk, sk: text(`s-${n}`), n: number(n), ...due, ...list });
    }
    return pk;
  };

  it('goes through a partition page by page, forwards and backwards', async () => {
    const pk = await filled();
    for (const ScanIndexForward of [true, false]) {
      let ExclusiveStartKey: Item | undefined;
      for (let page = 0; page < 5; page += 1) {
        const answer: { LastEvaluatedKey?: Item } = Object(
          await query({
            KeyConditionExpression: 'pk = :pk',
            ExpressionAttributeValues: { ':pk': pk },
            ...{ ConsistentRead: true, Limit: 3, ScanIndexForward },
            ...(ExclusiveStartKey === undefined ? {} : { ExclusiveStartKey }),
          }),
        );
        ExclusiveStartKey = answer.LastEvaluatedKey;
        if (ExclusiveStartKey === undefined) break;
      }
    }
  });

  it.each([
    ['pk = :pk AND sk = :a', { ':a': text('s-3') }],
    ['pk = :pk AND sk > :a', { ':a': text('s-3') }],
    ['pk = :pk AND sk <= :a', { ':a': text('s-3') }],
    ['pk = :pk AND begins_with(sk, :a)', { ':a': text('s-') }],
    ['pk = :pk AND sk BETWEEN :a AND :b', { ':a': text('s-2'), ':b': text('s-4') }],
    ['pk = :pk AND sk BETWEEN :a AND :b', { ':a': text('s-4'), ':b': text('s-2') }],
    ['pk = :other', {}],
  ])('%s finds alike (%#)', async (KeyConditionExpression, values) => {
    const ExpressionAttributeValues = { ':pk': await filled(), ...values };
    await query({ KeyConditionExpression, ExpressionAttributeValues, ConsistentRead: true });
  });

  it('of an index finds what has its keys, in their order, with what is kept there', async () => {
    const pk = await filled();
    const ExpressionAttributeValues = { ':pk': pk, ':until': number(98) };
    await query({
      IndexName: 'due',
      KeyConditionExpression: 'dueShard = :pk AND nextDueAt <= :until',
      ExpressionAttributeValues,
    });
    await query({
      ...{ IndexName: 'list', KeyConditionExpression: 'listKey = :pk', ScanIndexForward: false },
      ...{ ExpressionAttributeValues: { ':pk': pk }, Limit: 3 },
    });
    await query({
      ...{ IndexName: 'due', KeyConditionExpression: 'dueShard = :pk', ConsistentRead: true },
      ExpressionAttributeValues: { ':pk': pk },
    });
  });

  it('counts what a filter leaves out, for the limit is of what is looked at', async () => {
    await query({
      KeyConditionExpression: 'pk = :pk',
      FilterExpression: 'n > :n',
      ExpressionAttributeValues: { ':pk': await filled(), ':n': number(2) },
      ...{ Limit: 5, ConsistentRead: true },
    });
  });

  it('reads many by their keys, and leaves out what is not there', async () => {
    const pk = await filled();
    const Keys = ['s-1', 's-9', 's-5'].map((sk) => ({ pk, sk: text(sk) }));
    const command = new BatchGetItemCommand({ RequestItems: { [TableName]: { Keys } } });
    const answers = await Promise.all([real, simulated].map(({ client }) => client.send(command)));
    const found = answers.map(({ Responses }) =>
      (Responses?.[TableName] ?? []).map(({ sk }) => sk?.S).sort(),
    );
    expect(found).toEqual([
      ['s-1', 's-5'],
      ['s-1', 's-5'],
    ]);
  });
});

describe('whatever comes', () => {
  const NAMES = ['a', 'b', 'c'] as const;
  const value = fc.oneof(
    fc.integer({ min: -2, max: 2 }).map(number),
    fc.constantFrom('', 'a', 'ab', 'ä').map(text),
    fc.boolean().map((BOOL): AttributeValue => ({ BOOL })),
  );
  const item = fc.record({ a: value, b: value, c: value }, { requiredKeys: [] });
  const sign = fc.constantFrom('=', '<>', '<', '<=', '>', '>=');
  const term = fc.oneof(
    fc.tuple(fc.constantFrom(...NAMES), sign, fc.constantFrom(':x', ':y')).map((t) => t.join(' ')),
    fc.constantFrom(...NAMES).map((name) => `attribute_exists(${name})`),
    fc.constantFrom(...NAMES).map((name) => `NOT attribute_exists(${name})`),
  );
  const condition = fc
    .array(fc.tuple(term, fc.constantFrom(' AND ', ' OR ')), { minLength: 1, maxLength: 4 })
    .map((terms) => terms.map(([one, link], i) => (i === 0 ? one : link + one)).join(''));

  it('is judged alike', async () => {
    await fc.assert(
      fc.asyncProperty(item, condition, value, value, async (fields, on, x, y) => {
        const Key = { pk: newPk(), sk: text('a') };
        await put({ ...Key, ...fields });
        const given = Object.entries({ ':x': x, ':y': y }).filter(([name]) => on.includes(name));
        const values =
          given.length === 0 ? {} : { ExpressionAttributeValues: Object.fromEntries(given) };
        await put({ ...Key, seen: number(1) }, { ConditionExpression: on, ...values });
        await get(Key);
      }),
      { numRuns: 150 },
    );
  });
});
