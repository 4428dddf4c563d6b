import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { position } from '#domain/geo/position.ts';
import { segmentCrossesZone } from '#domain/geo/segment-crossing.ts';
import { signedDistanceMetres } from '#domain/geo/signed-distance.ts';
import { closed, drawingArbitrary, moved, square, wrapLongitude, zoneOf } from './drawings.ts';
import type { Place } from './vincenty.ts';

const at = ({ lat, lon }: Place) => position(lat, wrapLongitude(lon));
const middle = { lat: 51.5, lon: 179.9999 };
const squareZone = zoneOf({ type: 'Polygon', coordinates: [closed(square(middle, 50))] });
const circleZone = zoneOf({ type: 'Circle', centre: at(middle), radiusMetres: 50 });

describe('the way between two fixes', () => {
  it.each([
    ['straight through', [-200, 0], [200, 0], true],
    ['ending in the zone', [-200, 0], [0, 0], true],
    ['within the zone', [-10, 0], [10, 0], true],
    ['past it', [-200, 60], [200, 60], false],
    ['towards it but not so far', [-200, 0], [-60, 0], false],
    ['away from it', [60, 0], [200, 0], false],
    ['standing still outside', [60, 0], [60, 0], false],
  ] as const)('%s', (_, [x0, y0], [x1, y1], expected) => {
    const [from, to] = [at(moved(middle, x0, y0)), at(moved(middle, x1, y1))];
    expect(segmentCrossesZone(squareZone, from, to)).toBe(expected);
    expect(segmentCrossesZone(circleZone, from, to)).toBe(expected);
  });

  it('meets a zone that it only cuts the corner of', () => {
    const [from, to] = [at(moved(middle, 0, 90)), at(moved(middle, 90, 0))];
    expect(segmentCrossesZone(squareZone, from, to)).toBe(true);
    expect(segmentCrossesZone(circleZone, from, to)).toBe(false);
  });

  it('crosses exactly when a step of it lies inside', () => {
    const coordinate = fc.double({ min: -900, max: 900, noNaN: true });
    const way = fc.tuple(coordinate, coordinate, coordinate, coordinate);
    fc.assert(
      fc.property(drawingArbitrary({ min: 3, max: 30 }, 500), way, (drawing, [x0, y0, x1, y1]) => {
        const zone = zoneOf({ type: 'Polygon', coordinates: [closed(drawing.ring)] });
        const [a, b] = [moved(drawing.middle, x0, y0), moved(drawing.middle, x1, y1)];
        const depths = Array.from({ length: 401 }, (_, i) =>
          signedDistanceMetres(
            zone,
            at({
              lat: a.lat + (i / 400) * (b.lat - a.lat),
              lon: a.lon + (i / 400) * (b.lon - a.lon),
            }),
          ),
        );
        const deepest = Math.max(...depths);
        // A step is at most 6.4 m: between two steps outside, the way may still cut a corner.
        fc.pre(Math.abs(deepest) > 4);
        expect(segmentCrossesZone(zone, at(a), at(b))).toBe(deepest > 0);
      }),
    );
  });
});
