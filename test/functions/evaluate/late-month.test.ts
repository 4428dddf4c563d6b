import { describe, expect, it } from 'vitest';
import { HOUR_MILLISECONDS, type Instant, instant, toIso } from '#domain/model/instant.ts';
import { DOCUMENTS } from '#test/functions/api/documents.ts';
import { fix } from '#test/support/events.ts';
import { keptWorld } from '#test/support/kept-world.ts';
import { HOME, SCHOOL } from '#test/support/supervisions.ts';
import { START } from '#test/support/walks.ts';

const hour = (n: number): Instant => instant(START + n * HOUR_MILLISECONDS);
/** Eight fixes an hour, near home, and each third day for two hours in the zone. */
const fixesOf = (day: number) =>
  Array.from({ length: 192 }, (_, i) => {
    const isInside = day % 3 === 0 && i >= 80 && i < 96;
    const { lat, lon } = isInside ? SCHOOL : HOME;
    const spot = { lat: lat + Math.sin(i) * 2e-5, lon };
    return fix(hour(day * 24 + i / 8), spot);
  });

describe('given a month that is folded again, because its zone was lifted a month ago', () => {
  it('ends every violation found in it, in as many transactions as it takes', async () => {
    const world = keptWorld(hour(-1));
    for (const { route, path, body } of DOCUMENTS) await world.ask(`PUT ${route}`, { path, body });
    const evaluate = world.newSandbox();
    const tell = async (...messages: readonly unknown[]) => {
      const answer = await evaluate(world.batch(...messages));
      expect(answer).toEqual({ batchItemFailures: [] });
    };
    await tell(...world.relayed());
    for (let day = 0; day < 29; day += 1) {
      world.clock.now = hour(day * 24 + 24);
      await tell(world.heard(fixesOf(day), world.clock.now));
    }
    const violations = () =>
      world
        .itemsOf(world.tables.monitoring)
        .filter(({ sk }) => sk?.S?.startsWith('VIOLATION#w-1.school'))
        .map(({ life }) => JSON.parse(life?.S ?? '{}'));
    expect(violations().filter(({ status }) => status !== 'withdrawn').length).toBe(10);
    const lifted = DOCUMENTS.find(({ route }) => route.includes('orders'));
    const body = { ...lifted?.changed, inForceAt: toIso(hour(1)) };
    await world.ask(`PUT ${lifted?.route}`, { path: { ...lifted?.path }, body });
    await tell(...world.relayed());
    expect(violations().map(({ status }) => status)).toEqual(Array(10).fill('withdrawn'));
    const refolded = world.measured.findLast(([name]) => name === 'slicesRefolded')?.[1] ?? 0;
    expect(refolded).toBeGreaterThan(100);
    const [state] = world.itemsOf(world.tables.state);
    expect(state?.refoldFrom).toBeUndefined();
  });
});
