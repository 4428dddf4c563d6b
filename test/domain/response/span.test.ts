import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nearestRank, spanOf } from '#domain/response/span.ts';

const cases = fc.array(fc.nat({ max: 100_000 }), { maxLength: 60 });
const timed = (seconds: readonly number[]) =>
  seconds.map((one, i) => ({ alertId: `a-${i}`, seconds: one }));

describe('a percentile by nearest rank', () => {
  it('is one that was measured, and at least so many are no longer', () => {
    fc.assert(
      fc.property(cases, fc.double({ min: 0.01, max: 1, noNaN: true }), (seconds, share) => {
        const sorted = seconds.toSorted((a, b) => a - b);
        const found = nearestRank(sorted, share);
        if (found === null) {
          expect(seconds).toEqual([]);
          return;
        }
        expect(seconds).toContain(found);
        const upTo = seconds.filter((one) => one <= found).length;
        const below = seconds.filter((one) => one < found).length;
        expect(upTo).toBeGreaterThanOrEqual(share * seconds.length);
        expect(below).toBeLessThan(share * seconds.length);
      }),
    );
  });
});

describe('what some cases took', () => {
  it('is the same in whatever order they are given, and never better than its half', () => {
    fc.assert(
      fc.property(cases, fc.nat({ max: 9 }), (seconds, waiting) => {
        const { worstAlertId, ...span } = spanOf(timed(seconds), waiting);
        const turned = spanOf(timed(seconds).toReversed(), waiting);
        expect(turned).toMatchObject(span);
        expect(span.count).toBe(seconds.length);
        if (seconds.length === 0) {
          expect(span.worstSeconds).toBeNull();
          return;
        }
        expect(span.worstSeconds).toBe(Math.max(...seconds));
        expect(span.p90Seconds ?? 0).toBeGreaterThanOrEqual(span.p50Seconds ?? 0);
        const [, worst = '-1'] = worstAlertId?.split('-') ?? [];
        expect(seconds[Number(worst)]).toBe(span.worstSeconds);
      }),
    );
  });

  it('names the alert that took longest', () => {
    expect(spanOf(timed([5, 90, 7, 1]), 2)).toEqual({
      ...{ count: 4, p50Seconds: 5, p90Seconds: 90, worstSeconds: 90 },
      ...{ worstAlertId: 'a-1', waiting: 2 },
    });
  });
});
