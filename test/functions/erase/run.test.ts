import {
  DeleteItemCommand,
  PutItemCommand,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { SIX_YEARS_DAYS } from '#domain/retention/data-class.ts';
import { type Item, readText, text } from '#functions/adapters/dynamodb/items.ts';
import type { World } from '#test/functions/api/history-world.ts';
import { afterEnd, endedWorld, eraseAt, seal, verdictOn } from './erase-world.ts';

const PATH = { wearerId: 'w-1' };
const HOLD = { reason: 'a claim', by: 'officer' };
const LATER = SIX_YEARS_DAYS + 365;

let world: World;
let bringBack: () => void;
beforeAll(async () => {
  ({ world, bringBack } = await endedWorld());
});
beforeEach(() => {
  bringBack();
});

const erase = (days: number, more: Parameters<typeof eraseAt>[2] = {}) =>
  eraseAt(world, afterEnd(days), more);

const namesIn = (table: string, of: RegExp = /w-1/): string[] =>
  world
    .itemsOf(table)
    .map((item: Item) => `${readText(item, 'pk')} ${item.sk?.S ?? ''}`)
    .filter((name) => of.test(name));

const erasedEntries = () =>
  world
    .itemsOf('record')
    .filter(({ type }) => type?.S === 'erased')
    .map((item) => JSON.parse(readText(item, 'body')));

const everything = () => ({
  monitoring: namesIn('monitoring'),
  record: namesIn('record'),
  trail: namesIn('trail'),
  objects: [...world.bucket.keys()],
});

const hold = (holdId = 'h-1', body: object = HOLD) =>
  world.ask('PUT /v1/wearers/{wearerId}/holds/{holdId}', { path: { ...PATH, holdId }, body });

describe('given a wearer whose order ended', () => {
  it('erases nothing before the time', async () => {
    const before = everything();
    expect(before.record.length).toBeGreaterThan(10);
    expect(before.objects.length).toBeGreaterThan(0);
    expect(await erase(SIX_YEARS_DAYS - 1)).toMatchObject({ looked: 1, erased: 0, failures: 0 });
    expect(everything()).toEqual(before);
  });

  it('erases everything in the end, and says on record what it was', async () => {
    const { record } = everything();
    const { failures, left } = await erase(LATER);
    expect([failures, left]).toEqual([0, 0]);
    const after = everything();
    expect(after.objects).toEqual([]);
    expect(after.trail).toEqual([]);
    expect(after.monitoring).toEqual([]);
    expect(after.record.every((name) => /#(ERASED|SEALED)#/.test(name))).toBe(true);
    const gone = erasedEntries().flatMap(({ names = [] }) => names);
    const entries = record.filter((name) => !/#SEALED#/.test(name));
    for (const name of entries) expect(gone).toContain(name.split(' ')[1]);
    expect(world.itemsOf('state')).toEqual([]);
    expect(erasedEntries()[0]).toMatchObject({
      ...{ by: 'retention policy 0', reason: expect.stringMatching(/^2,192 days after order o-1/) },
    });
  });

  it.each(['WEARER', 'READINGS'])('leaves a chain of kind %s that verifies', async (kind) => {
    const chain = `demo#${kind}#w-1`;
    const before = verdictOn(world, chain);
    expect(before).toMatchObject({ problems: 0, erased: 0 });
    expect(before.entries).toBeGreaterThan(0);
    await erase(LATER);
    await seal(world);
    const { problems, erased, entries, first } = verdictOn(world, chain);
    expect(first).toBeNull();
    expect([problems, erased]).toEqual([0, before.entries]);
    expect(entries).toBeGreaterThan(before.entries);
  });

  it('leaves what others need: zones, timetables, people, policies', async () => {
    const shared = (of: RegExp) => namesIn('monitoring', of);
    const before = shared(/#(ZONE|TIMETABLE|PERSON|POLICY|ROTA)#.* CURRENT/);
    expect(before.length).toBeGreaterThan(4);
    await erase(LATER);
    expect(shared(/#(ZONE|TIMETABLE|PERSON|POLICY|ROTA)#.* CURRENT/)).toEqual(before);
    expect(shared(/USED_BY#w-1/)).toEqual([]);
  });

  it('forgets the wearer: nobody looks at them again', async () => {
    await erase(LATER);
    expect(await erase(LATER + 1)).toMatchObject({ looked: 0, erased: 0 });
  });

  it('keeps an entry that is not sealed yet, and with it the wearer', async () => {
    const isSealed = (item: Item) => readText(item, 'pk') === 'demo#SEALED#WEARER#w-1';
    const [one] = world.itemsOf('record').filter(isSealed);
    if (one === undefined) throw new Error('nothing is sealed');
    const TableName = 'record';
    const Key = { pk: text(readText(one, 'pk')), sk: text(readText(one, 'sk')) };
    await world.client.send(new DeleteItemCommand({ TableName, Key }));
    await erase(LATER);
    const left = everything();
    expect(left.record.filter((name) => !/#(ERASED|SEALED)#/.test(name))).toHaveLength(1);
    expect(left.monitoring).toContain('demo#WEARER#w-1 WEARER');
    await seal(world);
    await erase(LATER + 30);
    expect(everything().monitoring).toEqual([]);
  });
});

describe('given a legal hold', () => {
  it('erases nothing of its wearer, however old', async () => {
    expect((await hold()).statusCode).toBe(201);
    await seal(world);
    const before = everything();
    expect(await erase(LATER)).toMatchObject({ erased: 0, failures: 0 });
    expect(everything()).toEqual(before);
  });

  it('goes on once it has been released', async () => {
    await hold();
    await hold('h-1', { ...HOLD, released: { by: 'officer', reason: 'settled' } });
    await seal(world);
    await erase(LATER);
    expect(everything().objects).toEqual([]);
  });

  it.each([2, 3, 4, 5])('stops an erasing that has made %i transactions', async (most) => {
    const send = world.client.send.bind(world.client);
    const standing: ReturnType<typeof everything>[] = [];
    let transactions = 0;
    Object.assign(world.client, {
      send: async (command: Parameters<typeof send>[0]) => {
        if (command instanceof TransactWriteItemsCommand) transactions += 1;
        if (transactions === most && standing.length === 0) {
          Object.assign(world.client, { send });
          expect((await hold()).statusCode).toBe(201);
          standing.push(everything());
        }
        return send(command);
      },
    });
    expect(await erase(LATER)).toMatchObject({ left: 1, failures: 0 });
    const [stood] = standing;
    if (stood === undefined) throw new Error('nobody put a hold');
    const { monitoring, record, trail, objects } = everything();
    expect(monitoring).toEqual(stood.monitoring.filter((name) => !/ERASING/.test(name)));
    expect(record).toEqual(expect.arrayContaining(stood.record));
    expect([trail, objects]).toEqual([stood.trail, stood.objects]);
  });
});

describe('given that it is killed anywhere', () => {
  it('goes on where it was, and each thing is on record as erased once', async () => {
    await erase(LATER);
    const whole = goneNames().sort();
    let calls = 0;
    for (let most = 1; calls < 400; most += 7) {
      bringBack();
      calls = most;
      world.clock.callsLeft = most;
      await erase(LATER).catch(() => null);
      const isThrough = world.clock.callsLeft > 0;
      world.clock.callsLeft = Number.POSITIVE_INFINITY;
      await erase(LATER + 1);
      await erase(LATER + 2);
      expect(everything().monitoring).toEqual([]);
      expect(everything().objects).toEqual([]);
      const names = goneNames();
      expect(names.sort()).toEqual(whole);
      if (isThrough) break;
    }
    expect(calls).toBeGreaterThan(20);
  });
});

const goneNames = (): string[] =>
  erasedEntries().flatMap(({ names = [], items = [] }) => [...names, ...items]);

describe('a dry run', () => {
  it('says what would go, and erases nothing', async () => {
    const before = everything();
    const { wearers } = await erase(LATER, { event: { dryRun: true, wearerId: 'w-1' } });
    expect(wearers).toEqual([
      expect.objectContaining({
        ...{ wearerId: 'w-1', standing: [], stays: 0, unknown: [] },
        goes: expect.objectContaining({ trail: expect.any(Number), wearer: expect.any(Number) }),
        names: expect.arrayContaining(['WEARER', 'ORDER#o-1']),
      }),
    ]);
    expect(everything()).toEqual(before);
  });

  it('says of whom nothing goes why', async () => {
    await hold();
    const { wearers } = await erase(LATER, { event: { dryRun: true } });
    expect(wearers).toEqual([
      expect.objectContaining({ wearerId: 'w-1', standing: ['under-hold'], goes: {} }),
    ]);
  });
});

describe('given that something still goes on', () => {
  it('erases nothing while an alert is open', async () => {
    const alert = world
      .itemsOf('monitoring')
      .find((item) => item.sk?.S === 'ALERT' && /#ALERT#w-1/.test(item.pk?.S ?? ''));
    const body = JSON.parse(readText(alert ?? {}, 'body'));
    const Item = { ...alert, body: text(JSON.stringify({ ...body, status: 'open' })) };
    await world.client.send(new PutItemCommand({ TableName: 'monitoring', Item }));
    const before = everything();
    const { wearers } = await erase(LATER, { event: { dryRun: true } });
    expect(wearers).toEqual([expect.objectContaining({ standing: ['alert-open'] })]);
    await erase(LATER);
    expect(everything()).toEqual(before);
  });

  it('leaves what it does not know, and whoever it belongs to', async () => {
    const Item = { pk: text('demo#WEARER#w-1'), sk: text('SOMETHING#new') };
    await world.client.send(new PutItemCommand({ TableName: 'monitoring', Item }));
    await erase(LATER);
    expect(everything().monitoring).toContain('demo#WEARER#w-1 SOMETHING#new');
    expect(everything().monitoring).toContain('demo#WEARER#w-1 WEARER');
    expect(world.measured).toContainEqual(['eraseUnknown', 1]);
  });
});

describe('given little time', () => {
  it('stops, and the next run goes on', async () => {
    expect((await erase(LATER, { mayAsk: 3 })).left).toBe(1);
    expect(everything().monitoring).toContain('demo#WEARER#w-1 WEARER');
    await erase(LATER + 1);
    expect(everything().monitoring).toEqual([]);
  });
});

describe('given a report that was made of the wearer', () => {
  it('erases its three files before what says that it was made', async () => {
    const sk = 'REPORT#r-1';
    const Item = { pk: text('demo#WEARER#w-1'), sk: text(sk), body: text('{}') };
    await world.client.send(new PutItemCommand({ TableName: 'monitoring', Item }));
    const file = { body: new Uint8Array(), etag: '"1"' };
    const names = ['pdf', 'html', 'json'].map((format) => `demo/w-1/r-1.${format}`);
    const reports = new Map(names.map((name) => [name, file]));
    await erase(LATER, { reports });
    expect([...reports.keys()]).toEqual([]);
    expect(goneNames()).toEqual(expect.arrayContaining([...names, sk]));
    expect(everything().monitoring).toEqual([]);
  });
});
