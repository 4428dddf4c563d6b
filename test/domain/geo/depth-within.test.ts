import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { position } from '#domain/geo/position.ts';
import { depthWithin, signedDistanceMetres } from '#domain/geo/signed-distance.ts';
import { closed, drawingArbitrary, moved, wrapLongitude, zoneOf } from './drawings.ts';

const offset = fc.double({ min: -60_000, max: 60_000, noNaN: true });

describe('the depth within reach', () => {
  it('is the signed distance wherever the zone comes within reach, and never invented', () => {
    let beyond = 0;
    fc.assert(
      fc.property(
        drawingArbitrary({ min: 3, max: 40 }, 8_000),
        fc.tuple(offset, offset),
        fc.constantFrom(0, 100, 5_000, 50_000),
        ({ middle, ring }, [east, north], reach) => {
          const zone = zoneOf({ type: 'Polygon', coordinates: [closed(ring)] });
          const from = moved(middle, east, north);
          const at = position(from.lat, wrapLongitude(from.lon));
          const depth = signedDistanceMetres(zone, at);
          const found = depthWithin(zone, at, reach);
          if (found === Number.NEGATIVE_INFINITY) beyond += 1;
          else expect(found).toBe(depth);
          if (depth >= -reach) expect(found).toBe(depth);
        },
      ),
      { numRuns: 1_000 },
    );
    expect(beyond).toBeGreaterThan(100);
  });

  it('is told from the box alone on all sides of the zone', () => {
    const ring = [
      { lat: 51, lon: 179.9 },
      { lat: 51, lon: 180.1 },
      { lat: 51.1, lon: 180 },
    ];
    const zone = zoneOf({ type: 'Polygon', coordinates: [closed(ring)] });
    for (const [lat, lon] of [
      [50.9, 180],
      [51.2, -180],
      [51.05, 179.7],
      [51.05, -179.7],
    ] as const) {
      const at = position(lat, lon);
      const away = -signedDistanceMetres(zone, at);
      expect(depthWithin(zone, at, away + 1)).toBe(-away);
      expect(depthWithin(zone, at, away / 2)).toBe(Number.NEGATIVE_INFINITY);
    }
  });

  it('is that of a circle in any case', () => {
    const zone = zoneOf({ type: 'Circle', centre: { lat: 51, lon: 0 }, radiusMetres: 200 });
    expect(depthWithin(zone, position(52, 0), 10)).toBe(
      signedDistanceMetres(zone, position(52, 0)),
    );
  });
});
