import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { position } from '#domain/geo/position.ts';
import { isInside, signedDistanceMetres } from '#domain/geo/signed-distance.ts';
import { wrapLongitude, zoneOf } from './drawings.ts';
import { box, multi, polygon, refusals } from './zone-refusals.ts';

type Spot = readonly [number, number];

/** A piece beside the antimeridian: along it from one height to another, and out to a far edge. */
const piece = (
  side: 'west' | 'east',
  [low, high]: Spot,
  [farLow, farHigh]: Spot,
  isReversed = false,
): number[][] => {
  const [seam, far] = side === 'west' ? [180, 178] : [-180, -178];
  const ring = [
    [seam, low],
    [seam, high],
    [far, farHigh],
    [far, farLow],
  ];
  const way = isReversed ? ring.reverse() : ring;
  return [...way, ...way.slice(0, 1)];
};

const heights = fc
  .uniqueArray(fc.integer({ min: 0, max: 12 }), { minLength: 2, maxLength: 2 })
  .map(([a = 0, b = 0]): Spot => [Math.min(a, b) / 4, Math.max(a, b) / 4]);
const far = fc
  .tuple(fc.integer({ min: -3, max: 10 }), fc.integer({ min: 1, max: 8 }))
  .map(([low, high]): Spot => [low / 4, (low + high) / 4]);

describe('a zone that was cut apart at the antimeridian', () => {
  it('holds what its pieces hold, and the meridian where they meet', () => {
    const pieces = fc.tuple(heights, far, heights, far, fc.boolean());
    const spots = fc.array(
      fc.tuple(fc.integer({ min: -19, max: 19 }), fc.integer({ min: -39, max: 199 })),
      { minLength: 30, maxLength: 30 },
    );
    fc.assert(
      fc.property(pieces, spots, ([west, westFar, east, eastFar, isReversed], places) => {
        const [one, other] = [
          piece('west', west, westFar),
          piece('east', east, eastFar, isReversed),
        ];
        const joined = zoneOf(multi([one], [other]));
        const [westOnly, eastOnly] = [zoneOf(polygon(one)), zoneOf(polygon(other))];
        for (const [x, y] of places) {
          // Off every line that the pieces are drawn by.
          const at = position(0.0071 + y / 50.1, wrapLongitude(180 + (x + 0.5) / 10));
          expect(isInside(joined, at)).toBe(isInside(westOnly, at) || isInside(eastOnly, at));
        }
        const [low, high] = [Math.max(west[0], east[0]), Math.min(west[1], east[1])];
        if (high <= low) return;
        const onSeam = position((low + high) / 2, 180);
        expect(signedDistanceMetres(joined, onSeam)).toBeGreaterThan(5_000);
      }),
      { numRuns: 200 },
    );
  });

  it('may be of several pieces on one side', () => {
    const long = piece('east', [0, 3], [0, 3]);
    const [low, high] = [
      piece('west', [0.25, 1], [0.25, 1]),
      piece('west', [1.5, 2.5], [1.5, 2.5]),
    ];
    for (const parts of [
      [long, low, high],
      [high, long, low],
      [low, high, long],
    ]) {
      const zone = zoneOf(multi(...parts.map((ring) => [ring])));
      const depths = [0.1, 0.6, 1.25, 2, 2.75].map((lat) =>
        signedDistanceMetres(zone, position(lat, 180)),
      );
      expect(depths.map((metres) => metres > 5_000)).toEqual([false, true, false, true, false]);
      expect(depths.map((metres) => Math.abs(metres) < 1)).toEqual([
        true,
        false,
        true,
        false,
        true,
      ]);
    }
  });
});

describe('two parts that meet along a line', () => {
  it.each([
    ['anywhere else', [box(0, 0, 1, 1)], [box(1, 0, 2, 1)], ['rings-touch']],
    ['anywhere else, the eastern first', [box(1, 0, 2, 1)], [box(0, 0, 1, 1)], ['rings-touch']],
    ['on the antimeridian', [box(179, 0, 180, 1)], [box(-180, 0, -179, 1)], []],
    ['on the antimeridian, the eastern first', [box(-180, 0, -179, 1)], [box(179, 0, 180, 1)], []],
  ])('are one part %s, or refused', (_, one, other, codes) => {
    const found = refusals(multi(one, other));
    expect([...new Set(found.map(([code]) => code))]).toEqual(codes);
  });

  it('are told where they meet, and what to do', () => {
    const [[, , message] = []] = refusals(multi([box(0, 0, 1, 1)], [box(1, 0, 2, 1)]));
    expect(message).toBe(
      'edge 2 ([1, 1] to [0, 1]) touches edge 2 ([2, 1] to [1, 1]) of coordinates[1][0] ' +
        'at [1, 1]; two rings may touch at one point only: join them into one',
    );
    const crossing = refusals(multi([box(0, 0, 2, 2)], [box(1, 1, 3, 3)]));
    expect(crossing.map(([code]) => code)).toEqual(['rings-cross', 'rings-cross']);
    expect(crossing[0]?.[2]).toMatch(/crosses edge .* of coordinates\[1\]\[0\] at \[1, 2\]$/);
  });
});
