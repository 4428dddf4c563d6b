import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CompiledZone } from '#domain/geo/compiled-zone.ts';
import { distanceMetres } from '#domain/geo/plane.ts';
import { type Position, position } from '#domain/geo/position.ts';
import { isInside, signedDistanceMetres } from '#domain/geo/signed-distance.ts';
import { decodeZone, encodeZone } from '#domain/geo/zone-codec.ts';
import { closed, drawingArbitrary, moved, square, wrapLongitude, zoneOf } from './drawings.ts';
import { type Place, vincentyToEdgeMetres, windingNumber } from './vincenty.ts';

const at = ({ lat, lon }: Place): Position => position(lat, wrapLongitude(lon));
const polygon = (...rings: readonly (readonly Place[])[]) => ({
  type: 'Polygon',
  coordinates: rings.map(closed),
});

/** Geodesic distance to the nearest edge, positive inside by the winding number. */
const oracle = (from: Place, ring: readonly Place[]): number => {
  const distances = ring.map((a, i) =>
    vincentyToEdgeMetres(from, a, ring[(i + 1) % ring.length] ?? a),
  );
  const nearest = Math.min(...distances);
  return windingNumber(from, ring) === 0 ? -nearest : nearest;
};

const offset = (metres: number) => fc.double({ min: -metres, max: metres, noNaN: true });
const near = (corners: { min: number; max: number }, radiusMetres: number, reachMetres: number) =>
  fc
    .tuple(drawingArbitrary(corners, radiusMetres), offset(reachMetres), offset(reachMetres))
    .map(([drawing, east, north]) => ({ drawing, from: moved(drawing.middle, east, north) }));

describe('the signed distance to a polygon', () => {
  it.each([
    // The size of the zone, how far from its middle, how far from its edge, and the bound; metres.
    [700, 1_500, 1_000, 0.001],
    [4_000, 6_000, 5_000, 0.005],
    [5_000, 11_000, 10_000, 0.04],
  ])('is the geodesic distance for a zone of %d m, %d m off', (size, reach, furthest, bound) => {
    fc.assert(
      fc.property(near({ min: 3, max: 9 }, size, reach), ({ drawing, from }) => {
        const expected = oracle(from, drawing.ring);
        fc.pre(Math.abs(expected) > 0.011 && Math.abs(expected) <= furthest);
        const error = signedDistanceMetres(zoneOf(polygon(drawing.ring)), at(from)) - expected;
        expect(Math.abs(error)).toBeLessThanOrEqual(bound);
      }),
      { numRuns: 300 },
    );
  });

  it('is positive exactly where the ring winds round the position', () => {
    fc.assert(
      fc.property(near({ min: 3, max: 80 }, 1_000, 1_200), ({ drawing, from }) => {
        const distance = signedDistanceMetres(zoneOf(polygon(drawing.ring)), at(from));
        fc.pre(distance !== 0);
        expect(distance > 0).toBe(windingNumber(from, drawing.ring) !== 0);
      }),
      { numRuns: 600 },
    );
  });

  it('is zero, and in, all along the edges as they were drawn', () => {
    const share = fc.double({ min: 0, max: 1, noNaN: true });
    const exact = fc.double({ min: -5e-8, max: 5e-8, noNaN: true });
    fc.assert(
      fc.property(drawingArbitrary({ min: 3, max: 60 }, 900), share, exact, (drawing, t, off) => {
        // Corners between the steps of the grid: the zone's own edge lies up to 8 mm away.
        const ring = drawing.ring.map(({ lat, lon }) => ({ lat: lat + off, lon: lon - off }));
        const zone = zoneOf(polygon(ring));
        for (const [i, a] of ring.entries()) {
          const b = ring[(i + 1) % ring.length] ?? a;
          const on = at({ lat: a.lat + t * (b.lat - a.lat), lon: a.lon + t * (b.lon - a.lon) });
          expect(signedDistanceMetres(zone, on)).toBe(0);
          expect(isInside(zone, on)).toBe(true);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('changes by no more than the way moved', () => {
    const scenes = fc.tuple(
      drawingArbitrary({ min: 3, max: 40 }, 2_000),
      fc.tuple(offset(7_000), offset(7_000)),
      fc.tuple(offset(7_000), offset(7_000)),
    );
    fc.assert(
      fc.property(scenes, ([drawing, start, way]) => {
        const zone = zoneOf(polygon(drawing.ring));
        const a = moved(drawing.middle, ...start);
        const b = moved(drawing.middle, ...way);
        const change = signedDistanceMetres(zone, at(a)) - signedDistanceMetres(zone, at(b));
        expect(Math.abs(change)).toBeLessThanOrEqual(distanceMetres(at(a), at(b)) + 0.05);
      }),
      { numRuns: 500 },
    );
  });

  it('is the same to the bit at first use, when every edge is measured, and ever after', () => {
    const fresh = (zone: CompiledZone): CompiledZone => decodeZone(encodeZone(zone));
    fc.assert(
      fc.property(near({ min: 25, max: 400 }, 3_000, 40_000), ({ drawing, from }) => {
        const zone = zoneOf(polygon(drawing.ring));
        const first = signedDistanceMetres(zone, at(from));
        const later = [signedDistanceMetres(zone, at(from)), signedDistanceMetres(zone, at(from))];
        expect(later).toEqual([first, first]);
        expect(signedDistanceMetres(fresh(zone), at(from))).toBe(first);
      }),
      { numRuns: 300 },
    );
  });

  it('is the same to the bit in the midst of a ring whose edges are all about as far away', () => {
    const about = fc.tuple(
      fc.double({ min: 68, max: 72, noNaN: true }),
      fc.integer({ min: 800, max: 1_000 }),
      fc.tuple(offset(15_000), offset(15_000)),
    );
    fc.assert(
      fc.property(about, ([lat, corners, [east, north]]) => {
        const middle = { lat, lon: 20 };
        const ring = Array.from({ length: corners }, (_, i) => {
          const angle = (i / corners) * 2 * Math.PI;
          return moved(middle, 300_000 * Math.cos(angle), 300_000 * Math.sin(angle));
        });
        const zone = zoneOf(polygon(ring));
        const from = at(moved(middle, east, north));
        const first = signedDistanceMetres(zone, from);
        expect(signedDistanceMetres(zone, from)).toBe(first);
      }),
      { numRuns: 120 },
    );
  });

  it('keeps its sign, and grows, to the other side of the earth', () => {
    const zone = zoneOf(polygon(square({ lat: 51.5, lon: -0.1 }, 500)));
    const far = [1, 10, 60, 120, 179].map(
      (lon) => -signedDistanceMetres(zone, position(51.5, lon)),
    );
    expect(far.toSorted((a, b) => a - b)).toEqual(far);
    expect(far[0]).toBeGreaterThan(50_000);
    for (const lat of [-90, -89.9, 89.9, 90]) {
      expect(signedDistanceMetres(zone, position(lat, 30))).toBeLessThan(-1_000_000);
    }
  });
});
