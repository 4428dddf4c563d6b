import { expect } from 'vitest';
import type { Instant } from '#domain/model/instant.ts';
import { keptWorld } from './kept-world.ts';

/** A world worked off at once: what is put or heard has been evaluated when that returns. */
export const toldWorld = (startAt: Instant) => {
  const world = keptWorld(startAt);
  const evaluate = world.newSandbox();
  const tell = async (message: unknown): Promise<void> =>
    expect(await evaluate(world.batch(message))).toEqual({ batchItemFailures: [] });
  const put = async (
    routeKey: string,
    path: Readonly<Record<string, string>>,
    body: object,
  ): Promise<void> => {
    const { statusCode } = await world.ask(routeKey, { path, body });
    expect(statusCode).toBeLessThan(300);
    for (const message of world.relayed()) await tell(message);
  };
  /** The violations on record whose ids begin so. */
  const violations = (prefix = '') =>
    world
      .itemsOf(world.tables.monitoring)
      .filter(({ sk }) => sk?.S?.startsWith(`VIOLATION#${prefix}`))
      .map(({ life }) => JSON.parse(life?.S ?? '{}'));
  return { ...world, tell, put, violations };
};
