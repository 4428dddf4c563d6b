import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toIso } from '#domain/model/instant.ts';
import type { Item } from '#functions/adapters/dynamodb/items.ts';
import { DOCUMENTS } from '#test/functions/api/documents.ts';
import { keptWorld, PowerCut } from '#test/support/kept-world.ts';
import { HOME, SCHOOL } from '#test/support/supervisions.ts';
import { BETWEEN, minute, walk } from '#test/support/walks.ts';

/** So many runs; HOMEWARD_RUNS asks for more. */
const RUNS = Number(process.env.HOMEWARD_RUNS ?? 25);
const LONGEST_MILLISECONDS = 30_000 + RUNS * 1_000;
const DAY = walk([18, HOME], [6, BETWEEN], [9, SCHOOL], [22, BETWEEN], [20, HOME]);

type World = ReturnType<typeof keptWorld>;

const orders = DOCUMENTS.find(({ route }) => route.includes('orders'));

/** A day whose stay in a zone comes late, whose order is changed, and who is heard of on and on. */
const lived = async (live: (world: World, message: unknown) => Promise<void>) => {
  const world = keptWorld(minute(-10));
  for (const { route, path, body } of DOCUMENTS) await world.ask(`PUT ${route}`, { path, body });
  const stay = DAY.slice(24, 33);
  const rest = DAY.filter((event) => !stay.includes(event));
  const tell = async (message: unknown) => live(world, message);
  for (const message of world.relayed()) await tell(message);
  world.clock.now = minute(100);
  await tell(world.heard(rest.slice(0, 20), minute(20)));
  await tell(world.heard(rest.slice(20, 62), minute(71)));
  await tell(world.heard(stay, minute(80)));
  const lifted = { ...orders?.changed, inForceAt: toIso(minute(30)) };
  await world.ask(`PUT ${orders?.route}`, { path: { ...orders?.path }, body: lifted });
  for (const message of world.relayed()) await tell(message);
  await tell(world.heard(rest.slice(62), minute(90)));
  return world;
};

/** A sandbox that has everything go well. */
const gently = async (world: World, message: unknown): Promise<void> => {
  expect(await world.newSandbox()(world.batch(message))).toEqual({ batchItemFailures: [] });
};

const written = ({ itemsOf, tables }: World): string[] =>
  Object.values(tables)
    .flatMap((table) => itemsOf(table).map((item: Item) => JSON.stringify([table, item])))
    .sort();

describe('given power that is cut after any call to the database, answered or not', () => {
  it(
    'ends in the same states, slices, violations and record, to the byte',
    async () => {
      const whole = written(await lived(gently));
      expect(whole.some((line) => line.includes('VIOLATION#w-1.school'))).toBe(true);
      let cuts = 0;
      const roughly =
        (calls: Iterator<number>, losesAnswer: boolean) =>
        async (world: World, message: unknown): Promise<void> => {
          const { clock } = world;
          Object.assign(clock, { callsLeft: calls.next().value ?? 0, losesAnswer });
          const failed = await world
            .newSandbox()(world.batch(message))
            .catch((error: unknown) => {
              if (!(error instanceof PowerCut)) throw error;
              return null;
            });
          Object.assign(clock, { callsLeft: Number.POSITIVE_INFINITY, losesAnswer: false });
          if (failed?.batchItemFailures.length === 0) return;
          cuts += 1;
          await gently(world, message);
        };
      const calls = fc.infiniteStream(fc.nat(9));
      await fc.assert(
        fc.asyncProperty(calls, fc.boolean(), async (numbers, losesAnswer) => {
          expect(written(await lived(roughly(numbers, losesAnswer)))).toEqual(whole);
        }),
        { numRuns: RUNS, endOnFailure: true },
      );
      expect(cuts).toBeGreaterThan(RUNS);
    },
    LONGEST_MILLISECONDS,
  );
});
