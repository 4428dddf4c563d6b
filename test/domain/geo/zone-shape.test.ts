import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseZoneShape } from '#domain/geo/zone-shape.ts';
import { closed, drawingArbitrary } from './drawings.ts';
import { box, multi, polygon, refusals, shell } from './zone-refusals.ts';

describe('a shape that cannot be read', () => {
  it.each<[string, unknown, string, string]>([
    ['nothing', null, 'malformed', ''],
    ['a Feature', { type: 'Feature', geometry: polygon(shell) }, 'malformed', 'type'],
    ['a circle without centre', { type: 'Circle', radiusMetres: 5 }, 'malformed', 'centre'],
    ['a polygon without rings', polygon(), 'empty', 'coordinates'],
    ['a multipolygon without parts', multi(), 'empty', 'coordinates'],
    ['a part without rings', multi([shell], []), 'empty', 'coordinates.1'],
    ['a ring that is no list', polygon('x'), 'malformed', 'coordinates.0'],
    ['a position of one number', polygon([[1]]), 'malformed', 'coordinates.0.0.1'],
    ['a coordinate that is text', polygon([['a', 1]]), 'malformed', 'coordinates.0.0.0'],
    ['a coordinate that is NaN', polygon([[0, Number.NaN]]), 'not-a-number', 'coordinates.0.0.1'],
    ['a latitude of 91', polygon([[0, 91]]), 'out-of-range', 'coordinates.0.0.1'],
    ['a longitude of 361', polygon([[361, 0]]), 'out-of-range', 'coordinates.0.0.0'],
    [
      'an infinite radius',
      { type: 'Circle', centre: { lat: 0, lon: 0 }, radiusMetres: Number.POSITIVE_INFINITY },
      'not-a-number',
      'radiusMetres',
    ],
    [
      'a radius of nothing',
      { type: 'Circle', centre: { lat: 0, lon: 0 }, radiusMetres: 0 },
      'out-of-range',
      'radiusMetres',
    ],
    [
      'a circle 1,002 km across',
      { type: 'Circle', centre: { lat: 0, lon: 0 }, radiusMetres: 501_000 },
      'out-of-range',
      'radiusMetres',
    ],
    [
      'a circle that reaches past 85 degrees',
      { type: 'Circle', centre: { lat: -84.9, lon: 0 }, radiusMetres: 20_000 },
      'too-near-pole',
      'centre.lat',
    ],
  ])('is refused for %s', (_, input, code, path) => {
    expect(refusals(input).map(([c, p]) => [c, p])).toContainEqual([code, path]);
  });

  it('is refused with a hundred problems at most', () => {
    const ring = Array.from({ length: 500 }, () => [Number.NaN, Number.NaN]);
    expect(refusals(polygon(ring))).toHaveLength(100);
  });

  it('never throws, whatever it is given', () => {
    fc.assert(
      fc.property(fc.anything(), fc.anything(), (value, coordinates) => {
        expect(parseZoneShape(value).ok).toBe(false);
        expect(parseZoneShape(polygon(coordinates)).ok).toBe(false);
        expect(parseZoneShape({ type: 'MultiPolygon', coordinates }).ok).toBe(false);
      }),
    );
  });
});

