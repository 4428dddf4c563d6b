import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { instant } from '#domain/model/instant.ts';
import { endingAt } from '#domain/time/active-intervals.ts';
import type { ActiveInterval } from '#domain/time/interval-sets.ts';

const EDGES = { startsBy: 'validity', endsBy: 'validity' } as const;

describe('the interval that ends at an instant', () => {
  it('is found among any, and none that holds it, begins there or ended before', () => {
    const cuts = fc.uniqueArray(fc.integer({ min: 1, max: 60 }), { maxLength: 30 });
    fc.assert(
      fc.property(cuts, fc.integer({ min: 0, max: 70 }), (drawn, at) => {
        const sorted = drawn.sort((a, b) => a - b).map(instant);
        const intervals = sorted.flatMap((endAt, i): ActiveInterval[] => {
          const startAt = sorted[i - 1];
          return i % 2 === 1 && startAt !== undefined ? [{ ...EDGES, startAt, endAt }] : [];
        });
        const ends = { fromAt: instant(0), untilAt: instant(99), tzdataVersion: 'test' };
        const expected = intervals.find(({ endAt }) => endAt === at);
        expect(endingAt({ ...ends, intervals }, instant(at))).toBe(expected);
      }),
    );
  });
});
