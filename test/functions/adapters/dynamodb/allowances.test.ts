import { DynamoDBClient, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { afterEach, describe, expect, it } from 'vitest';
import { type Instant, instant } from '#domain/model/instant.ts';
import { allowances } from '#functions/adapters/dynamodb/allowances.ts';
import { fakeDynamoDb } from '#test/support/fakes/fake-dynamodb.ts';

const AT = instant(1_772_439_300_000);
const later = (seconds: number): Instant => instant(AT + seconds * 1_000);
const LIMITED = {
  pk: 'demo#ALLOWANCE#t-1',
  limits: { requestsPerMinute: 60, eventsPerMinute: 1_000 },
};
const ONE = { requests: 1, events: 1 };
const PASSES = { waitSeconds: 0, counterFailed: null };

const restored: { restore: () => void }[] = [];
afterEach(() => {
  for (const one of restored.splice(0)) one.restore();
});

/** Sandboxes over one table: each has its own client, as each has its own memory. */
const table = () => {
  const client = new DynamoDBClient();
  const db = fakeDynamoDb(client);
  restored.push(db);
  const sandbox = () => allowances(client, 'allowance');
  const counter = () => {
    const [item] = db.itemsOf('allowance');
    return {
      pk: item?.pk?.S,
      windowAt: Number(item?.windowAt?.N),
      requests: Number(item?.leasedRequests?.N),
    };
  };
  return { sandbox, counter };
};

describe('an allowance kept in a table', () => {
  it('is one counter a token, set anew each minute', async () => {
    const { sandbox, counter } = table();
    const take = sandbox();
    expect(await take(LIMITED, ONE, AT)).toEqual(PASSES);
    expect(counter()).toEqual({ pk: 'demo#ALLOWANCE#t-1', windowAt: AT, requests: 1 });
    for (let i = 0; i < 3; i += 1) await take(LIMITED, ONE, later(60));
    expect(counter()).toMatchObject({ windowAt: later(60), requests: 3 });
  });

  it('costs a token that sends little one call a minute', async () => {
    const mock = mockClient(DynamoDBClient);
    restored.push(mock);
    const Attributes = { leasedRequests: { N: '1' }, leasedEvents: { N: '17' } };
    mock.on(UpdateItemCommand).resolves({ Attributes });
    const take = allowances(new DynamoDBClient(), 'allowance');
    for (let minute = 0; minute < 10; minute += 1) await take(LIMITED, ONE, later(minute * 60));
    expect(mock.commandCalls(UpdateItemCommand)).toHaveLength(10);
  });

  it('is shared by all sandboxes', async () => {
    const { sandbox } = table();
    const all = Array.from({ length: 5 }, sandbox);
    const waits: number[] = [];
    for (let i = 0; i < 65; i += 1) {
      const taken = await all[i % 5]?.(LIMITED, { requests: 1, events: 0 }, AT);
      waits.push(taken?.waitSeconds ?? -1);
    }
    expect(waits.filter((seconds) => seconds === 0)).toHaveLength(60);
    expect(waits.at(-1)).toBe(60);
  });

  it('counts POSTs that come at once, each once', async () => {
    const { sandbox } = table();
    const take = sandbox();
    const taken = await Promise.all(Array.from({ length: 80 }, () => take(LIMITED, ONE, AT)));
    expect(taken.filter(({ waitSeconds }) => waitSeconds === 0)).toHaveLength(60);
  });

  it('outlives a counter that a wrong clock has set far ahead', async () => {
    const { sandbox, counter } = table();
    await sandbox()(LIMITED, ONE, later(86_400));
    expect(await sandbox()(LIMITED, ONE, AT)).toEqual(PASSES);
    expect(counter()).toMatchObject({ windowAt: AT, requests: 1 });
  });

  it('is taken from the next minute where another sandbox has opened that', async () => {
    const { sandbox, counter } = table();
    await sandbox()(LIMITED, ONE, later(60));
    expect(await sandbox()(LIMITED, ONE, later(59.9))).toEqual(PASSES);
    expect(counter()).toMatchObject({ windowAt: later(60), requests: 2 });
  });
});

describe('a counter that cannot be reached', () => {
  it('lets everything pass, says so, and is not asked by each POST', async () => {
    const mock = mockClient(DynamoDBClient);
    restored.push(mock);
    mock.on(UpdateItemCommand).rejects(new Error('down'));
    const take = allowances(new DynamoDBClient(), 'allowance');
    const limits = { requestsPerMinute: 6_000, eventsPerMinute: 6_000 };
    const taken = [];
    for (let i = 0; i < 100; i += 1) taken.push(await take({ ...LIMITED, limits }, ONE, AT));
    expect(taken.every(({ waitSeconds }) => waitSeconds === 0)).toBe(true);
    expect(taken.map(({ counterFailed }) => counterFailed).filter(Boolean)).toEqual(['Error']);
  });
});
