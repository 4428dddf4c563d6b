import {
  DeleteItemCommand,
  PutItemCommand,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { secondsAfter, toIso } from '#domain/model/instant.ts';
import { SIX_YEARS_DAYS } from '#domain/retention/data-class.ts';
import { type Item, readText, text } from '#functions/adapters/dynamodb/items.ts';
import { sealedEntryFrom } from '#functions/adapters/dynamodb/sealed-entries.ts';
import type { World } from '#test/functions/api/history-world.ts';
import {
  afterEnd,
  ENDS_AT,
  endedWorld,
  eraseAt,
  seal,
  sealAgain,
  verdictOn,
} from './erase-world.ts';

const PATH = { wearerId: 'w-1' };
const LATER = SIX_YEARS_DAYS + 365;
const CHAIN = 'demo#WEARER#w-1';
const MOBILES = ['+447700900771', '+447700900772'];

let world: World;
let bringBack: () => void;
beforeAll(async () => {
  ({ world, bringBack } = await endedWorld());
});
beforeEach(() => {
  bringBack();
  world.clock.now = secondsAfter(afterEnd(0), -86_400);
  world.clock.callsLeft = Number.POSITIVE_INFINITY;
});

const erase = (days: number, more: Parameters<typeof eraseAt>[2] = {}) =>
  eraseAt(world, afterEnd(days), more);

const put = (pk: string, sk: string, body: object, more: Item = {}) => {
  const Item = { pk: text(pk), sk: text(sk), body: text(JSON.stringify(body)), ...more };
  return world.client.send(new PutItemCommand({ TableName: 'monitoring', Item }));
};

/** Every item of a table that says anywhere who the wearer is. */
const naming = (table: string): string[] =>
  world
    .itemsOf(table)
    .filter((item) => /w-1|Bloggs|\+44770090077/.test(JSON.stringify(item)))
    .map((item) => `${readText(item, 'pk')} ${item.sk?.S ?? ''}`);

const ask = async (method: string, route: string, path: object, body: object) => {
  const { statusCode } = await world.ask(`${method} ${route}`, { path: { ...path }, body });
  expect([200, 201]).toContain(statusCode);
};

const alertOf = (): Item => {
  const found = world
    .itemsOf('monitoring')
    .find(({ pk, sk }) => sk?.S === 'ALERT' && /#ALERT#w-1/.test(pk?.S ?? ''));
  if (found === undefined) throw new Error('no alert was opened');
  return found;
};

const staysOf = async (days: number): Promise<{ name: string; because: string }[]> => {
  const { wearers } = await erase(days, { event: { dryRun: true, wearerId: 'w-1' } });
  return Object(wearers[0]).staying;
};

describe('given a wearer of whom something lies beside others', () => {
  it('erases by which numbers they could be found', async () => {
    for (const mobile of MOBILES) {
      await ask('PUT', '/v1/wearers/{wearerId}', PATH, { name: 'Jo Bloggs', mobile });
    }
    await seal(world);
    expect(naming('monitoring').filter((name) => /MOBILE/.test(name))).toHaveLength(2);
    await erase(LATER);
    expect(naming('monitoring')).toEqual([]);
  });

  it('erases how their alerts stand with liaisons, and what was called for nothing', async () => {
    const alert = alertOf();
    const alertId = readText(alert, 'pk').split('#')[2] ?? '';
    const body = JSON.parse(readText(alert, 'body'));
    const feeds = [{ liaisonId: 'kent', sequence: 1 }];
    await put(readText(alert, 'pk'), 'ALERT', { ...body, feeds });
    const incidentId = 'a'.repeat(26);
    await put(
      'demo#LIAISON_FEED#kent',
      `ALERT#${alertId}`,
      {},
      {
        ...{ incidentId: text(incidentId), status: text('Actual'), lastSequence: { N: '1' } },
        ...{ lastPosition: { N: '1' }, lastIssuedAt: text(ENDS_AT) },
      },
    );
    await put(`demo#INCIDENT#${incidentId}`, 'TRANSFER', { wearerId: 'w-1' });
    await put('demo#LIAISON#kent', `OUTBOX#USED_UP#${alertId}`, { wearerId: 'w-1' });
    await erase(LATER);
    expect(naming('monitoring')).toEqual([]);
    expect(world.itemsOf('monitoring').filter(({ pk }) => /INCIDENT/.test(pk?.S ?? ''))).toEqual(
      [],
    );
  });

  it('erases pauses of their alerts, and no others', async () => {
    const pause = (pauseId: string, scope: object) => {
      const [startsAt, endsAt] = [toIso(world.clock.now), toIso(secondsAfter(world.clock.now, 60))];
      const body = { scope, startsAt, endsAt, reason: 'a move', by: 'officer' };
      return ask('PUT', '/v1/pauses/{pauseId}', { pauseId }, body);
    };
    await pause('theirs', { kind: 'wearer', wearerId: 'w-1' });
    await pause('all', { kind: 'agency' });
    await erase(LATER);
    expect(naming('monitoring')).toEqual([]);
    const left = world.itemsOf('monitoring').filter(({ pk }) => pk?.S === 'demo#PAUSES');
    expect(left.map(({ sk }) => sk?.S)).toEqual(['PAUSE#all', 'VERSION#PAUSE#all#00000001']);
  });

  it('erases objects below their name that nothing names', async () => {
    const file = { body: new Uint8Array(), etag: '"1"' };
    const key = `demo/w-1/imported/${'0'.repeat(64)}.ndjson.gz`;
    world.bucket.set(key, file);
    world.bucket.set('demo/w-11/2026-06-01.ndjson.gz', file);
    const { wearers } = await erase(LATER, { event: { dryRun: true, wearerId: 'w-1' } });
    expect(Object(wearers[0]).names).toContain(key);
    await erase(LATER);
    expect([...world.bucket.keys()]).toEqual(['demo/w-11/2026-06-01.ndjson.gz']);
    expect(naming('monitoring')).toEqual([]);
  });

  it('leaves of the record names and reasons, and no salt', async () => {
    await erase(LATER);
    const left = world.itemsOf('record').filter(({ pk }) => /w-1/.test(pk?.S ?? ''));
    expect(left.length).toBeGreaterThan(10);
    const {
      SEALED = [],
      ERASED = [],
      ...others
    } = Object.groupBy(left, ({ pk, sk }) => {
      if (/#SEALED#/.test(pk?.S ?? '')) return 'SEALED';
      return /#ERASED#/.test(sk?.S ?? '') ? 'ERASED' : 'ELSE';
    });
    expect(others).toEqual({});
    expect(ERASED.length).toBeGreaterThan(2);
    expect(new Set(SEALED.flatMap((item) => Object.keys(item)))).toEqual(
      new Set(['pk', 'sk', 'position']),
    );
    for (const table of ['monitoring', 'trail', 'state']) expect(naming(table)).toEqual([]);
  });
});

describe('given that the stream brings an entry again when it is erased', () => {
  it('is not sealed a second time, and its chain verifies', async () => {
    const isEntry = (item: Item) => item.pk?.S === CHAIN;
    const entries = world.itemsOf('record').filter(isEntry).map(sealedEntryFrom);
    const links = verdictOn(world, CHAIN).entries;
    await erase(LATER);
    await seal(world);
    const erased = verdictOn(world, CHAIN);
    expect(await sealAgain(world, CHAIN, entries)).toBe(0);
    expect(verdictOn(world, CHAIN)).toEqual(erased);
    expect(erased).toMatchObject({ problems: 0, erased: links });
  });
});

describe('given that it is killed between any two calls near the end', () => {
  it('leaves nothing that nobody finds again', async () => {
    world.clock.callsLeft = 100_000;
    await erase(LATER);
    const calls = 100_000 - world.clock.callsLeft;
    for (let most = Math.max(1, calls - 30); most < calls; most += 1) {
      bringBack();
      world.clock.callsLeft = most;
      await erase(LATER);
      world.clock.callsLeft = Number.POSITIVE_INFINITY;
      await erase(LATER + 10);
      expect([most, naming('monitoring')]).toEqual([most, []]);
    }
  });

  it('erases what came when their document had gone, and forgets them then', async () => {
    const key = { pk: text(CHAIN), sk: text('WEARER') };
    await world.client.send(new DeleteItemCommand({ TableName: 'monitoring', Key: key }));
    await erase(LATER + 10);
    expect(naming('monitoring')).toEqual([]);
  });

  it('looks at nobody who never was on the list', async () => {
    expect(await erase(LATER, { event: { wearerId: 'w-9' } })).toMatchObject({ looked: 0 });
  });
});

describe('given what came on record long after the order', () => {
  const late = afterEnd(LATER - 10);

  it.each([
    ['REPORT#r-1', { asked: { askedAt: late } }],
    ['TASK#t-1', { openedAt: 1, ended: { at: late } }],
    ['OUTBOX#NUDGE#w-1.home.1', { createdAt: late }],
    ['UNREAD_MESSAGES', { lastReceivedAt: late }],
  ])('keeps %s for its own time', async (sk, body) => {
    await put(CHAIN, sk, body);
    expect(await staysOf(LATER)).toContainEqual(
      expect.objectContaining({ name: sk, because: 'too-early' }),
    );
  });

  it('keeps an alert that was closed late, and where a note stands among others', async () => {
    const alert = alertOf();
    const body = JSON.parse(readText(alert, 'body'));
    const changed = { ...body.changed, at: late };
    await put(readText(alert, 'pk'), 'ALERT', { ...body, changed });
    await put(CHAIN, 'WRITTEN_NOTE#n-1', {}, { changedAt: { N: String(late) } });
    await put(CHAIN, 'WRITTEN_NOTE_AT#2026-06-01T00:00:00.000Z#n-1', {});
    const stay = (await staysOf(LATER)).map(({ name }) => name);
    expect(stay).toHaveLength(3);
    expect(stay.join(' ')).toMatch(/VIOLATION#.*WRITTEN_NOTE#n-1 WRITTEN_NOTE_AT#/);
  });

  it('says of an entry that is not sealed that this is why it stays', async () => {
    const pk = text('demo#SEALED#WEARER#w-1');
    const one = world.itemsOf('record').find((item) => item.pk?.S === pk.S);
    const Key = { pk, sk: text(readText(one ?? {}, 'sk')) };
    await world.client.send(new DeleteItemCommand({ TableName: 'record', Key }));
    const own = await staysOf(LATER);
    expect(own).toContainEqual(expect.objectContaining({ name: Key.sk.S, because: 'not-sealed' }));
  });
});

describe('given a hold that is put while objects go', () => {
  it('stops between a few of them, and says which are gone', async () => {
    const file = { body: new Uint8Array(), etag: '"1"' };
    const days = Array.from({ length: 28 }, (_, i) => `2026-05-${String(i + 1).padStart(2, '0')}`);
    for (const day of days) world.bucket.set(`demo/w-1/${day}.ndjson.gz`, file);
    const all = world.bucket.size;
    const holding: Promise<number>[] = [];
    const fails = (): void => {
      if (holding.length > 0) return;
      const path = { ...PATH, holdId: 'h-1' };
      const body = { reason: 'a claim', by: 'officer' };
      const answered = ask('PUT', '/v1/wearers/{wearerId}/holds/{holdId}', path, body);
      holding.push(answered.then(() => world.bucket.size));
    };
    expect(await erase(LATER, { fails })).toMatchObject({ failures: 0, left: 1 });
    const [standing = 0] = await Promise.all(holding);
    const left = world.bucket.size;
    expect(left).toBeGreaterThan(0);
    expect(standing - left).toBeLessThanOrEqual(6);
    const gone = world
      .itemsOf('record')
      .filter(({ type }) => type?.S === 'erased')
      .flatMap((item) => JSON.parse(readText(item, 'body')).items ?? []);
    expect(gone).toHaveLength(all - left);
    expect(naming('monitoring').filter((name) => /ERASING/.test(name))).toEqual([]);
  });
});

describe('given something that comes while erasing runs', () => {
  const ORDER = '/v1/wearers/{wearerId}/orders/{orderId}';

  /** Before the nth transaction of erasing somebody else does something. */
  const erasingUntil = async (nth: number, does: () => Promise<unknown>) => {
    const send = world.client.send.bind(world.client);
    let transactions = 0;
    Object.assign(world.client, {
      send: async (command: Parameters<typeof send>[0]) => {
        if (command instanceof TransactWriteItemsCommand) transactions += 1;
        if (transactions === nth) {
          Object.assign(world.client, { send });
          await does();
        }
        return send(command);
      },
    });
    const report = await erase(LATER);
    Object.assign(world.client, { send });
    return report;
  };

  const order = async () => {
    const path = { ...PATH, orderId: 'o-1' };
    const { document } = (await world.ask(`GET ${ORDER}`, { path })).json;
    return ask('PUT', ORDER, path, { ...document, endsAt: null });
  };

  it.each([2, 3, 4, 5, 6, 7])(
    'stops for an order that is put before transaction %i',
    async (nth) => {
      const report = await erasingUntil(nth, order);
      expect(report).toMatchObject({ failures: 0, left: 1 });
      expect(naming('monitoring')).toEqual(
        expect.arrayContaining([`${CHAIN} WEARER`, `${CHAIN} ORDER#o-1`, 'demo#WEARERS w-1']),
      );
      const { wearers } = await erase(LATER, { event: { dryRun: true } });
      expect(wearers).toEqual([expect.objectContaining({ standing: ['order-open'] })]);
    },
  );

  it('keeps what is put of them at the last moment, and them with it', async () => {
    const note = () => put(CHAIN, 'WRITTEN_NOTE#n-1', {}, { changedAt: { N: '2000000000000' } });
    await erasingUntil(5, note);
    expect(naming('monitoring')).toEqual(
      expect.arrayContaining([`${CHAIN} WEARER`, `${CHAIN} WRITTEN_NOTE#n-1`]),
    );
  });
});
