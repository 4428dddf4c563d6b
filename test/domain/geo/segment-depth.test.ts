import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CompiledZone } from '#domain/geo/compiled-zone.ts';
import { distanceMetres } from '#domain/geo/plane.ts';
import { type Position, position } from '#domain/geo/position.ts';
import { segmentDepth } from '#domain/geo/segment-depth.ts';
import { signedDistanceMetres } from '#domain/geo/signed-distance.ts';
import { positionOn, wayBetween } from '#domain/geo/way.ts';
import { closed, drawingArbitrary, moved, square, wrapLongitude, zoneOf } from './drawings.ts';
import type { Place } from './vincenty.ts';

const at = ({ lat, lon }: Place): Position => position(lat, wrapLongitude(lon));
const polygon = (...rings: readonly (readonly Place[])[]) => ({
  type: 'Polygon',
  coordinates: rings.map(closed),
});
const offset = (metres: number) => fc.double({ min: -metres, max: metres, noNaN: true });

/** The same by looking at many places along the way. */
const bySampling = (zone: CompiledZone, from: Position, to: Position) => {
  const way = wayBetween(from, to);
  const count = 1_000;
  const depths = Array.from({ length: count + 1 }, (_, i) =>
    signedDistanceMetres(zone, positionOn(way, i / count)),
  );
  const spacing = way.lengthMetres / count;
  const sides = depths.map((depth) => depth > 0);
  const inside = sides.filter((isIn) => isIn).length;
  const changes = sides.filter((isIn, i) => i > 0 && isIn !== sides[i - 1]).length;
  return {
    ...{ insideShare: inside / (count + 1), deepestMetres: Math.max(...depths), spacing },
    // Each crossing lies between two samples, and a few slivers may lie there whole.
    shareError: (changes + 10) / count,
  };
};

const ways = (sizeMetres: number, corners: { min: number; max: number }) =>
  fc
    .tuple(
      drawingArbitrary(corners, sizeMetres),
      fc.tuple(offset(1.3 * sizeMetres), offset(1.3 * sizeMetres)),
      fc.tuple(offset(1.3 * sizeMetres), offset(1.3 * sizeMetres)),
    )
    .map(([drawing, start, end]) => ({
      drawing,
      from: at(moved(drawing.middle, ...start)),
      to: at(moved(drawing.middle, ...end)),
    }));

const expectAsSampled = (zone: CompiledZone, from: Position, to: Position): void => {
  const found = segmentDepth(zone, from, to);
  const sampled = bySampling(zone, from, to);
  // A centimetre beside the edge is on it, which is no small share of a shorter way.
  fc.pre(distanceMetres(from, to) > 20);
  expect(Math.abs(found.insideShare - sampled.insideShare)).toBeLessThan(sampled.shareError);
  // Between two samples the way may go deeper by half of what lies between them.
  expect(found.deepestMetres).toBeGreaterThan(sampled.deepestMetres - 0.1);
  expect(found.deepestMetres).toBeLessThan(sampled.deepestMetres + sampled.spacing / 2 + 0.1);
};

