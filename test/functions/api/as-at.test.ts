import { beforeAll, describe, expect, it } from 'vitest';
import type { DeviceEvent } from '#domain/model/device-event.ts';
import { type Instant, toIso } from '#domain/model/instant.ts';
import { keptApi } from '#test/support/kept-api.ts';
import { keptWorld } from '#test/support/kept-world.ts';
import { HOME, SCHOOL } from '#test/support/supervisions.ts';
import { BETWEEN, minute, walk } from '#test/support/walks.ts';
import { DOCUMENTS } from './documents.ts';

const PATH = { wearerId: 'w-1' };
const DAY = walk([18, HOME], [6, BETWEEN], [9, SCHOOL], [22, BETWEEN], [20, HOME]);
const STAY = DAY.slice(24, 33);

type World = ReturnType<typeof keptWorld>;

const documentAt = (route: string) => {
  const found = DOCUMENTS.find((one) => one.route.includes(route));
  if (found === undefined) throw new Error(`no document at ${route}`);
  return found;
};

const evaluated = async (world: World, ...messages: readonly unknown[]) => {
  const answer = await world.newSandbox()(world.batch(...messages));
  expect(answer).toEqual({ batchItemFailures: [] });
};

/** Received as they were recorded, in fives, up to an instant. */
const live = async (world: World, events: readonly DeviceEvent[]) => {
  for (let i = 0; i < events.length; i += 5) {
    const some = events.slice(i, i + 5);
    const last = some.at(-1)?.recordedAt ?? minute(0);
    world.clock.now = last;
    await evaluated(world, world.heard(some, last));
  }
};

const put = async (world: World, route: string, body: object, now: Instant) => {
  world.clock.now = now;
  const { path } = documentAt(route);
  const { statusCode } = await world.ask(`PUT ${documentAt(route).route}`, { path, body });
  expect(statusCode).toBeLessThan(300);
  await evaluated(world, ...world.relayed());
};

const supervised = async (): Promise<World> => {
  const world = keptWorld(minute(-10));
  for (const { route, path, body } of DOCUMENTS) await world.ask(`PUT ${route}`, { path, body });
  await evaluated(world, ...world.relayed());
  return world;
};

const asAt = async (world: World, time: Instant, knownAt?: Instant) => {
  const query = {
    time: toIso(time),
    ...(knownAt === undefined ? {} : { knownAt: toIso(knownAt) }),
  };
  const answer = await world.ask('GET /v1/wearers/{wearerId}/as-at', { path: PATH, query });
  expect(answer.statusCode).toBe(200);
  return answer.json;
};

const school = { watchId: 'school' };
const watchOf = (json: { watches: { watchId: string }[] }, watchId: string) =>
  json.watches.find((watch) => watch.watchId === watchId);

describe('a day whose stay in a zone is received late, and whose order is lifted after', () => {
  let world: World;
  beforeAll(async () => {
    world = await supervised();
    await live(
      world,
      DAY.filter((event) => !STAY.includes(event)),
    );
    const late = STAY.map((event) => ({ ...event, receivedAt: minute(90) }));
    world.clock.now = minute(90);
    await evaluated(world, world.heard(late, minute(90)));
    await put(world, 'orders', documentAt('orders').changed, minute(100));
    const person = { ...documentAt('people').body, mobile: '+447700900099' };
    await put(world, 'people', person, minute(110));
    world.clock.now = minute(120);
  });

  it('shows what was so, as is known now', async () => {
    const json = await asAt(world, minute(28));
    expect(watchOf(json, 'school')).toMatchObject({ verdict: 'violated', reason: 'inside-zone' });
    expect(json.violations).toMatchObject([{ ...school, openedAt: toIso(minute(25)) }]);
    expect(json.lastFix).toMatchObject({ at: toIso(minute(28)), ageSeconds: 0, source: 'gnss' });
    expect(json.receivedLater).toMatchObject({ events: 5, lastReceivedAt: toIso(minute(90)) });
  });

  it('shows what was known of it at the time', async () => {
    const json = await asAt(world, minute(28), minute(28));
    expect(watchOf(json, 'school')).toMatchObject({ verdict: 'satisfied' });
    expect(json.violations).toEqual([]);
    expect(json.lastFix).toMatchObject({ at: toIso(minute(23)), ageSeconds: 300 });
    expect(json.receivedLater).toBeNull();
  });

  it('shows the violation ended once they had left, and the one after it', async () => {
    const { violations } = await asAt(world, minute(45));
    expect(violations).toMatchObject([{ watchId: 'home', reason: 'out-at-start' }]);
  });

  it('shows each document in the version that was in force', async () => {
    const before = await asAt(world, minute(99));
    expect(before.orders).toMatchObject([
      {
        ...{ orderId: 'o-1', version: 1, changedAt: toIso(minute(-10)) },
        responsibleOfficer: { personId: 'officer', version: 1, mobile: '+447700900001' },
        policy: { policyId: 'usual', version: 1, rotas: [{ rotaId: 'duty', onCall: ['officer'] }] },
      },
    ]);
    expect(before.wearer).toMatchObject({ version: 1, name: 'Jo Bloggs' });
    expect(before.zones).toMatchObject([{ zoneId: 'school', version: 1 }]);
    expect(before.devices).toMatchObject([{ activationId: 'a-1', deviceSerial: 'T-1' }]);
    const after = await asAt(world, minute(111));
    expect(after.orders).toMatchObject([
      { version: 2, conditions: [], responsibleOfficer: { version: 2, mobile: '+447700900099' } },
    ]);
    expect([after.watches, after.zones]).toEqual([[], []]);
  });

  it('shows the hours that were in force, and when they would change', async () => {
    const early = watchOf(await asAt(world, minute(10)), 'home');
    expect(early).toMatchObject({
      verdict: 'not-applicable',
      hours: { window: null, nextEdgeAt: '2026-06-01T18:00:00.000Z', isKnown: true },
    });
    const late = watchOf(await asAt(world, minute(60)), 'home');
    expect(late).toMatchObject({
      hours: { window: { startAt: '2026-06-01T18:00:00.000Z', endAt: '2026-06-02T06:00:00.000Z' } },
    });
  });

  it('shows nothing known of somebody before anything was on record', async () => {
    const query = { time: toIso(minute(5)), knownAt: toIso(minute(-20)) };
    const answer = await world.ask('GET /v1/wearers/{wearerId}/as-at', { path: PATH, query });
    expect(answer).toMatchObject({ statusCode: 404, json: { code: 'not-found' } });
  });
});

