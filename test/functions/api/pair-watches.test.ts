import { beforeAll, describe, expect, it } from 'vitest';
import type { DeviceEvent } from '#domain/model/device-event.ts';
import { toIso } from '#domain/model/instant.ts';
import { keptWorld } from '#test/support/kept-world.ts';
import { NOTHING_STANDING, ORDER_BODY } from '#test/support/orders.ts';
import { KEEP_AWAY, OTHER, otherAt, wearerAt } from '#test/support/pairs.ts';
import { minute } from '#test/support/walks.ts';
import { DOCUMENTS } from './documents.ts';

type World = ReturnType<typeof keptWorld>;

const W = { wearerId: 'w-1' };
const P = { wearerId: OTHER };
const WORN = { headEndId: 'head-end', startsAt: '2026-01-01T00:00:00Z' };
const PEOPLE = DOCUMENTS.filter(({ route }) => /people|rotas|policies/.test(route));
const AT_WEARER = '/v1/wearers/{wearerId}';
const OF_TWO = [
  ...PEOPLE,
  { route: AT_WEARER, path: W, body: { name: 'John Carter' } },
  { route: AT_WEARER, path: P, body: { kind: 'protected-person', name: 'Jane Doe' } },
  {
    route: `${AT_WEARER}/activations/{activationId}`,
    path: { ...W, activationId: 'a-1' },
    body: { ...WORN, deviceSerial: 'T-1' },
  },
  {
    route: `${AT_WEARER}/activations/{activationId}`,
    path: { ...P, activationId: 'a-2' },
    body: { ...WORN, deviceSerial: 'T-2' },
  },
  {
    route: `${AT_WEARER}/orders/{orderId}`,
    path: { ...W, orderId: 'o-1' },
    body: { ...ORDER_BODY, ...NOTHING_STANDING, conditions: [KEEP_AWAY] },
  },
];

/** Where the protected person is: 53.33321 degrees north is nowhere else here. */
const HIDING = { lat: 53.333_21, lon: -1.777_31 };
const beside = (metres: number) => ({ ...HIDING, lat: HIDING.lat + metres / 111_250 });

/** A wearer 300 m from whom they must keep away from, for ten minutes; then 3 km. */
const lived = async (): Promise<World> => {
  const world = keptWorld(minute(-10));
  for (const { route, path, body } of OF_TWO) {
    const { statusCode } = await world.ask(`PUT ${route}`, { path, body });
    expect(statusCode).toBe(201);
  }
  const told: unknown[] = [];
  const handle = world.newSandbox({
    toPairs: {
      loadLeashes: async (pairs) => pairs.map(() => ({})),
      events: { sendAll: async (messages) => void told.push(...messages) },
    },
  });
  const tell = async (who: object, event: DeviceEvent) => {
    world.clock.now = event.recordedAt;
    await handle(world.batch({ ...world.heard([event], event.recordedAt), ...who }));
    for (const message of told.splice(0)) await handle(world.batch(message));
  };
  for (let n = 0; n < 20; n += 1) {
    await tell(P, otherAt(minute(n), 0, HIDING));
    await tell(W, wearerAt(minute(n + 0.5), 0, beside(n < 10 ? 300 : 3_000)));
  }
  return world;
};

const asAt = (world: World, n: number) =>
  world.ask('GET /v1/wearers/{wearerId}/as-at', {
    path: W,
    query: { time: toIso(minute(n)) },
  });
const verdictOf = (json: { watches: { watchId: string }[] }, watchId: string) =>
  json.watches.find((watch) => watch.watchId === watchId);

describe('given a wearer who was near a protected person, and is no more', () => {
  let world: World;
  beforeAll(async () => {
    world = await lived();
  });

  it('shows what their pair watches of them, and what it found, as it is now', async () => {
    const { statusCode, json } = await world.ask('GET /v1/wearers/{wearerId}/state', { path: W });
    expect(statusCode).toBe(200);
    expect(verdictOf(json, 'w-1.keep-away')).toMatchObject({
      ...{ rule: 'victim-proximity', verdict: 'satisfied', reason: 'far-apart', orderId: 'o-1' },
    });
    expect(json.violations).toMatchObject([
      { watchId: 'w-1.keep-away', reason: 'near-protected-person' },
      { watchId: 'w-1.keep-away.approach', reason: 'approaching-protected-person' },
    ]);
    expect(json.violations.every((one: { endedAt: string }) => one.endedAt !== null)).toBe(true);
  });

  it('shows the same of a past instant, with what was open then', async () => {
    const { statusCode, json } = await asAt(world, 8);
    expect(statusCode).toBe(200);
    expect(verdictOf(json, 'w-1.keep-away')).toMatchObject({ verdict: 'violated' });
    expect(json.violations.map(({ reason }: { reason: string }) => reason).sort()).toEqual([
      'approaching-protected-person',
      'near-protected-person',
    ]);
    expect((await asAt(world, 18)).json.violations).toEqual([]);
  });

  it('shows nowhere where the protected person is', async () => {
    const state = await world.ask('GET /v1/wearers/{wearerId}/state', { path: W });
    const said = JSON.stringify([state.json, (await asAt(world, 8)).json]);
    expect(said).toContain('near-protected-person');
    expect(said).not.toContain('53.33321');
    expect(said).not.toContain('distanceMetres');
  });

  it('shows nobody what their pair holds', async () => {
    const path = { wearerId: 'pair-1abc' };
    const { statusCode } = await world.ask('GET /v1/wearers/{wearerId}/as-at', { path });
    expect(statusCode).toBe(404);
  });
});
