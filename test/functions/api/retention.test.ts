import { beforeEach, describe, expect, it } from 'vitest';
import { DAY_SECONDS, secondsAfter, toIso } from '#domain/model/instant.ts';
import { wearerPk } from '#functions/adapters/dynamodb/keys.ts';
import { WEARER } from '#test/support/supervisions.ts';
import { minute } from '#test/support/walks.ts';
import { orderedWorld, type World } from './history-world.ts';

const PATH = { wearerId: 'w-1' };
const POLICY = {
  legalBasis: 'our own rules',
  days: { trail: 730 },
  byOrderType: { bail: { trail: 365 } },
};
const HOLD = { reason: 'a claim of the wearer', by: 'officer' };

let world: World;
beforeEach(async () => {
  world = await orderedWorld();
});

const put = (route: string, body: object, path: Record<string, string> = {}) =>
  world.ask(`PUT /v1/${route}`, { path, body });
const get = (route: string, path: Record<string, string> = {}) =>
  world.ask(`GET /v1/${route}`, { path });

const hold = (holdId: string, body: object = HOLD) =>
  put('wearers/{wearerId}/holds/{holdId}', body, { ...PATH, holdId });
const retention = async () => (await get('wearers/{wearerId}/retention', PATH)).json;
const onRecord = () =>
  world
    .itemsOf(world.tables.record)
    .filter(({ pk, sk }) => pk?.S === wearerPk(WEARER) && /#HOLD#/.test(sk?.S ?? ''))
    .map(({ type, body }) => [type?.S, JSON.parse(body?.S ?? '{}').reason]);

const endOrder = async (endsAt: string): Promise<void> => {
  const route = 'wearers/{wearerId}/orders/{orderId}';
  const path = { ...PATH, orderId: 'o-1' };
  const { document } = (await get(route, path)).json;
  const { statusCode } = await put(route, { ...document, endsAt }, path);
  expect(statusCode).toBe(200);
};

describe('the retention policy', () => {
  it('is the usual one until an agency puts its own, and says on what it rests', async () => {
    const { json } = await get('retention-policy');
    expect(json).toMatchObject({ version: 0, changedAt: null });
    expect(json.classes[0]).toMatchObject({
      ...{ dataClass: 'trail', days: 2_192, usualDays: 2_192, leastDays: 28, mostDays: 36_525 },
      source: expect.stringMatching(/six years/),
    });
  });

  it('is versioned, and says what differs', async () => {
    expect((await put('retention-policy', POLICY)).json).toMatchObject({ version: 1 });
    const { json } = await get('retention-policy');
    expect(json.document).toMatchObject(POLICY);
    expect(json.classes[0]).toMatchObject({ days: 730, usualDays: 2_192 });
  });

  it('is refused where it lets a log go before its audit', async () => {
    const { statusCode, json } = await put('retention-policy', {
      ...{ legalBasis: 'x', days: { readings: 30 } },
    });
    expect([statusCode, json.problems[0].path]).toEqual([422, 'days.readings']);
  });
});

describe("what becomes of a wearer's data", () => {
  it('stands as long as an order does, and says which', async () => {
    expect(await retention()).toMatchObject({
      ...{ nextAt: null, standing: [{ kind: 'order-open', orderId: 'o-1' }] },
    });
  });

  it('goes by the end of the order, class by class', async () => {
    await endOrder('2026-06-10T00:00:00Z');
    world.clock.now = minute(60 * 24 * 40);
    const endsAt = Date.parse('2026-06-10T00:00:00Z');
    const { standing, classes, nextAt } = await retention();
    expect(standing).toEqual([]);
    const trail = classes.find((one: { dataClass: string }) => one.dataClass === 'trail');
    const mayGoAt = new Date(endsAt + 2_192 * DAY_SECONDS * 1000).toISOString();
    expect(trail).toMatchObject({ governedBy: 'o-1', mayGoAt });
    expect(nextAt).toBe(mayGoAt);
  });

  it('is not known of somebody who is not on record', async () => {
    const { statusCode } = await get('wearers/{wearerId}/retention', { wearerId: 'w-9' });
    expect(statusCode).toBe(404);
  });
});

describe('a legal hold', () => {
  it('stops all erasing of the wearer, on record, and is read again', async () => {
    expect((await hold('h-1')).statusCode).toBe(201);
    expect((await retention()).standing[0]).toEqual({ kind: 'under-hold', holdIds: ['h-1'] });
    const read = await get('wearers/{wearerId}/holds/{holdId}', { ...PATH, holdId: 'h-1' });
    expect(read.json.document).toMatchObject({ ...HOLD, fromAt: toIso(minute(-10)) });
    expect(onRecord()).toEqual([['hold-put', HOLD.reason]]);
  });

  it('is put once, however often it is sent', async () => {
    await hold('h-1');
    world.clock.now = secondsAfter(world.clock.now, 60);
    expect((await hold('h-1')).json).toMatchObject({ version: 1, changed: false });
    expect(onRecord()).toHaveLength(1);
  });

  it('ends by its release, and another one stands', async () => {
    await hold('h-1');
    await hold('h-2', { ...HOLD, reason: 'a complaint' });
    world.clock.now = secondsAfter(world.clock.now, 60);
    const released = { by: 'officer', reason: 'withdrawn' };
    expect((await hold('h-1', { ...HOLD, released })).statusCode).toBe(200);
    expect((await retention()).standing[0]).toEqual({ kind: 'under-hold', holdIds: ['h-2'] });
    expect(onRecord().map(([type]) => type)).toEqual(['hold-put', 'hold-put', 'hold-released']);
    expect((await hold('h-1')).statusCode).toBe(409);
    expect((await hold('h-1', { ...HOLD, released })).json).toMatchObject({ changed: false });
  });

  it.each([
    ['without a reason', { by: 'officer' }, 'reason'],
    ['by somebody who is not on record', { ...HOLD, by: 'nobody' }, 'by'],
  ])('is refused %s', async (_, body, path) => {
    const { statusCode, json } = await hold('h-1', body);
    expect([statusCode, json.problems[0].path]).toEqual([422, path]);
    expect(onRecord()).toEqual([]);
  });

  it('is not released before it was put', async () => {
    const released = { by: 'officer', reason: 'withdrawn' };
    expect((await hold('h-1', { ...HOLD, released })).statusCode).toBe(409);
  });

  it('is put on nobody who is not on record', async () => {
    const path = { wearerId: 'w-9', holdId: 'h-1' };
    expect((await put('wearers/{wearerId}/holds/{holdId}', HOLD, path)).statusCode).toBe(404);
  });
});
