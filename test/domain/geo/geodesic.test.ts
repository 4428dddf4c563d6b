import fc from 'fast-check';
import geographiclib from 'geographiclib-geodesic';
import { describe, expect, it } from 'vitest';
import { distanceMetres } from '#domain/geo/plane.ts';
import { type Position, position } from '#domain/geo/position.ts';
import { signedDistanceMetres } from '#domain/geo/signed-distance.ts';
import { nearestMember } from '#domain/geo/zone-list.ts';
import { decodeZoneList, encodeZoneList } from '#domain/geo/zone-list-codec.ts';
import { closed, moved, square, wrapLongitude, zoneOf } from './drawings.ts';
import { type Place, vincentyMetres, windingNumber } from './vincenty.ts';

/**
 * Against geodesics by C. F. F. Karney's GeographicLib: right to 15 nanometres, and nothing of ours
 * in it.
 */
const WGS84 = geographiclib.Geodesic.WGS84;
const geodesicMetres = (from: Place, to: Place): number =>
  WGS84.Inverse(from.lat, from.lon, to.lat, to.lon).s12 ?? Number.NaN;

const onEdge = (a: Place, b: Place, share: number): Place => ({
  lat: a.lat + share * (b.lat - a.lat),
  lon: a.lon + share * (b.lon - a.lon),
});

/** Along an edge so short the distance has one valley: cut it down by thirds. */
const toEdgeMetres = (from: Place, a: Place, b: Place): number => {
  let [low, high] = [0, 1];
  for (let i = 0; i < 28; i += 1) {
    const third = (high - low) / 3;
    const left = geodesicMetres(from, onEdge(a, b, low + third));
    const right = geodesicMetres(from, onEdge(a, b, high - third));
    if (left < right) high -= third;
    else low += third;
  }
  return geodesicMetres(from, onEdge(a, b, (low + high) / 2));
};

type Rings = readonly (readonly Place[])[];

const geodesicDepth = (from: Place, rings: Rings): number => {
  const edges = rings.flatMap((ring) =>
    ring.map((a, i) => toEdgeMetres(from, a, ring[(i + 1) % ring.length] ?? a)),
  );
  const turns = rings.reduce((sum, ring) => sum + Math.abs(windingNumber(from, ring)), 0);
  return turns % 2 === 1 ? Math.min(...edges) : -Math.min(...edges);
};

const at = ({ lat, lon }: Place): Position => position(lat, wrapLongitude(lon));
const polygon = (...rings: Rings) => ({ type: 'Polygon', coordinates: rings.map(closed) });
const offset = (metres: number) => fc.double({ min: -metres, max: metres, noNaN: true });

/** Corners all round a middle, at these shares of a radius: simple by construction. */
const starAbout = (middle: Place, radiusMetres: number, shares: readonly number[]): Place[] =>
  shares.map((share, i) => {
    const angle = (2 * Math.PI * i) / shares.length;
    const reach = radiusMetres * share;
    return moved(middle, reach * Math.cos(angle), reach * Math.sin(angle));
  });
const sharesArbitrary = fc.array(fc.double({ min: 0.3, max: 1, noNaN: true }), {
  ...{ minLength: 3, maxLength: 6 },
});

const LATITUDES = [0, 15, 30, 45, 51.5, 60, 66, 70, -35, -70];
const LONGITUDES = [-120, -0.1, 179.999, 180.001];
const STATED_METRES = 0.05;

/** Compares one scene; false where it lies outside of what is stated. */
const isAsStated = (rings: Rings, from: Place): boolean => {
  const expected = geodesicDepth(from, rings);
  if (Math.abs(expected) > 1_000 || Math.abs(expected) < 0.02) return false;
  const found = signedDistanceMetres(zoneOf(polygon(...rings)), at(from));
  expect(Math.abs(found - expected)).toBeLessThan(STATED_METRES);
  return true;
};

