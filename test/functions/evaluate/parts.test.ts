import { beforeAll, describe, expect, it, vi } from 'vitest';
import { toIso } from '#domain/model/instant.ts';
import { DOCUMENTS } from '#test/functions/api/documents.ts';
import { NOTHING_FAILED } from '#test/support/batches.ts';
import { keptEscalation } from '#test/support/kept-escalation.ts';
import { keptWorld, PowerCut } from '#test/support/kept-world.ts';
import { HOME, SCHOOL } from '#test/support/supervisions.ts';
import { minute, walk } from '#test/support/walks.ts';

const STAYS = 30;
const STAY = [
  [12, HOME],
  [8, SCHOOL],
] as const;
const DAY = walk(...Array.from({ length: STAYS }, () => STAY).flat());
const ALL_OF_IT = Number.POSITIVE_INFINITY;

/** Somebody who was in a zone again and again, and whose order is lifted from the beginning on. */
const lived = async () => {
  const world = keptWorld(minute(-10));
  const escalate = keptEscalation(world);
  for (const { route, path, body } of DOCUMENTS) await world.ask(`PUT ${route}`, { path, body });
  const evaluate = world.newSandbox();
  const tell = async (message: unknown) => {
    expect(await evaluate(world.batch(message))).toEqual(NOTHING_FAILED);
    await escalate();
  };
  for (const message of world.relayed()) await tell(message);
  for (let first = 0; first < DAY.length; first += 20) {
    world.clock.now = minute(first + 20);
    await tell(world.heard(DAY.slice(first, first + 20), world.clock.now));
  }
  const orders = DOCUMENTS.find(({ route }) => route.includes('orders'));
  const body = { ...orders?.changed, inForceAt: toIso(minute(1)) };
  await world.ask(`PUT ${orders?.route}`, { path: { ...orders?.path }, body });
  const [lifted] = world.relayed();
  return { world, escalate, lifted, putBack: world.remember() };
};
type Lived = Awaited<ReturnType<typeof lived>>;

/**
 * Every item of every table. How often a state was written is counted in it and in what was found
 * with it, and that alone may differ: who is cut off writes again.
 */
const written = ({ world: { itemsOf, tables } }: Lived): string[] =>
  Object.values(tables)
    .flatMap((table) => itemsOf(table).map((item) => JSON.stringify([table, item])))
    .map((line) =>
      line
        .replace(/EVALUATE#\d{8}/, 'EVALUATE#')
        .replace(/\\"revision\\":\d+/g, '')
        .replace(/"epoch":\{"N":"\d+"\},"writeId":\{"S":"[^"]+"\}/, ''),
    )
    .sort();

/** Lifts the order while there is power: for so many calls. */
const lift = async ({ world, lifted }: Lived, calls = ALL_OF_IT): Promise<void> => {
  world.clock.callsLeft = calls;
  const answer = await world
    .newSandbox()(world.batch(lifted))
    .catch((error: unknown) => {
      if (!(error instanceof PowerCut)) throw error;
      return null;
    });
  world.clock.callsLeft = ALL_OF_IT;
  expect(answer?.batchItemFailures.length === 0).toBe(calls === ALL_OF_IT);
};

/** Lifts the order in one go. Returns which of its calls to the database wrote something. */
const writesOf = async (day: Lived): Promise<number[]> => {
  const { client } = day.world;
  const send = vi.spyOn(client, 'send');
  await lift(day);
  const names = send.mock.calls.map(([command]) => command.constructor.name);
  send.mockRestore();
  return names.flatMap((name, i) => (/Write|Put|Update|Delete/.test(name) ? [i + 1] : []));
};

describe('given a trail that is folded again and saved in parts, cut off after any', () => {
  let day: Lived;
  let writes: number[];
  let whole: string[];
  beforeAll(async () => {
    day = await lived();
    writes = await writesOf(day);
    await day.escalate();
    whole = written(day);
  });

  it('withdraws what was found with its alerts: more than two transactions hold', () => {
    const withdrawn = (sk: string) =>
      whole.filter((line) => line.includes(sk) && line.includes('withdrawn')).length;
    expect(withdrawn('VIOLATION#w-1.')).toBeGreaterThan(45);
    expect(withdrawn('"ALERT"')).toBe(withdrawn('"VIOLATION#w-1.'));
  });

  it('ends in the same items of every table once its message comes again', async () => {
    const unfinished = new Set<string>();
    for (const cutAfter of writes) {
      day.putBack();
      await lift(day, cutAfter);
      const [state] = day.world.itemsOf(day.world.tables.state);
      if (state?.refoldFrom !== undefined) unfinished.add(state.epoch?.N ?? '');
      await day.escalate();
      await lift(day);
      await day.escalate();
      expect(written(day)).toEqual(whole);
    }
    // Begun; the slices written; and most of the violations. The last of them come with the state.
    expect(unfinished.size).toBe(3);
  });
});
