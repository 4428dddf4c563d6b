import fc from 'fast-check';
import { type CompiledZone, compileZone } from '#domain/geo/compiled-zone.ts';
import { parseZoneShape } from '#domain/geo/zone-shape.ts';
import type { Place } from './vincenty.ts';

/** Compiles a shape that the test holds to be sound, and says why if it is not. */
export const zoneOf = (input: unknown): CompiledZone => {
  const result = parseZoneShape(input);
  if (!result.ok) throw new Error(JSON.stringify(result.problems));
  return compileZone(result.shape);
};

export const wrapLongitude = (lon: number): number => ((((lon + 180) % 360) + 360) % 360) - 180;

const onGrid = (degrees: number): number => Math.round(degrees * 1e7) / 1e7;
const METRES_PER_DEGREE = 111_320;

/** A place so many metres east and north of another, roughly: for drawing only. */
export const moved = (from: Place, eastMetres: number, northMetres: number): Place => ({
  lat: onGrid(from.lat + northMetres / METRES_PER_DEGREE),
  lon: onGrid(from.lon + eastMetres / (METRES_PER_DEGREE * Math.cos((from.lat * Math.PI) / 180))),
});

/** A ring as GeoJSON: closed, longitude first. */
export const closed = (ring: readonly Place[]): number[][] =>
  [...ring, ...ring.slice(0, 1)].map(({ lat, lon }) => [lon, lat]);

export const square = (middle: Place, halfMetres: number): Place[] => [
  moved(middle, -halfMetres, -halfMetres),
  moved(middle, halfMetres, -halfMetres),
  moved(middle, halfMetres, halfMetres),
  moved(middle, -halfMetres, halfMetres),
];

export type Drawing = Readonly<{ middle: Place; ring: readonly Place[] }>;

/** A middle anywhere to 70 degrees, on the antimeridian more often than chance would have it. */
export const middleArbitrary: fc.Arbitrary<Place> = fc.record({
  lat: fc.double({ min: -70, max: 70, noNaN: true }),
  lon: fc.oneof(
    fc.double({ min: -179.99, max: 179.99, noNaN: true }),
    fc.double({ min: 179.995, max: 180.005, noNaN: true }),
  ),
});

/** Star-shaped rings: spiky, and simple by construction. Longitudes are not wrapped. */
export const drawingArbitrary = (
  corners: Readonly<{ min: number; max: number }>,
  radiusMetres: number,
): fc.Arbitrary<Drawing> =>
  fc
    .tuple(
      middleArbitrary,
      fc.array(
        fc.tuple(
          fc.double({ min: 0, max: 0.7, noNaN: true }),
          fc.double({ min: 0.25, max: 1, noNaN: true }),
        ),
        {
          minLength: corners.min,
          maxLength: corners.max,
        },
      ),
    )
    .map(([middle, corner]) => ({
      middle,
      ring: corner.map(([jitter, radius], i) => {
        const angle = ((i + jitter) / corner.length) * 2 * Math.PI;
        const reach = radius * radiusMetres;
        return moved(middle, reach * Math.cos(angle), reach * Math.sin(angle));
      }),
    }));
