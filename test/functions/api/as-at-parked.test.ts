import { beforeAll, describe, expect, it } from 'vitest';
import { MissingDocument } from '#domain/evaluate/sources.ts';
import { type Instant, toIso } from '#domain/model/instant.ts';
import { NOTHING_FAILED } from '#test/support/batches.ts';
import { keptApi } from '#test/support/kept-api.ts';
import { keptWorld } from '#test/support/kept-world.ts';
import { HOME, SCHOOL, WEARER } from '#test/support/supervisions.ts';
import { BETWEEN, minute, walk } from '#test/support/walks.ts';
import { DOCUMENTS } from './documents.ts';

const DAY = walk([18, HOME], [6, BETWEEN], [9, SCHOOL], [22, BETWEEN], [20, HOME]);
const unreadable = () => Promise.reject(new MissingDocument('zone', 'school'));
const BROKEN = { supervisions: unreadable, loadTimeline: unreadable };

type World = ReturnType<typeof keptWorld>;

const asAt = async ({ ask }: World, time: Instant, knownAt?: Instant) => {
  const known = knownAt === undefined ? {} : { knownAt: toIso(knownAt) };
  const query = { time: toIso(time), ...known };
  const path = { wearerId: 'w-1' };
  const { statusCode, json } = await ask('GET /v1/wearers/{wearerId}/as-at', { path, query });
  expect(statusCode).toBe(200);
  return json;
};

const said = ({ watches }: { watches: { verdict: string; reason: string }[] }) =>
  new Set(watches.map(({ verdict, reason }) => `${verdict} ${reason}`));

/** Evaluated to the 17th minute, and parked in the 33rd by what was to be folded then. */
const parked = async (): Promise<World> => {
  const world = keptWorld(minute(-10));
  const tell = async (sandbox: ReturnType<World['newSandbox']>, ...messages: unknown[]) =>
    expect(await sandbox(world.batch(...messages))).toEqual(NOTHING_FAILED);
  for (const { route, path, body } of DOCUMENTS) await world.ask(`PUT ${route}`, { path, body });
  await tell(world.newSandbox(), ...world.relayed());
  world.clock.now = minute(17);
  await tell(world.newSandbox(), world.heard(DAY.slice(0, 18), minute(17)));
  world.clock.now = minute(33);
  await tell(world.newSandbox(BROKEN), world.heard(DAY.slice(18, 34), minute(33)));
  world.clock.now = minute(60);
  return world;
};

const unparked = async (): Promise<World> => {
  const world = await parked();
  world.clock.now = minute(90);
  const unpark = { kind: 'unpark', ...WEARER, askedAt: minute(90) };
  expect(await world.newSandbox()(world.batch(unpark))).toEqual(NOTHING_FAILED);
  world.clock.now = minute(120);
  return world;
};

describe('given a wearer who is parked, with a stay in a zone among what was kept', () => {
  const stretch = { from: toIso(minute(33)), until: null, evaluatedUntil: toIso(minute(17)) };

  it('says that nobody knows what was so since they were evaluated last', async () => {
    const world = await parked();
    for (const time of [18, 28, 45].map(minute)) {
      const json = await asAt(world, time);
      expect(said(json)).toEqual(new Set(['undetermined parked']));
      expect(json).toMatchObject({ violations: [], parked: stretch });
      expect(json.lastFix).toMatchObject({ at: toIso(minute(17)) });
      expect(json.orders).toMatchObject([{ orderId: 'o-1' }]);
    }
  });

  it('says what was evaluated before', async () => {
    const json = await asAt(await parked(), minute(10));
    expect(said(json).has('satisfied clear-of-zone')).toBe(true);
    expect(json.parked).toBeNull();
  });

  it('knows nothing of somebody who was parked before anything was evaluated', async () => {
    const world = keptWorld(minute(-10));
    for (const { route, path, body } of DOCUMENTS) await world.ask(`PUT ${route}`, { path, body });
    world.clock.now = minute(0);
    await world.newSandbox(BROKEN)(world.batch(world.heard(DAY.slice(0, 1), minute(0))));
    const json = await asAt(world, minute(0));
    expect(said(json)).toEqual(new Set(['undetermined parked']));
    expect(json).toMatchObject({
      ...{ violations: [], lastFix: null },
      parked: { from: toIso(minute(0)), until: null, evaluatedUntil: null },
    });
  });
});

describe('given a wearer who is parked, asked for as they are now', () => {
  it('claims nothing, and says since when', async () => {
    const world = await parked();
    const path = { wearerId: 'w-1' };
    const { json } = await world.ask('GET /v1/wearers/{wearerId}/state', { path });
    expect(said(json)).toEqual(new Set(['undetermined parked']));
    expect(json).toMatchObject({ parkedAt: toIso(minute(33)), violations: [] });
  });

  it('is told to be unreadable, where what is on record of them is', async () => {
    const { ask, lines } = keptApi({ deps: { loadState: unreadable } });
    const path = { wearerId: 'w-1' };
    const answer = await ask('GET /v1/wearers/{wearerId}/state', { path });
    expect(answer).toMatchObject({ statusCode: 409, json: { code: 'record-unreadable' } });
    const route = 'GET /v1/wearers/{wearerId}/state';
    expect(lines).toMatchObject([
      { level: 'error', message: 'record cannot be read', fields: { route, ids: 'wearerId=w-1' } },
    ]);
  });
});

describe('given a wearer who was parked, and was unparked since', () => {
  let world: World;
  beforeAll(async () => {
    world = await unparked();
  });
  const school = expect.objectContaining({ watchId: 'school', reason: 'inside-zone' });

  it('shows what was so, as is known now', async () => {
    const json = await asAt(world, minute(28));
    expect(json).toMatchObject({ violations: [school], parked: null });
  });

  it('says that they were parked at an instant of it', async () => {
    const stretch = { from: toIso(minute(33)), until: toIso(minute(90)) };
    expect((await asAt(world, minute(40))).parked).toMatchObject(stretch);
    expect((await asAt(world, minute(90))).parked).toBeNull();
  });

  it('claims nothing that nobody knew then', async () => {
    const json = await asAt(world, minute(28), minute(50));
    expect(said(json)).toEqual(new Set(['undetermined parked']));
    expect(json).toMatchObject({ violations: [], parked: { until: null } });
  });
});
