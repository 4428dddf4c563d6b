import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  earlierOf,
  earliest,
  instant,
  isoInstantSchema,
  laterOf,
  secondsAfter,
  secondsBetween,
  toIso,
} from '#domain/model/instant.ts';

const T = instant(1_772_481_600_000);
const instants = fc.integer({ min: 0, max: 4_102_444_800_000 }).map(instant);

describe('an instant', () => {
  it.each([-1, 0.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53])('is never %s', (value) => {
    expect(() => instant(value)).toThrow(RangeError);
  });

  it.each([
    ['an offset', '2026-03-02T21:00:00+01:00'],
    ['Z', '2026-03-02T20:00:00Z'],
  ])('is read from a text with %s', (_, text) => {
    expect(isoInstantSchema.parse(text)).toBe(T);
  });

  it.each(['2026-03-02T20:00:00', '2026-03-02', '20:00', '', '1969-12-31T23:59:59Z'])(
    'is not read from %j',
    (text) => {
      expect(isoInstantSchema.safeParse(text).success).toBe(false);
    },
  );

  it.each(['9999-12-31T23:59:59-12:00', '1970-01-01T00:00:00+01:00'])(
    'is not read from %j: in UTC it is of a year that nobody reads again',
    (text) => {
      const { error } = isoInstantSchema.safeParse(text);
      expect(error?.issues.map(({ message }) => message)).toEqual([
        'must be of the years 1970 to 9999, in UTC',
      ]);
    },
  );

  it('is written in UTC and read back the same', () => {
    fc.assert(
      fc.property(instants, (at) => {
        expect(isoInstantSchema.parse(toIso(at))).toBe(at);
      }),
    );
  });
});

describe('reckoning with instants', () => {
  it('goes forward and back by whole milliseconds', () => {
    fc.assert(
      fc.property(instants, fc.nat({ max: 1e6 }), (at, seconds) => {
        expect(secondsBetween(at, secondsAfter(at, seconds))).toBe(seconds);
      }),
    );
    expect(secondsAfter(T, 0.0004)).toBe(T);
  });

  it('finds the earlier, the later, and the earliest of those there are', () => {
    const after = secondsAfter(T, 1);
    expect([earlierOf(T, after), laterOf(T, after)]).toEqual([T, after]);
    expect(earliest([null, after, T, null])).toBe(T);
    expect(earliest([null, null])).toBeNull();
    expect(earliest([])).toBeNull();
  });
});