describe('a ring that is no ring', () => {
  it.each<[string, unknown, string, string, RegExp]>([
    [
      'three positions',
      polygon([
        [0, 0],
        [1, 0],
        [0, 0],
      ]),
      'too-few-positions',
      'coordinates.0',
      /this has 3/,
    ],
    [
      'an open end',
      polygon([
        [0, 0],
        [1, 0],
        [1, 1],
        [0, 1],
      ]),
      'unclosed',
      'coordinates.0.3',
      /starts at \[0, 0\] and ends at \[0, 1\]/,
    ],
    [
      'a way round the pole',
      polygon([
        [0, 80],
        [120, 80],
        [-120, 80],
        [0, 80],
      ]),
      'around-pole',
      'coordinates.0',
      /pole/,
    ],
    [
      'a span over 180 degrees',
      polygon([
        [-100, 0],
        [0, 0],
        [100, 0],
        [100, 1],
        [0, 1],
        [-100, 1],
        [-100, 0],
      ]),
      'span-over-180',
      'coordinates.0',
      /180 degrees/,
    ],
    [
      'one line',
      polygon([
        [0, 0],
        [1, 1],
        [2, 2],
        [0, 0],
      ]),
      'zero-area',
      'coordinates.0',
      /one line/,
    ],
    [
      'one point',
      polygon([
        [0, 0],
        [0, 0],
        [0, 0],
        [0, 0],
      ]),
      'zero-area',
      'coordinates.0',
      /one line/,
    ],
    [
      'less than a square metre',
      polygon(box(0, 0, 0.000005, 0.000005)),
      'zero-area',
      'coordinates.0',
      /0\.31 m2/,
    ],
    ['more than 1,000 km', polygon(box(0, 50, 15, 51)), 'too-large', 'coordinates', /1075 km/],
    [
      'parts more than 1,000 km apart',
      multi([shell], [box(9, 0, 10, 1)]),
      'too-large',
      'coordinates',
      /1113 km/,
    ],
    [
      'a latitude beyond 85',
      polygon(box(0, 84.9, 0.1, 85.1)),
      'too-near-pole',
      'coordinates',
      /85/,
    ],
    [
      'too many positions',
      polygon(Array.from({ length: 20_001 }, () => [0, 0])),
      'too-many-positions',
      'coordinates',
      /20001/,
    ],
  ])('is refused for %s', (_, input, code, path, message) => {
    expect(refusals(input)).toEqual([[code, path, expect.stringMatching(message)]]);
  });

  it('is refused with the problems of every ring at once', () => {
    const codes = refusals(
      multi(
        [[[0, 0]]],
        [
          shell,
          [
            [0.2, 0.2],
            [0.3, 0.2],
            [0.3, 0.3],
            [0.2, 0.3],
          ],
        ],
      ),
    );
    expect(codes.map(([code, path]) => [code, path])).toEqual([
      ['too-few-positions', 'coordinates.0.0'],
      ['unclosed', 'coordinates.1.1.3'],
    ]);
  });
});

describe('a sound shape', () => {
  const hole = box(0.2, 0.2, 0.4, 0.4);
  it.each<[string, unknown]>([
    ['a circle', { type: 'Circle', centre: { lat: 51.5, lon: -0.1 }, radiusMetres: 300 }],
    ['a ring either way round', polygon(shell.toReversed())],
    ['a hole either way round', polygon(shell, hole.toReversed())],
    ['altitudes', polygon(shell.map(([x, y]) => [x, y, 12.5]))],
    ['foreign members', { ...polygon(shell), bbox: [0, 0, 1, 1] }],
    ['repeated positions', polygon(shell.flatMap((p) => [p, p]))],
    [
      'positions along an edge',
      polygon([
        [0, 0],
        [0.5, 0],
        [1, 0],
        [1, 1],
        [0, 0],
      ]),
    ],
    [
      'a hole that touches the shell at one point',
      polygon(shell, [
        [0, 0.5],
        [0.5, 0.2],
        [0.5, 0.8],
        [0, 0.5],
      ]),
    ],
    ['holes that touch at one point', polygon(shell, hole, box(0.4, 0.4, 0.6, 0.6))],
    ['parts that touch at one point', multi([shell], [box(1, 1, 2, 2)])],
    ['an island in a lake', multi([shell, box(0.2, 0.2, 0.8, 0.8)], [box(0.4, 0.4, 0.6, 0.6)])],
    ['nearly 1,000 km at 60 degrees', polygon(box(0, 60, 17, 61))],
  ])('is accepted with %s', (_, input) => {
    expect(refusals(input)).toEqual([]);
  });

  it('is any star-shaped ring, anywhere', () => {
    fc.assert(
      fc.property(drawingArbitrary({ min: 3, max: 120 }, 2_000), ({ ring }) => {
        expect(refusals(polygon(closed(ring)))).toEqual([]);
      }),
    );
  });
});