describe('a straight way and a polygon', () => {
  it.each([
    [200, { min: 3, max: 12 }, 30],
    [600, { min: 3, max: 60 }, 30],
    [600, { min: 100, max: 200 }, 10],
  ])('compare as dense sampling has it: %d m, %o corners', (size, corners, numRuns) => {
    fc.assert(
      fc.property(ways(size, corners), ({ drawing, from, to }) => {
        expectAsSampled(zoneOf(polygon(drawing.ring)), from, to);
      }),
      { numRuns },
    );
  });

  it('compare alike whichever way they are gone', () => {
    fc.assert(
      fc.property(ways(400, { min: 3, max: 40 }), ({ drawing, from, to }) => {
        const zone = zoneOf(polygon(drawing.ring));
        const [there, back] = [segmentDepth(zone, from, to), segmentDepth(zone, to, from)];
        expect(there.insideShare).toBeCloseTo(back.insideShare, 6);
        expect(Math.abs(there.deepestMetres - back.deepestMetres)).toBeLessThan(0.1);
      }),
    );
  });

  const middle = { lat: 51.5, lon: -0.1 };
  const holed = zoneOf(polygon(square(middle, 300), square(middle, 100)));
  const through = (zone: CompiledZone, a: [number, number], b: [number, number]) =>
    segmentDepth(zone, at(moved(middle, ...a)), at(moved(middle, ...b)));

  it.each<[string, [number, number], [number, number], number, number]>([
    ['clean through, out of both ends', [-600, 0], [600, 0], 400 / 1_200, 100],
    ['from inside out', [200, 0], [600, 0], 0.25, 100],
    ['from outside in', [600, 0], [200, 0], 0.25, 100],
    ['inside all the while', [-200, -200], [-200, 200], 1, 100],
    ['over the hole alone', [-50, 0], [50, 0], 0, -50],
    ['past a side', [-600, 400], [600, 400], 0, -100],
    ['along the middle of a side', [-600, 200], [600, 200], 0.5, 100],
    ['towards it, not as far', [900, 0], [400, 0], 0, -100],
    ['across a corner', [500, 200], [200, 500], 0, -70.7],
    ['across a corner, just in', [420, 160], [160, 420], 20 / 260, 10],
  ])('pass %s', (_, a, b, share, deepest) => {
    const found = through(holed, a, b);
    expect(found.insideShare).toBeCloseTo(share, 2);
    expect(Math.abs(found.deepestMetres - deepest)).toBeLessThan(0.006 * Math.abs(deepest) + 0.1);
  });

  it('meet at depth 0 where the way runs along an edge or through a corner', () => {
    const zone = zoneOf(polygon(square(middle, 300)));
    expect(through(zone, [-300, 300], [300, 300]).deepestMetres).toBe(0);
    expect(through(zone, [-600, 300], [600, 300]).deepestMetres).toBe(0);
    const corner = through(zone, [0, 600], [600, 0]);
    expect(corner.deepestMetres).toBeCloseTo(0, 1);
    expect(corner.insideShare).toBeLessThan(0.001);
  });

  it('compare as a point does where nobody moved', () => {
    const inside = through(holed, [200, 0], [200, 0]);
    expect(inside.insideShare).toBe(1);
    expect(inside.deepestMetres).toBeCloseTo(100, 0);
    expect(through(holed, [0, 0], [0, 0]).insideShare).toBe(0);
    expect(through(holed, [300, 0], [300, 0])).toEqual({ insideShare: 1, deepestMetres: 0 });
  });

  it('meet across the antimeridian', () => {
    const home = { lat: -17, lon: 180 };
    const zone = zoneOf(polygon(square(home, 200)));
    const [from, to] = [at(moved(home, -400, 0)), at(moved(home, 400, 0))];
    expect(from.lon).toBeGreaterThan(179);
    expect(to.lon).toBeLessThan(-179);
    expect(segmentDepth(zone, from, to).insideShare).toBeCloseTo(0.5, 3);
    expect(segmentDepth(zone, from, to).deepestMetres).toBeCloseTo(200, -1);
  });

  it('never come out shallower than either end, nor deeper than the way allows', () => {
    fc.assert(
      fc.property(ways(2_000, { min: 3, max: 60 }), ({ drawing, from, to }) => {
        const zone = zoneOf(polygon(drawing.ring));
        const ends = [signedDistanceMetres(zone, from), signedDistanceMetres(zone, to)] as const;
        const { deepestMetres } = segmentDepth(zone, from, to);
        expect(deepestMetres).toBeGreaterThanOrEqual(Math.max(...ends));
        const most = (ends[0] + ends[1] + distanceMetres(from, to)) / 2;
        expect(deepestMetres).toBeLessThanOrEqual(most + 0.05);
      }),
    );
  });
});

describe('a straight way and a circle', () => {
  it('compare as dense sampling has it', () => {
    fc.assert(
      fc.property(ways(400, { min: 1, max: 1 }), offset(400), ({ drawing, from, to }, radius) => {
        const radiusMetres = 1 + Math.abs(radius);
        const zone = zoneOf({ type: 'Circle', centre: at(drawing.middle), radiusMetres });
        expectAsSampled(zone, from, to);
      }),
      { numRuns: 30 },
    );
  });

  it('meet for the chord of the circle', () => {
    const middle = { lat: 10, lon: 20 };
    const zone = zoneOf({ type: 'Circle', centre: middle, radiusMetres: 500 });
    const [from, to] = [at(moved(middle, -1_000, 300)), at(moved(middle, 1_000, 300))];
    const { insideShare, deepestMetres } = segmentDepth(zone, from, to);
    expect(insideShare).toBeCloseTo(0.4, 2);
    expect(Math.abs(deepestMetres - 200)).toBeLessThan(3);
    expect(segmentDepth(zone, from, from).insideShare).toBe(0);
    expect(segmentDepth(zone, at(middle), from).insideShare).toBeGreaterThan(0.4);
  });
});
