import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeZone, encodeZone } from '#domain/geo/zone-codec.ts';
import { closed, drawingArbitrary, moved, square, zoneOf } from './drawings.ts';

const polygonArbitrary = drawingArbitrary({ min: 3, max: 120 }, 3_000).map(({ ring }) =>
  zoneOf({ type: 'Polygon', coordinates: [closed(ring)] }),
);
const circleArbitrary = fc
  .record({
    lat: fc.double({ min: -70, max: 70, noNaN: true }),
    lon: fc.double({ min: -180, max: 180, noNaN: true }),
    radiusMetres: fc.double({ min: 1, max: 500_000, noNaN: true }),
  })
  .map(({ lat, lon, radiusMetres }) =>
    zoneOf({ type: 'Circle', centre: { lat, lon }, radiusMetres }),
  );

const parted = zoneOf({
  type: 'MultiPolygon',
  coordinates: [
    [closed(square({ lat: -40, lon: 175 }, 5_000)), closed(square({ lat: -40, lon: 175 }, 900))],
    [closed(square(moved({ lat: -40, lon: 175 }, 400_000, 300_000), 300))],
  ],
});

describe('the stored form of a zone', () => {
  it('decodes to what was encoded', () => {
    fc.assert(
      fc.property(fc.oneof(polygonArbitrary, circleArbitrary, fc.constant(parted)), (zone) => {
        const bytes = encodeZone(zone);
        expect(decodeZone(bytes)).toEqual(zone);
        expect(encodeZone(decodeZone(bytes))).toEqual(bytes);
      }),
    );
  });

  it('decodes a zone as wide as may be, and one that ends on the grid’s furthest steps', () => {
    for (const [west, east] of [
      [-180, -172],
      [172, 180],
      [176, 184],
    ] as const) {
      const ring = [
        [west, -1],
        [east, -1],
        [east, 1],
        [west, 1],
        [west, -1],
      ];
      const zone = zoneOf({ type: 'Polygon', coordinates: [ring] });
      expect(decodeZone(encodeZone(zone))).toEqual(zone);
    }
  });

  it('takes a thousand corners of a parish into 4 KB', () => {
    const ring = Array.from({ length: 1_000 }, (_, i) => {
      const angle = (i / 1_000) * 2 * Math.PI;
      const reach = 1_500 + 40 * Math.sin(37 * angle);
      return moved({ lat: 51.5, lon: -0.1 }, reach * Math.cos(angle), reach * Math.sin(angle));
    });
    const bytes = encodeZone(zoneOf({ type: 'Polygon', coordinates: [closed(ring)] }));
    expect(bytes.length).toBeLessThan(4_096);
  });

  it('reads bytes that stand inside a larger buffer, as a database client returns them', () => {
    const bytes = encodeZone(parted);
    const larger = new Uint8Array(bytes.length + 20);
    larger.set(bytes, 7);
    expect(decodeZone(larger.subarray(7, 7 + bytes.length))).toEqual(parted);
  });

  it.each([
    ['nothing', [], /end too early/],
    ['another version', [2, 1, 0], /has version 2, this code reads version 1/],
    ['an unknown kind', [1, 9], /unknown kind 9/],
    ['a count of rings beyond its length', [1, 1, 0, 0, 0, 255, 255, 127], /end too early/],
    [
      'a count of points beyond its length',
      [1, 1, 0, 0, 0, 1, 255, 255, 255, 255, 255, 127],
      /end too early/,
    ],
  ])('is refused when it holds %s', (_, bytes, message) => {
    expect(() => decodeZone(Uint8Array.from(bytes))).toThrow(message);
  });

  it('is refused wherever it is cut short', () => {
    fc.assert(
      fc.property(fc.oneof(polygonArbitrary, circleArbitrary), fc.nat(), (zone, cut) => {
        const bytes = encodeZone(zone);
        expect(() => decodeZone(bytes.subarray(0, cut % bytes.length))).toThrow(/end too early/);
      }),
    );
  });
});
