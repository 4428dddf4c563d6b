import { describe, expect, it } from 'vitest';
import type { Supervision } from '#domain/evaluate/supervision.ts';
import { wearerIdSchema } from '#domain/model/ids.ts';
import { type Instant, secondsAfter } from '#domain/model/instant.ts';
import { statePk } from '#functions/adapters/dynamodb/keys.ts';
import { NO_STATE, type StoredState } from '#functions/adapters/dynamodb/wearer-states.ts';
import { failed, NOTHING_FAILED, queueBatch } from '#test/support/batches.ts';
import { changed, evaluator, message, NOON, SUPERVISION, tick } from '#test/support/evaluator.ts';
import { check, fix } from '#test/support/events.ts';
import { keptParked } from '#test/support/kept-parked.ts';
import { HOME, WEARER } from '#test/support/supervisions.ts';

const homeAtNoon = message([check(NOON, 'present'), fix(NOON, HOME)], NOON);

describe('a wearer whose fold throws', () => {
  const minuteAfter = (n: number) => secondsAfter(NOON, 60 * n);
  const atHome = (n: number) => message([fix(minuteAfter(n), HOME)], minuteAfter(n));
  const unpark = (askedAt: Instant) => ({ kind: 'unpark', ...WEARER, askedAt });
  const broken: Supervision = { ...SUPERVISION, activations: [] };
  Object.defineProperty(broken, 'watches', {
    get: () => {
      throw new TypeError('a condition that no fold can bear');
    },
  });

  /** Parked at noon by their first events, while another wearer goes on. */
  const parkedAtNoon = async () => {
    const orders = { now: broken };
    const OTHER = { ...WEARER, wearerId: wearerIdSchema.parse('w-2') };
    const world = evaluator({
      supervise: (wearer) => (wearer.wearerId === 'w-1' ? orders.now : { ...SUPERVISION, wearer }),
    });
    const other = message([fix(NOON, HOME)], NOON, OTHER);
    expect(await world.handle(queueBatch(homeAtNoon, other))).toEqual(NOTHING_FAILED);
    return { ...world, orders };
  };
  const stateOfWearer = (world: Readonly<{ states: ReadonlyMap<string, StoredState> }>) =>
    world.states.get(statePk(WEARER));

  it('is parked, their events kept, and nobody else is held up', async () => {
    const world = await parkedAtNoon();
    expect(stateOfWearer(world)).toMatchObject({ parkedAt: NOON, state: null });
    expect(world.kept(WEARER)).toHaveLength(2);
    expect(world.saves).toHaveLength(1);
    expect(world.lines).toMatchObject([{ message: 'wearer parked', fields: { wearerId: 'w-1' } }]);
  });

  it('has later events kept, and later ticks dropped, without a fold', async () => {
    const world = await parkedAtNoon();
    world.orders.now = SUPERVISION;
    expect(await world.handle(queueBatch(atHome(1), tick(NOON)))).toEqual(NOTHING_FAILED);
    expect(world.kept(WEARER)).toHaveLength(3);
    expect(world.saves).toHaveLength(1);
  });

  it('ends, when unparked, where they would be had nothing ever been wrong', async () => {
    const [world, sound] = [await parkedAtNoon(), evaluator()];
    const rest = [1, 2, 3, 4, 5, 6, 7].map(atHome);
    for (const one of rest) await world.handle(queueBatch(one));
    world.orders.now = SUPERVISION;
    expect(await world.handle(queueBatch(unpark(minuteAfter(9))))).toEqual(NOTHING_FAILED);
    await sound.handle(queueBatch(homeAtNoon, ...rest));
    const [unparked, never] = [stateOfWearer(world), stateOfWearer(sound)];
    expect(world.kept(WEARER)).toEqual([]);
    expect(unparked?.parkedAt).toBeNull();
    expect(unparked?.state?.slice).toEqual(never?.state?.slice);
    expect(unparked?.state?.core).toEqual(never?.state?.core);
  });

  it('is unparked by a change of orders too, if that has mended it', async () => {
    const world = await parkedAtNoon();
    await world.handle(queueBatch(changed(minuteAfter(1))));
    expect(stateOfWearer(world)?.parkedAt).toBe(NOON);
    world.orders.now = SUPERVISION;
    await world.handle(queueBatch(changed(minuteAfter(2))));
    expect(stateOfWearer(world)).toMatchObject({ parkedAt: null, state: { core: {} } });
    expect(world.kept(WEARER)).toEqual([]);
  });

  it('goes on being parked where nothing has been mended, and loses nothing', async () => {
    const world = await parkedAtNoon();
    await world.handle(queueBatch(atHome(1)));
    await world.handle(queueBatch(unpark(minuteAfter(2)), atHome(2)));
    expect(stateOfWearer(world)?.parkedAt).toBe(NOON);
    const instants = world.kept(WEARER).map(({ recordedAt }) => recordedAt);
    expect(new Set(instants)).toEqual(new Set([NOON, minuteAfter(1), minuteAfter(2)]));
  });

  it('gives events back that come in the instant of unparking, to be folded', async () => {
    const parked = await parkedAtNoon();
    const keep = async () => 'conflict' as const;
    const world = evaluator({
      deps: { parking: { ...keptParked(parked.states).parking, keep } },
    });
    const { epoch } = stateOfWearer(parked) ?? NO_STATE;
    world.states.set(statePk(WEARER), { ...NO_STATE, epoch, parkedAt: NOON });
    expect(await world.handle(queueBatch(atHome(1)))).toEqual(failed('m-0'));
  });
});

describe('one event that changes more than a transaction holds', () => {
  it('parks its wearer: no number of tries could save it', async () => {
    const part = { Delete: { TableName: 'trail', Key: {} } };
    const beside = Array.from({ length: 100 }, () => part);
    const world = evaluator({
      deps: { effectsOf: () => ({ kept: beside, told: [], ahead: null }) },
    });
    const one = message([fix(NOON, HOME)], NOON);
    expect(await world.handle(queueBatch(one))).toEqual(NOTHING_FAILED);
    expect(world.states.get(statePk(WEARER))).toMatchObject({ parkedAt: NOON });
    expect(world.kept(WEARER)).toHaveLength(1);
    expect(world.lines).toMatchObject([{ fields: { reason: 'fold-failed' } }]);
  });
});

describe('an answer of the database that is no JSON, as of a gateway on the way', () => {
  it.each(['orders', 'the trail'])('parks nobody where %s should have come', async (what) => {
    const broken = () => Promise.reject(new SyntaxError('Unexpected token <'));
    const lateFrom = async () => ({ events: [], keys: [] });
    const trail = { slicesFrom: broken, lateFrom };
    const deps = what === 'orders' ? { supervisions: broken } : { trail };
    const world = evaluator({ deps });
    const many = Array.from({ length: 44 }, (_, i) => fix(secondsAfter(NOON, 60 * i), HOME));
    const late = message([fix(secondsAfter(NOON, 30), HOME)], NOON);
    const first = await world.handle(queueBatch(message(many, NOON)));
    const second = await world.handle(queueBatch(late));
    expect([first, second]).toContainEqual(failed('m-0'));
    expect(world.states.get(statePk(WEARER))?.parkedAt ?? null).toBeNull();
  });
});
