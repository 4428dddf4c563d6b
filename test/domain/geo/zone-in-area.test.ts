import { describe, expect, it } from 'vitest';
import { comesInto, zoneTurned } from '#domain/geo/zone-in-area.ts';
import { zoneOf } from './drawings.ts';
import { box, multi, polygon } from './zone-refusals.ts';

const circle = (lat: number, lon: number, radiusMetres: number) => ({
  ...{ type: 'Circle', centre: { lat, lon }, radiusMetres },
});
const area = zoneOf(polygon(box(0, 50, 2, 52)));

describe('a zone beside an area', () => {
  it.each<[string, unknown, boolean]>([
    ['a polygon within it', polygon(box(0.5, 50.5, 1, 51)), true],
    ['a polygon about it', polygon(box(-1, 49, 3, 53)), true],
    ['a polygon with one corner in it', polygon(box(1.9, 51.9, 3, 53)), true],
    ['a polygon west of it', polygon(box(-2, 50.5, -1, 51)), false],
    ['a polygon south of it', polygon(box(0.5, 48, 1, 49)), false],
    ['a circle within it', circle(51, 1, 500), true],
    ['a circle beside it that reaches into it', circle(52.01, 1, 2_000), true],
    ['a circle beside it that does not', circle(52.03, 1, 2_000), false],
    ['a circle about it', circle(51, 1, 400_000), true],
    ['two parts, one of them within it', multi([box(3, 53, 4, 54)], [box(1, 51, 1.2, 51.2)]), true],
  ])('comes into it or not: %s', (_, sent, comes) => {
    expect(comesInto(zoneOf(sent), area)).toBe(comes);
    expect(comesInto(area, zoneOf(sent))).toBe(comes);
  });

  it.each([
    [circle(51, 1, 500), circle(51.005, 1, 100), true],
    [circle(51, 1, 500), circle(51.02, 1, 100), false],
  ])('is told of circles by their middles and radii', (one, other, comes) => {
    expect(comesInto(zoneOf(one), zoneOf(other))).toBe(comes);
  });

  it('comes into an area across the antimeridian', () => {
    const far = zoneOf(polygon(box(179, -17, 181, -15)));
    expect(comesInto(zoneOf(polygon(box(-179.9, -16.5, -179.8, -16))), far)).toBe(true);
    expect(comesInto(zoneOf(polygon(box(-178.9, -16.5, -178.8, -16))), far)).toBe(false);
  });
});

describe('a shape with latitude and longitude the other way round', () => {
  it.each<[string, unknown, unknown]>([
    ['a circle', circle(1, 51, 500), circle(51, 1, 500)],
    ['a polygon', polygon(box(51, 1, 51.2, 1.1)), polygon(box(1, 51, 1.1, 51.2))],
    [
      'a multipolygon',
      multi([box(51, 1, 51.2, 1.1)], [box(50, 2, 50.5, 2.5)]),
      multi([box(1, 51, 1.1, 51.2)], [box(2, 50, 2.5, 50.5)]),
    ],
  ])('is the zone that was meant: %s', (_, sent, meant) => {
    const [turned, right] = [zoneTurned(sent), zoneOf(meant)];
    expect(turned?.box).toEqual(right.box);
    expect(turned?.kind).toBe(right.kind);
    expect(turned?.areaSquareMetres).toBeCloseTo(right.areaSquareMetres, -2);
  });

  it.each([
    ['no shape at all', { type: 'Polygon' }],
    ['a latitude that no longitude may be', polygon(box(100, 1, 101, 2))],
  ])('is none where that makes no zone: %s', (_, sent) => {
    expect(zoneTurned(sent)).toBeNull();
  });
});
