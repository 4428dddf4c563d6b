import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { distanceMetres, wrapDegrees } from '#domain/geo/plane.ts';
import { latitude, longitude, position } from '#domain/geo/position.ts';
import { moved, wrapLongitude } from './drawings.ts';
import { vincentyMetres } from './vincenty.ts';

describe('a position', () => {
  it.each([-90.000001, 91, Number.NaN, Number.POSITIVE_INFINITY])(
    'refuses the latitude %d',
    (lat) => {
      expect(() => latitude(lat)).toThrow();
    },
  );

  it.each([-180.000001, 181, Number.NaN, Number.NEGATIVE_INFINITY])(
    'refuses the longitude %d',
    (lon) => {
      expect(() => longitude(lon)).toThrow();
    },
  );

  it('keeps the poles and both sides of the antimeridian', () => {
    expect([position(90, 180), position(-90, -180)]).toEqual([
      { lat: 90, lon: 180 },
      { lat: -90, lon: -180 },
    ]);
  });
});

describe('the oracle of these tests', () => {
  it('gives the published length of the line from Flinders Peak to Buninyong', () => {
    const degrees = (d: number, m: number, s: number): number => d + m / 60 + s / 3600;
    const flinders = { lat: -degrees(37, 57, 3.7203), lon: degrees(144, 25, 29.5244) };
    const buninyong = { lat: -degrees(37, 39, 10.1561), lon: degrees(143, 55, 35.3839) };
    expect(vincentyMetres(flinders, buninyong)).toBeCloseTo(54_972.271, 3);
  });
});

describe('the distance between two positions', () => {
  const bearings = Array.from({ length: 72 }, (_, i) => (i * Math.PI) / 36);
  const latitudes = [-70, -51, 0, 35, 51, 60, 70];

  const worstError = (middleLat: number, middleLon: number, metres: number): number =>
    Math.max(
      ...bearings.map((bearing) => {
        const from = { lat: middleLat, lon: middleLon };
        const to = moved(from, metres * Math.sin(bearing), metres * Math.cos(bearing));
        const ours = distanceMetres(
          position(from.lat, wrapLongitude(from.lon)),
          position(to.lat, wrapLongitude(to.lon)),
        );
        return Math.abs(ours - vincentyMetres(from, to));
      }),
    );

  it.each([
    [1_000, 0.0001],
    [10_000, 0.01],
    [50_000, 1.2],
  ])('is the geodesic at %d m within %d m', (metres, bound) => {
    for (const lat of latitudes) {
      for (const lon of [-0.1, 179.9999, 180]) {
        expect(worstError(lat, lon, metres)).toBeLessThan(bound);
      }
    }
  });

  it('is the same both ways and zero to itself', () => {
    const anywhere = fc.record({
      lat: fc.double({ min: -85, max: 85, noNaN: true }),
      lon: fc.double({ min: -180, max: 180, noNaN: true }),
    });
    fc.assert(
      fc.property(anywhere, anywhere, (a, b) => {
        const [from, to] = [position(a.lat, a.lon), position(b.lat, b.lon)];
        expect(distanceMetres(from, to)).toBeCloseTo(distanceMetres(to, from), 6);
        expect(distanceMetres(from, from)).toBe(0);
      }),
    );
  });

  it.each([
    [-358, 2],
    [358, -2],
    [180, 180],
    [-180, -180],
    [10, 10],
  ])('takes a difference of %d degrees as %d', (difference, wrapped) => {
    expect(wrapDegrees(difference)).toBe(wrapped);
  });
});
