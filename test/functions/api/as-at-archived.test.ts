import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { beforeAll, describe, expect, it } from 'vitest';
import { DAY_MILLISECONDS, instant, toIso } from '#domain/model/instant.ts';
import { NOTHING_FAILED } from '#test/support/batches.ts';
import { keptWorld } from '#test/support/kept-world.ts';
import { HOME, SCHOOL } from '#test/support/supervisions.ts';
import { BETWEEN, minute, START, walk } from '#test/support/walks.ts';
import { DOCUMENTS } from './documents.ts';

/** From half past five until after midnight, so that slices reach from one day into the next. */
const EVENING = walk([120, HOME], [20, BETWEEN], [30, SCHOOL], [20, BETWEEN], [330, HOME]);
/** Of instants in the first slice, in the zone, at home again, about midnight and after it. */
const ASKED = [5, 150, 300, 389, 391, 500].map(minute);
const AFTER_DAYS = 35;

const put = DOCUMENTS.filter(({ route }) => !route.includes('permissions'));

/** Lived as it was recorded, but for some minutes in the zone, which came two hours later. */
const lived = async () => {
  const world = keptWorld(minute(-10));
  const evaluate = world.newSandbox();
  const tell = async (message: unknown) =>
    expect(await evaluate(world.batch(message))).toEqual(NOTHING_FAILED);
  for (const { route, path, body } of put) await world.ask(`PUT ${route}`, { path, body });
  for (const message of world.relayed()) await tell(message);
  const isLate = (i: number): boolean => i >= 140 && i < 155;
  for (let first = 0; first < EVENING.length; first += 20) {
    world.clock.now = minute(first + 20);
    const some = EVENING.filter((_, i) => i >= first && i < first + 20 && !isLate(i));
    await tell(world.heard(some, world.clock.now));
  }
  const late = EVENING.filter((_, i) => isLate(i));
  world.clock.now = minute(700);
  const receivedAt = world.clock.now;
  await tell(
    world.heard(
      late.map((event) => ({ ...event, receivedAt })),
      receivedAt,
    ),
  );
  return world;
};

type World = Awaited<ReturnType<typeof lived>>;

const answers = (world: World): Promise<unknown[]> =>
  Promise.all(
    ASKED.flatMap((time) => [
      { time: toIso(time) },
      { time: toIso(time), knownAt: toIso(time) },
    ]).map(async (query) => {
      const path = { wearerId: 'w-1' };
      const { statusCode, json } = await world.ask('GET /v1/wearers/{wearerId}/as-at', {
        ...{ path, query },
      });
      expect(statusCode).toBe(200);
      return json;
    }),
  );

const slicesIn = ({ itemsOf, tables }: World) =>
  itemsOf(tables.trail).filter(({ sk }) => sk?.S?.startsWith('SLICE#'));

describe('given instants whose slices are due to be archived', () => {
  let world: World;
  let before: unknown[];
  let putBack: () => void;
  beforeAll(async () => {
    world = await lived();
    world.clock.now = instant(START + AFTER_DAYS * DAY_MILLISECONDS);
    putBack = world.remember();
    before = await answers(world);
  });

  it('tells apart what was so and what was known', () => {
    const school = expect.objectContaining({ watchId: 'school', reason: 'inside-zone' });
    expect(before[2]).toMatchObject({ violations: expect.arrayContaining([school]) });
    expect(before[3]).toMatchObject({ violations: expect.not.arrayContaining([school]) });
    expect(slicesIn(world).length).toBeGreaterThan(10);
  });

  it('gives the same answers when all of them are in the archive', async () => {
    await world.archive();
    expect(slicesIn(world).length).toBe(0);
    expect(await answers(world)).toEqual(before);
  });

  it('gives the same answers where the oldest stays behind, because it changed', async () => {
    putBack();
    const [Item] = slicesIn(world);
    await world.archive();
    await world.client.send(new PutItemCommand({ TableName: world.tables.trail, Item }));
    expect(await answers(world)).toEqual(before);
  });

  it('gives the same answers wherever an archiving was cut off', async () => {
    const left = new Set<number>();
    for (let calls = 4; !left.has(0); calls += 3) {
      putBack();
      world.clock.callsLeft = calls;
      await world.archive();
      world.clock.callsLeft = Number.POSITIVE_INFINITY;
      left.add(slicesIn(world).length);
      expect(await answers(world)).toEqual(before);
    }
    expect(left.size).toBeGreaterThan(3);
  });
});