describe('a zone that is moved, and was so for a while already', () => {
  it('shows a violation fallen as is known now, and open as was known before', async () => {
    const world = await supervised();
    await live(world, DAY.slice(0, 32));
    const shape = { type: 'Circle', centre: HOME, radiusMetres: 200 };
    const moved = { ...documentAt('zones').body, shape, inForceAt: toIso(minute(20)) };
    await put(world, 'zones', moved, minute(40));
    const now = await asAt(world, minute(30));
    expect(now.zones).toMatchObject([
      { version: 2, changedAt: toIso(minute(40)), inForceAt: toIso(minute(20)) },
    ]);
    expect(now.violations).toEqual([]);
    const then = await asAt(world, minute(30), minute(35));
    expect(then.zones).toMatchObject([{ version: 1 }]);
    expect(then.violations).toMatchObject([school]);
  });
});

describe('a list whose zones are moved, and were so for a while already', () => {
  it('reaches everybody who is watched by it, at once and as it stands', async () => {
    const world = await supervised();
    const order = documentAt('orders').body;
    const conditions = [{ conditionId: 'school', kind: 'exclusion-zone', zoneListId: 'schools' }];
    await put(world, 'orders', { ...order, conditions }, minute(-5));
    await live(world, DAY.slice(0, 32));
    const shape = { type: 'Circle', centre: HOME, radiusMetres: 200 };
    const list = { name: 'Schools', zones: [{ name: 'School', shape }] };
    await put(world, 'zone-lists', { ...list, inForceAt: toIso(minute(20)) }, minute(40));
    const now = await asAt(world, minute(30));
    expect(now.zoneLists).toMatchObject([
      { zoneListId: 'schools', name: 'Schools', version: 2, inForceAt: toIso(minute(20)) },
    ]);
    expect([now.zones, now.violations]).toEqual([[], []]);
    const then = await asAt(world, minute(30), minute(35));
    expect(then.zoneLists).toMatchObject([{ version: 1 }]);
    expect(then.violations).toMatchObject([school]);
  });
});

describe('an instant that cannot be asked about', () => {
  it.each([
    ['none', {}, 'time'],
    ['one without an offset', { time: '2026-06-01T18:00:00' }, 'time'],
  ])('is refused: %s', async (_, query, path) => {
    const answer = await keptApi().ask('GET /v1/wearers/{wearerId}/as-at', { path: PATH, query });
    expect(answer).toMatchObject({ statusCode: 422, json: { problems: [{ path }] } });
  });

  it.each(['time', 'knownAt'])('is refused where %s is still ahead', async (name) => {
    const query = { time: toIso(minute(0)), [name]: '2040-01-01T00:00:00Z' };
    const api = keptApi({ now: minute(10) });
    const answer = await api.ask('GET /v1/wearers/{wearerId}/as-at', { path: PATH, query });
    expect(answer).toMatchObject({ statusCode: 422, json: { path: name } });
  });
});