describe('within 1 km of an edge, the signed distance is the geodesic within 0.05 m', () => {
  it.each(LATITUDES)('at latitude %d, and across the antimeridian', (lat) => {
    const scenes = fc.tuple(
      fc.constantFrom(...LONGITUDES),
      sharesArbitrary,
      fc.tuple(offset(1_400), offset(1_400)),
    );
    let measured = 0;
    fc.assert(
      fc.property(scenes, ([lon, shares, [east, north]]) => {
        const middle = { lat, lon };
        const ring = starAbout(middle, 800, shares);
        if (isAsStated([ring], moved(middle, east, north))) measured += 1;
      }),
      { numRuns: 20 },
    );
    expect(measured).toBeGreaterThan(3);
  });

  it('in and about holes', () => {
    const scenes = fc.tuple(
      fc.constantFrom(...LATITUDES),
      sharesArbitrary,
      fc.tuple(offset(1_000), offset(1_000)),
    );
    let measured = 0;
    fc.assert(
      fc.property(scenes, ([lat, shares, [east, north]]) => {
        const middle = { lat, lon: 180 };
        const rings = [square(middle, 700), starAbout(middle, 400, shares)];
        if (isAsStated(rings, moved(middle, east, north))) measured += 1;
      }),
      { numRuns: 60 },
    );
    expect(measured).toBeGreaterThan(20);
  });

  it('about several parts, for a zone and for a list of them', () => {
    const scenes = fc.tuple(
      fc.constantFrom(...LATITUDES),
      fc.constantFrom(...LONGITUDES),
      fc.tuple(offset(1_500), offset(1_500)),
    );
    fc.assert(
      fc.property(scenes, ([lat, lon, [east, north]]) => {
        const middle = { lat, lon };
        const rings = [-900, 0, 900].map((metres) => square(moved(middle, metres, metres), 300));
        const from = moved(middle, east, north);
        const expected = geodesicDepth(from, rings);
        fc.pre(Math.abs(expected) <= 1_000 && Math.abs(expected) > 0.02);
        const whole = zoneOf({ type: 'MultiPolygon', coordinates: rings.map((r) => [closed(r)]) });
        const members = rings.map((r, i) => ({ memberId: `part-${i}`, zone: zoneOf(polygon(r)) }));
        const list = decodeZoneList(encodeZoneList(members));
        const found = [
          signedDistanceMetres(whole, at(from)),
          nearestMember(list, at(from), 1_000)?.depthMetres ?? Number.NaN,
        ];
        for (const depth of found) expect(Math.abs(depth - expected)).toBeLessThan(STATED_METRES);
      }),
      { numRuns: 60 },
    );
  });

  it('for circles', () => {
    const scenes = fc.tuple(
      fc.constantFrom(...LATITUDES),
      fc.constantFrom(...LONGITUDES),
      fc.double({ min: 10, max: 5_000, noNaN: true }),
      fc.tuple(offset(6_000), offset(6_000)),
    );
    fc.assert(
      fc.property(scenes, ([lat, lon, radiusMetres, [east, north]]) => {
        const centre = at({ lat, lon });
        const from = moved({ lat, lon }, east, north);
        const expected = radiusMetres - geodesicMetres(centre, at(from));
        fc.pre(Math.abs(expected) <= 1_000 && Math.abs(expected) > 0.02);
        const zone = zoneOf({ type: 'Circle', centre, radiusMetres });
        const found = signedDistanceMetres(zone, at(from));
        expect(Math.abs(found - expected)).toBeLessThan(STATED_METRES);
      }),
    );
  });
});

describe('the distance between two positions', () => {
  it.each([
    [1_000, 0.0001],
    [10_000, 0.01],
    [50_000, 1.2],
  ])('is the geodesic at %d m within %d m', (metres, bound) => {
    for (const lat of LATITUDES) {
      for (const lon of LONGITUDES) {
        for (let bearing = 0; bearing < 360; bearing += 15) {
          const end = WGS84.Direct(lat, lon, bearing, metres);
          const [from, to] = [
            { lat, lon },
            { lat: end.lat2 ?? 0, lon: end.lon2 ?? 0 },
          ];
          const error = distanceMetres(at(from), at(to)) - metres;
          expect(Math.abs(error)).toBeLessThan(bound);
        }
      }
    }
  });
});

describe('the other oracle of these tests', () => {
  it('agrees with the geodesic to a tenth of a millimetre', () => {
    for (const lat of LATITUDES) {
      for (const [dLat, dLon] of [
        [0.01, 0.01],
        [0.2, -0.3],
      ] as const) {
        const [from, to] = [
          { lat, lon: 10 },
          { lat: lat + dLat, lon: 10 + dLon },
        ];
        expect(Math.abs(vincentyMetres(from, to) - geodesicMetres(from, to))).toBeLessThan(1e-4);
      }
    }
  });
});
