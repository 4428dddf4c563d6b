import { describe, expect, it } from 'vitest';
import { instant } from '#domain/model/instant.ts';
import {
  type ActiveInterval,
  clip,
  cutOut,
  type EdgeSource,
  unite,
} from '#domain/time/interval-sets.ts';

const interval = (from: number, until: number, by: EdgeSource): ActiveInterval => ({
  ...{ startAt: instant(from), endAt: instant(until) },
  ...{ startsBy: by, endsBy: by },
});
const told = (intervals: readonly ActiveInterval[]) =>
  intervals.map(({ startAt, endAt, startsBy, endsBy }) => [startAt, startsBy, endAt, endsBy]);

const A = 'windows.0';
const B = 'windows.1';

describe('the edges of intervals', () => {
  it('are those of the first of two that end together', () => {
    expect(told(unite([interval(1, 9, A), interval(4, 9, B)]))).toEqual([[1, A, 9, A]]);
    expect(told(unite([interval(1, 9, A), interval(4, 10, B)]))).toEqual([[1, A, 10, B]]);
    expect(told(unite([interval(1, 4, A), interval(4, 9, B)]))).toEqual([[1, A, 9, B]]);
  });

  it('stay their own where a limit has the same, and are the limit’s where it cuts', () => {
    const limit = interval(2, 8, 'validity');
    expect(told(clip([interval(2, 9, A)], limit))).toEqual([[2, A, 8, 'validity']]);
    expect(told(clip([interval(1, 8, A)], limit))).toEqual([[2, 'validity', 8, A]]);
    expect(told(clip([interval(2, 8, A)], limit))).toEqual([[2, A, 8, A]]);
  });

  it('leave an interval within its limit the very same, so that wearers can share it', () => {
    const limit = interval(2, 8, 'validity');
    const whole = interval(2, 8, A);
    expect(clip([whole], limit)[0]).toBe(whole);
  });

  it('are not touched by a cut that only touches', () => {
    const one = interval(2, 8, A);
    expect(cutOut([one], [interval(0, 2, B), interval(8, 9, B)])[0]).toBe(one);
    expect(told(cutOut([one], [interval(3, 5, B)]))).toEqual([
      [2, A, 3, B],
      [5, B, 8, A],
    ]);
  });
});
