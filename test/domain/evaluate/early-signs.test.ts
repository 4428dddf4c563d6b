import { describe, expect, it } from 'vitest';
import { asMemory, blended, counted, statesOf } from '#domain/evaluate/early-signs.ts';
import { coreOf } from '#test/support/core-of.ts';
import { at } from '#test/support/supervisions.ts';

const NOON = at('2026-06-01T12:00:00Z');
const DAY = 86_400_000;

describe('what early signs are kept by', () => {
  it('is the states of a rule, and of none whose name begins like it', () => {
    const core = coreOf(NOON, {
      a: { version: 'battery.x1', reason: 'one' },
      b: { version: 'battery-life.x1', reason: 'two' },
      c: { version: 'tamper.battery.x1', reason: 'three' },
      d: { version: 'battery.x2', reason: 'four' },
    });
    expect(statesOf(core, 'battery').map(({ reason }) => reason)).toEqual(['one', 'four']);
  });

  it('is a mean in which what is new has its share', () => {
    expect(blended(undefined, 10, 0.3)).toBe(3);
    expect(blended(10, 20, 0.3)).toBe(13);
    expect(blended(20, 10, 0.5)).toBe(15);
  });

  it('is a count that fades by the days since', () => {
    expect(counted({ count: undefined, countedAt: undefined }, NOON, 14)).toBe(1);
    expect(counted({ count: 2, countedAt: NOON }, NOON, 14)).toBe(3);
    expect(counted({ count: 2, countedAt: NOON - 14 * DAY }, NOON, 14)).toBeCloseTo(
      1 + 2 * Math.exp(-1),
      12,
    );
    expect(counted({ count: 2, countedAt: undefined }, NOON, 14)).toBe(3);
  });

  it('is rounded to a thousandth, and nothing where it is nothing', () => {
    expect(asMemory({ late: 1.234_56, near: 0.000_4, low: 0, slow: -0.000_6 })).toEqual({
      ...{ late: 1.235, slow: -0.001 },
    });
  });
});
