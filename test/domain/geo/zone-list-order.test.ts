import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CompiledZone } from '#domain/geo/compiled-zone.ts';
import { STEPS_PER_DEGREE } from '#domain/geo/grid.ts';
import { alongHilbert, HILBERT_SIDE } from '#domain/geo/hilbert.ts';
import { position } from '#domain/geo/position.ts';
import { signedDistanceMetres } from '#domain/geo/signed-distance.ts';
import { inHilbertOrder } from '#domain/geo/zone-list-order.ts';
import { closed, square, wrapLongitude, zoneOf } from './drawings.ts';

const circle = (lat: number, lon: number, radiusMetres: number): CompiledZone =>
  zoneOf({ type: 'Circle', centre: { lat, lon }, radiusMetres });

describe('the Hilbert curve', () => {
  it('goes through every cell of a corner once, each a step from the one before', () => {
    const cells = Array.from({ length: 256 }, (_, i) => [i % 16, i >> 4] as const);
    const along = new Map(cells.map((cell) => [alongHilbert(...cell), cell]));
    expect([...along.keys()].sort((a, b) => a - b)).toEqual(cells.map((_, i) => i));
    for (let i = 1; i < 256; i += 1) {
      const [[x, y] = [0, 0], [beforeX, beforeY] = [0, 0]] = [along.get(i), along.get(i - 1)];
      expect(Math.abs(x - beforeX) + Math.abs(y - beforeY)).toBe(1);
    }
  });

  it('begins in the south-west, ends in the south-east, and meets itself at the quarters', () => {
    const [half, last, all] = [HILBERT_SIDE / 2, HILBERT_SIDE - 1, HILBERT_SIDE ** 2];
    expect(alongHilbert(0, 0)).toBe(0);
    expect(alongHilbert(last, 0)).toBe(all - 1);
    const quarters = [
      [0, half - 1],
      [half - 1, half],
      [half, half],
      [last, half - 1],
    ] as const;
    expect(quarters.map(([x, y]) => alongHilbert(x, y) / all)).toEqual([
      0.25 - 1 / all,
      0.5 - 1 / all,
      0.5,
      0.75,
    ]);
  });
});

describe('the order of a zone list', () => {
  const idsOf = (places: readonly (readonly [string, number, number])[]) =>
    inHilbertOrder(
      places.map(([memberId, lat, lon]) => ({ memberId, zone: circle(lat, lon, 100) })),
    ).map(({ memberId }) => memberId);

  it('goes through the quarters of the world as the curve does', () => {
    const quarters = [
      ['south-east', -40, 90],
      ['north-east', 40, 90],
      ['north-west', 40, -90],
      ['south-west', -40, -90],
    ] as const;
    expect(idsOf(quarters)).toEqual(['south-west', 'north-west', 'north-east', 'south-east']);
  });

  it('goes through the quarters of a town as the curve does', () => {
    // The town lies about the middle of the world's north-east quarter: a crossing of the curve.
    const town = [
      ['d', 45 - 0.01, 90 + 0.01],
      ['c', 45 + 0.01, 90 + 0.01],
      ['b', 45 + 0.01, 90 - 0.01],
      ['a', 45 - 0.01, 90 - 0.01],
    ] as const;
    expect(idsOf(town)).toEqual(['a', 'b', 'c', 'd']);
  });

  it('is that of the ids where zones lie upon each other', () => {
    const upon = ['b', 'c', 'a'].map((id) => [id, 51, 0] as const);
    expect(idsOf(upon)).toEqual(['a', 'b', 'c']);
  });

  it('holds what lies at the ends of the world', () => {
    const ends = idsOf([
      ['east', 0.1, 179.9999],
      ['west', -0.1, -179.9999],
    ]);
    expect(ends).toEqual(['west', 'east']);
  });
});

const boxOf = (zone: CompiledZone) => {
  const [one] = inHilbertOrder([{ memberId: 'a', zone }]);
  if (one === undefined) throw new Error('a member is lost');
  return one.box;
};

