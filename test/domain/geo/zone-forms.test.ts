import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CompiledZone } from '#domain/geo/compiled-zone.ts';
import { type Position, position } from '#domain/geo/position.ts';
import { isInside, signedDistanceMetres } from '#domain/geo/signed-distance.ts';
import {
  closed,
  type Drawing,
  drawingArbitrary,
  moved,
  square,
  wrapLongitude,
  zoneOf,
} from './drawings.ts';
import { type Place, vincentyMetres } from './vincenty.ts';

const at = ({ lat, lon }: Place): Position => position(lat, wrapLongitude(lon));
const polygon = (...rings: readonly (readonly Place[])[]) => ({
  type: 'Polygon',
  coordinates: rings.map(closed),
});

describe('a polygon with holes and parts', () => {
  const middle = { lat: 52, lon: 4 };
  const island = square(middle, 100);
  const lake = square(middle, 400);
  const shore = square(middle, 1_000);
  const elsewhere = square(moved(middle, 3_000, 0), 200);
  const zone = zoneOf({
    type: 'MultiPolygon',
    coordinates: [
      [closed(shore), closed(lake)],
      [closed(island)],
      [closed(elsewhere.toReversed())],
    ],
  });
  const east = (metres: number): number => signedDistanceMetres(zone, at(moved(middle, metres, 0)));

  it.each([
    ['on the island', 0, 100],
    ['in the lake, nearer to the island', 150, -50],
    ['in the lake, nearer to the land', 350, -50],
    ['on the land, nearer to the lake', 500, 100],
    ['on the land, nearer to the shore', 900, 100],
    ['between the parts', 1_200, -200],
    ['in the part that runs clockwise', 3_000, 200],
    ['beyond all parts', 3_300, -100],
  ])('measures %s to the nearest edge of any ring', (_, metres, expected) => {
    expect(Math.abs(east(metres) - expected)).toBeLessThan(1.5);
  });

  it.each([100, 400, 1_000, 2_800, 3_200])('has its edge %d m east', (metres) => {
    expect(east(metres)).toBe(0);
  });
});

describe('a circle', () => {
  const scenes = fc
    .tuple(
      fc.double({ min: 1, max: 5_000, noNaN: true }),
      drawingArbitrary({ min: 1, max: 1 }, 6_000),
    )
    .map(([radiusMetres, { middle, ring }]) => ({ radiusMetres, middle, from: ring[0] ?? middle }));

  it('is as deep as its radius less the way to its centre', () => {
    fc.assert(
      fc.property(scenes, ({ radiusMetres, middle, from }) => {
        const zone = zoneOf({ type: 'Circle', centre: at(middle), radiusMetres });
        const expected = radiusMetres - vincentyMetres(middle, from);
        expect(Math.abs(signedDistanceMetres(zone, at(from)) - expected)).toBeLessThan(0.02);
      }),
    );
  });

  it('has its edge in', () => {
    const middle = { lat: 51.5, lon: 179.9999 };
    const edge = moved(middle, 300, 0);
    const radiusMetres = vincentyMetres(middle, edge);
    const zone = zoneOf({ type: 'Circle', centre: middle, radiusMetres });
    expect(signedDistanceMetres(zone, at(edge))).toBe(0);
    expect(isInside(zone, at(edge))).toBe(true);
    expect(isInside(zone, at(moved(edge, 0.1, 0)))).toBe(false);
    expect(signedDistanceMetres(zone, at(moved(edge, -0.5, 0)))).toBeCloseTo(0.5, 1);
  });
});

