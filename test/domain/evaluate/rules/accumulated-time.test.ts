import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Absences,
  absencesIn,
  addedUp,
  asMemory,
  limitCrossedAt,
} from '#domain/evaluate/added-minutes.ts';
import {
  isAwayALittle,
  isAwayTooLong,
  isAwayTwice,
  isExcusedOnce,
} from '#local/worlds/generators/accumulated-time.ts';
import { AT_ONCE, expectTold } from '#test/support/oracle-days.ts';

const DAYS = { numRuns: 6, deliveries: fc.constant(AT_ONCE) };

describe('given evenings of which the minutes of absence are known', () => {
  it.each([
    ['warns, and then tells, of who is away for too long at once', isAwayTooLong],
    ['adds up what several absences come to', isAwayTwice],
    ['does not count what was excused', isExcusedOnce],
    ['says nothing of half an hour', isAwayALittle],
  ])('%s', (_, days) => {
    expectTold((seed) => days(seed), DAYS);
  });
});

const absences = fc
  .record({
    cuts: fc.uniqueArray(fc.integer({ min: 1, max: 400 }), { minLength: 2, maxLength: 12 }),
    runs: fc.boolean(),
  })
  .map(({ cuts, runs }): Absences => {
    const sorted = [...cuts].sort((a, b) => a - b);
    const ended = sorted.flatMap((from, i) => {
      const until = sorted[i + 1];
      return i % 2 === 0 && until !== undefined ? [{ from, until }] : [];
    });
    const last = sorted.at(-1) ?? 0;
    return { ended, since: runs ? last + 1 : null };
  });
const limits = fc.record({
  window: fc.integer({ min: 20, max: 300 }),
  most: fc.integer({ min: 1, max: 200 }),
});

/** Second by second: how many of the last `window` were absent. */
const counted = ({ ended, since }: Absences, window: number, at: number): number => {
  const isOut = (t: number) =>
    ended.some(({ from, until }) => t >= from && t < until) || (since !== null && t >= since);
  return Array.from({ length: window }, (_, i) => at - 1 - i).filter((t) => t >= 0 && isOut(t))
    .length;
};

describe('given absences that add up', () => {
  it('comes to what counting them one by one comes to', () => {
    fc.assert(
      fc.property(absences, limits, fc.integer({ min: 402, max: 900 }), (known, limit, at) => {
        expect(addedUp(known, limit, at)).toBe(counted(known, limit.window, at));
      }),
    );
  });

  it('finds the first instant at which the limit is crossed, whenever it is asked', () => {
    fc.assert(
      fc.property(absences, limits, (known, limit) => {
        const from = 402;
        const isOver = (at: number) => counted(known, limit.window, at) >= limit.most;
        const was = isOver(from);
        let first: number | null = null;
        for (let at = from + 1; at < 1_200 && first === null; at += 1) {
          if (isOver(at) !== was) first = at;
        }
        expect(limitCrossedAt(known, limit, from)).toBe(first);
      }),
      { numRuns: 60 },
    );
  });

  it('are remembered as they are', () => {
    fc.assert(
      fc.property(absences, (known) => {
        expect(absencesIn(asMemory(known))).toEqual(known);
      }),
    );
  });
});