describe('the box by which a member is found', () => {
  it('is a step wider than a polygon on each side', () => {
    const zone = zoneOf({
      type: 'Polygon',
      coordinates: [closed(square({ lat: 51, lon: 1 }, 500))],
    });
    const { west, south, east, north } = boxOf(zone);
    const steps = (degrees: number) => Math.round(degrees * STEPS_PER_DEGREE);
    for (const outside of [steps(zone.box.west) - west, steps(zone.box.south) - south]) {
      expect(outside === 1 || outside === 2).toBe(true);
    }
    for (const outside of [east - steps(zone.box.east), north - steps(zone.box.north)]) {
      expect(outside === 1 || outside === 2).toBe(true);
    }
  });

  const sites = fc.record({
    lat: fc.double({ min: -80, max: 80, noNaN: true }),
    lon: fc.double({ min: -179, max: 179, noNaN: true }),
    radiusMetres: fc.constantFrom(10, 2_000, 100_000, 400_000),
    bearing: fc.double({ min: 0, max: 2 * Math.PI, noNaN: true }),
  });

  it('holds all of a circle, and hardly more', () => {
    fc.assert(
      fc.property(sites, ({ lat, lon, radiusMetres, bearing }) => {
        fc.pre(Math.abs(lat) + radiusMetres / 111_000 < 84);
        const zone = circle(lat, lon, radiusMetres);
        const { west, south, east, north } = boxOf(zone);
        const [high, wide] = [zone.box.north - zone.box.south, zone.box.east - zone.box.west];
        const share = (radiusMetres / 6.4e6 / Math.cos((lat * Math.PI) / 180)) ** 2 + 0.002;
        expect((east - west) / STEPS_PER_DEGREE).toBeLessThan(wide * (1 + 2 * share) + 4e-7);
        expect((north - south) / STEPS_PER_DEGREE).toBeLessThan(high * (1 + 2 * share) + 4e-7);
        // Out from the middle to where the circle ends, by halving.
        let [inside, outside] = [0, 2];
        const at = (reach: number) => ({
          lat: lat + (reach * Math.sin(bearing) * high) / 2,
          lon: lon + (reach * Math.cos(bearing) * wide) / 2,
        });
        for (let i = 0; i < 40; i += 1) {
          const middle = (inside + outside) / 2;
          const place = at(middle);
          const where = position(place.lat, wrapLongitude(place.lon));
          if (signedDistanceMetres(zone, where) >= 0) inside = middle;
          else outside = middle;
        }
        const edge = at(inside);
        expect(edge.lon * STEPS_PER_DEGREE).toBeGreaterThan(west);
        expect(edge.lon * STEPS_PER_DEGREE).toBeLessThan(east);
        expect(edge.lat * STEPS_PER_DEGREE).toBeGreaterThan(south);
        expect(edge.lat * STEPS_PER_DEGREE).toBeLessThan(north);
      }),
      { numRuns: 300 },
    );
  });

  it('is wider than the box on the plane of its centre, far from the equator', () => {
    const zone = circle(75, 0, 400_000);
    const { west, south, east, north } = boxOf(zone);
    // (tan 75 * 400 km / 6378 km) squared, and a thousandth: 5.6 % of its width on each side.
    const bulge = 0.0558;
    const wide = (zone.box.east - zone.box.west) * STEPS_PER_DEGREE;
    expect(zone.box.west * STEPS_PER_DEGREE - west).toBeCloseTo(bulge * wide, -5);
    expect(east - zone.box.east * STEPS_PER_DEGREE).toBeCloseTo(bulge * wide, -5);
    const high = (zone.box.north - zone.box.south) * STEPS_PER_DEGREE;
    expect(zone.box.south * STEPS_PER_DEGREE - south).toBeCloseTo(bulge * high, -5);
    expect(north - zone.box.north * STEPS_PER_DEGREE).toBeCloseTo(bulge * high, -5);
  });
});