describe('a zone across the antimeridian', () => {
  const south = -17;
  const north = -16.5;
  const box = (west: number, east: number) => [
    [west, south],
    [east, south],
    [east, north],
    [west, north],
    [west, south],
  ];
  const forms: [string, CompiledZone][] = [
    ['179.8 to -179.7', zoneOf({ type: 'Polygon', coordinates: [box(179.8, -179.7)] })],
    ['179.8 to 180.3', zoneOf({ type: 'Polygon', coordinates: [box(179.8, 180.3)] })],
    ['-180.2 to -179.7', zoneOf({ type: 'Polygon', coordinates: [box(-180.2, -179.7)] })],
    [
      'cut in two at 180',
      zoneOf({ type: 'MultiPolygon', coordinates: [[box(179.8, 180)], [box(-180, -179.7)]] }),
    ],
    [
      'cut in two, the eastern part first and clockwise',
      zoneOf({
        type: 'MultiPolygon',
        coordinates: [[box(-180, -179.7).toReversed()], [box(179.8, 180)]],
      }),
    ],
  ];

  it.each(forms)('written %s has its depth measured to its outer edges', (_, zone) => {
    const depth = (lon: number, lat = -16.75): number =>
      signedDistanceMetres(zone, position(lat, lon));
    expect(depth(180)).toBeCloseTo(
      vincentyMetres({ lat: -16.75, lon: 0 }, { lat: -16.75, lon: 0.2 }),
      1,
    );
    expect(depth(-180)).toBe(depth(180));
    expect(depth(-179.8)).toBeCloseTo(
      vincentyMetres({ lat: -16.75, lon: 0 }, { lat: -16.75, lon: 0.1 }),
      1,
    );
    expect(depth(179.7)).toBeLessThan(-10_000);
    expect(depth(-179.6)).toBeLessThan(-10_000);
    expect(depth(0)).toBeLessThan(-10_000_000);
    expect(depth(180, north)).toBe(0);
  });

  it('is one zone whichever way it is written', () => {
    const measures = forms.map(([, { areaSquareMetres, box: bounds }]) => [
      Math.round(areaSquareMetres / 100),
      Math.round(1e6 * (bounds.east - bounds.west)),
      bounds.south,
      bounds.north,
    ]);
    expect(new Set(measures.map((one) => one.join())).size).toBe(1);
  });

  it('joins parts that meet along a piece of the cut only', () => {
    // The shape of a T on its side, and the same ten degrees further west, drawn as one ring.
    const bar = box(-180, -179.9).map(([x = 0, y = 0]) => [x, y]);
    const stem = [
      [179.9, -16.9],
      [180, -16.9],
      [180, -16.7],
      [179.9, -16.7],
      [179.9, -16.9],
    ];
    const whole = [
      [-190.1, -16.9],
      [-190, -16.9],
      [-190, -17],
      [-189.9, -17],
      [-189.9, -16.5],
      [-190, -16.5],
      [-190, -16.7],
      [-190.1, -16.7],
      [-190.1, -16.9],
    ];
    const cut = zoneOf({ type: 'MultiPolygon', coordinates: [[stem], [bar]] });
    const drawn = zoneOf({ type: 'Polygon', coordinates: [whole] });
    for (const lat of [-17.1, -17, -16.95, -16.85, -16.8, -16.7, -16.6, -16.4]) {
      for (const lon of [179.85, 179.95, 180, -179.95, -179.85]) {
        const shifted = position(lat, wrapLongitude(lon - 10));
        expect(signedDistanceMetres(cut, position(lat, lon))).toBeCloseTo(
          signedDistanceMetres(drawn, shifted),
          3,
        );
      }
    }
  });

  it('joins a ring whose cut makes a notch of a hole', () => {
    const west = [
      [179, 0],
      [180, 0],
      [180, 0.3],
      [179.5, 0.3],
      [179.5, 0.7],
      [180, 0.7],
      [180, 1],
      [179, 1],
      [179, 0],
    ];
    const east = [
      [-180, 0],
      [-179, 0],
      [-179, 1],
      [-180, 1],
      [-180, 0.7],
      [-179.5, 0.7],
      [-179.5, 0.3],
      [-180, 0.3],
      [-180, 0],
    ];
    const zone = zoneOf({ type: 'MultiPolygon', coordinates: [[west], [east]] });
    const inHole = signedDistanceMetres(zone, position(0.5, 180));
    expect(inHole).toBeCloseTo(-vincentyMetres({ lat: 0.5, lon: 0 }, { lat: 0.7, lon: 0 }), 0);
    expect(signedDistanceMetres(zone, position(0.15, 180))).toBeCloseTo(
      vincentyMetres({ lat: 0.15, lon: 0 }, { lat: 0, lon: 0 }),
      0,
    );
  });
});

describe('the area of a zone', () => {
  const sphereLike = (drawing: Drawing): number => {
    // Shoelace in metres at the middle's latitude: right to the third digit for so small a ring.
    const flat = drawing.ring.map((p) => ({
      x:
        Math.sign(p.lon - drawing.middle.lon) *
        vincentyMetres(
          { lat: drawing.middle.lat, lon: 0 },
          { lat: drawing.middle.lat, lon: p.lon - drawing.middle.lon },
        ),
      y:
        Math.sign(p.lat - drawing.middle.lat) *
        vincentyMetres({ lat: drawing.middle.lat, lon: 0 }, { lat: p.lat, lon: 0 }),
    }));
    const twice = flat.reduce((sum, a, i) => {
      const b = flat[(i + 1) % flat.length] ?? a;
      return sum + a.x * b.y - b.x * a.y;
    }, 0);
    return Math.abs(twice) / 2;
  };

  it('is that of the ground it covers', () => {
    fc.assert(
      fc.property(drawingArbitrary({ min: 4, max: 30 }, 500), (drawing) => {
        const expected = sphereLike(drawing);
        const { areaSquareMetres } = zoneOf(polygon(drawing.ring));
        expect(Math.abs(areaSquareMetres / expected - 1)).toBeLessThan(0.001);
      }),
    );
  });

  it('leaves out the holes', () => {
    const middle = { lat: 40, lon: 10 };
    const whole = zoneOf(polygon(square(middle, 500))).areaSquareMetres;
    const hole = zoneOf(polygon(square(middle, 100))).areaSquareMetres;
    const holed = zoneOf(polygon(square(middle, 500), square(middle, 100))).areaSquareMetres;
    expect(holed).toBeCloseTo(whole - hole, 1);
  });
});
