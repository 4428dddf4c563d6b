import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseZoneShape } from '#domain/geo/zone-shape.ts';
import { closed, drawingArbitrary } from './drawings.ts';

const polygon = (...coordinates: readonly unknown[]) => ({ type: 'Polygon', coordinates });
const multi = (...coordinates: readonly unknown[]) => ({ type: 'MultiPolygon', coordinates });
const box = (west: number, south: number, east: number, north: number): number[][] => [
  [west, south],
  [east, south],
  [east, north],
  [west, north],
  [west, south],
];
const shell = box(0, 0, 1, 1);

const refusals = (input: unknown): [string, string, string][] => {
  const result = parseZoneShape(input);
  return result.ok
    ? []
    : result.problems.map(({ code, path, message }) => [code, path.join('.'), message]);
};

describe('a shape that cannot be read', () => {
  it.each<[string, unknown, string, string]>([
    ['nothing', null, 'malformed', ''],
    ['a Feature', { type: 'Feature', geometry: polygon(shell) }, 'malformed', 'type'],
    ['a circle without centre', { type: 'Circle', radiusMetres: 5 }, 'malformed', 'centre'],
    ['a polygon without rings', polygon(), 'malformed', 'coordinates'],
    ['a multipolygon without parts', multi(), 'malformed', 'coordinates'],
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

describe('a ring that meets itself', () => {
  it('is refused with both edges and the place', () => {
    expect(
      refusals(
        polygon([
          [0, 0],
          [1, 1],
          [1, 0],
          [0, 1],
          [0, 0],
        ]),
      ),
    ).toEqual([
      [
        'self-intersection',
        'coordinates.0.0',
        'the ring meets itself: edge 0 ([0, 0] to [1, 1]) crosses edge 2 ([1, 0] to [0, 1]) at [0.5, 0.5]',
      ],
    ]);
  });

  it('names edges by the positions as they were sent, repeated ones counted', () => {
    const [problem] = refusals(
      polygon([
        [0, 0],
        [0, 0],
        [0, 0],
        [1, 1],
        [1, 0],
        [0, 1],
        [0, 0],
      ]),
    );
    expect(problem?.[1]).toBe('coordinates.0.2');
    expect(problem?.[2]).toContain('edge 4 ([1, 0] to [0, 1])');
  });

  it.each<[string, number[][]]>([
    [
      'a spike',
      [
        [0, 0],
        [2, 0],
        [1, 0],
        [1, 1],
        [0, 1],
        [0, 0],
      ],
    ],
    [
      'a spike at its start',
      [
        [1, 0],
        [3, 0],
        [2, 0],
        [2, 1],
        [0, 1],
        [0, 0],
        [1, 0],
      ].map(([x = 0, y = 0]) => [x / 10, y / 10]),
    ],
    [
      'a corner that touches an edge',
      [
        [0, 0],
        [4, 0],
        [4, 4],
        [2, 0],
        [0, 4],
        [0, 0],
      ],
    ],
    [
      'two corners in one place',
      [
        [0, 0],
        [2, 0],
        [1, 1],
        [2, 2],
        [0, 2],
        [1, 1],
        [0, 0],
      ],
    ],
    [
      'a crossing across the antimeridian',
      [
        [179, 0],
        [-179, 1],
        [-179, 0],
        [179, 1],
        [179, 0],
      ],
    ],
  ])('is refused for %s', (_, ring) => {
    expect(refusals(polygon(ring)).map(([code]) => code)).toContain('self-intersection');
  });
});

describe('rings that do not fit together', () => {
  it.each<[string, unknown, string, string, RegExp]>([
    [
      'a hole across the shell',
      polygon(shell, box(0.5, 0.4, 1.5, 0.6)),
      'rings-cross',
      'coordinates.0.1',
      /crosses edge . .* of coordinates\[1\]/,
    ],
    [
      'a hole outside',
      polygon(shell, box(2, 2, 3, 3)),
      'hole-outside',
      'coordinates.1',
      /inside its shell/,
    ],
    [
      'a hole round the shell',
      polygon(box(0.2, 0.2, 0.3, 0.3), shell),
      'hole-outside',
      'coordinates.1',
      /inside its shell/,
    ],
    [
      'a hole along the shell',
      polygon(shell, box(0, 0.2, 0.5, 0.4)),
      'rings-touch',
      'coordinates.0.3',
      /runs along/,
    ],
    [
      'a hole that touches the shell twice',
      polygon(shell, [
        [0, 0.5],
        [0.5, 0.2],
        [1, 0.5],
        [0.5, 0.8],
        [0, 0.5],
      ]),
      'rings-touch',
      'coordinates.0.1',
      /one point only/,
    ],
    [
      'a hole in a hole',
      polygon(shell, box(0.2, 0.2, 0.8, 0.8), box(0.4, 0.4, 0.6, 0.6)),
      'hole-in-hole',
      'coordinates.2',
      /coordinates\[1\]/,
    ],
    [
      'parts that cross',
      multi([shell], [box(0.5, 0.5, 1.5, 1.5)]),
      'rings-cross',
      'coordinates.0.0.1',
      /coordinates\[1\]\[0\]/,
    ],
    [
      'a part inside another',
      multi([shell], [box(0.4, 0.4, 0.6, 0.6)]),
      'parts-overlap',
      'coordinates.1.0',
      /coordinates\[0\]\[0\]/,
    ],
    [
      'the same part twice',
      multi([shell], [shell]),
      'rings-touch',
      'coordinates.0.0.0',
      /runs along/,
    ],
    [
      'parts with an edge in common',
      multi([shell], [box(1, 0, 2, 1)]),
      'rings-touch',
      'coordinates.0.0.1',
      /join them/,
    ],
  ])('are refused for %s', (_, input, code, path, message) => {
    const problems = refusals(input);
    expect(problems).toContainEqual([
      code,
      expect.stringContaining(path),
      expect.stringMatching(message),
    ]);
    expect(new Set(problems.map(([c]) => c)).size).toBe(1);
  });

  it('stop at a hundred contacts', () => {
    const comb = (dx: number, dy: number): number[][] => {
      const teeth = Array.from({ length: 60 }, (_, i) => [
        [dx + i, dy],
        [dx + i + 0.5, dy + 60],
      ]).flat();
      return [...teeth, [dx + 60, dy - 1], [dx, dy - 1], [dx, dy]].map(([x = 0, y = 0]) => [
        x / 100,
        y / 100,
      ]);
    };
    const across = comb(0, 0).map(([x = 0, y = 0]) => [y, x]);
    const { length } = refusals(multi([comb(0, 0)], [across]));
    expect(length).toBeGreaterThan(50);
    expect(length).toBeLessThanOrEqual(100);
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

  it('may be as fine as the most positions allow, and is read in a second', () => {
    const ring = Array.from({ length: 19_999 }, (_, i) => {
      const angle = (i / 19_999) * 2 * Math.PI;
      const reach = i % 2 === 0 ? 0.2 : 0.19;
      return { lat: 51 + reach * Math.sin(angle), lon: reach * Math.cos(angle) };
    });
    expect(refusals(polygon(closed(ring)))).toEqual([]);
  }, 5_000);
});

describe('crossing edges', () => {
  type Point = readonly [number, number];
  const side = (a: Point, b: Point, c: Point): number =>
    Math.sign((b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]));
  const holds = (a: Point, b: Point, p: Point): boolean =>
    side(a, b, p) === 0 && (p[0] - a[0]) * (p[0] - b[0]) <= 0 && (p[1] - a[1]) * (p[1] - b[1]) <= 0;
  const meet = (a: Point, b: Point, c: Point, d: Point): boolean =>
    (side(a, b, c) * side(a, b, d) < 0 && side(c, d, a) * side(c, d, b) < 0) ||
    holds(a, b, c) ||
    holds(a, b, d) ||
    holds(c, d, a) ||
    holds(c, d, b);

  /** By definition: no two edges share a point, but neighbours share their corner and no more. */
  const isSimple = (ring: readonly Point[]): boolean => {
    const edges = ring.map((a, i): [Point, Point] => [a, ring[(i + 1) % ring.length] ?? a]);
    return edges.every(([a, b], i) =>
      edges.every(([c, d], j) => {
        if (j <= i) return true;
        const follows = j === i + 1;
        const closes = i === 0 && j === edges.length - 1;
        if (follows) return !holds(a, b, d) && !holds(c, d, a);
        return closes ? !holds(c, d, b) && !holds(a, b, c) : !meet(a, b, c, d);
      }),
    );
  };

  it('are found on a lattice so coarse that corners, edges and lines often fall together', () => {
    const corner = fc.tuple(fc.integer({ min: 0, max: 4 }), fc.integer({ min: 0, max: 4 }));
    let simple = 0;
    fc.assert(
      fc.property(fc.array(corner, { minLength: 3, maxLength: 8 }), (drawn) => {
        const ring = drawn.filter((p, i) => {
          const next = drawn[(i + 1) % drawn.length];
          return next !== undefined && (p[0] !== next[0] || p[1] !== next[1]);
        });
        fc.pre(ring.length >= 3);
        const expected = isSimple(ring);
        if (expected) simple += 1;
        const positions = [...ring, ...ring.slice(0, 1)].map(([x, y]) => [x / 100, y / 100]);
        expect(parseZoneShape(polygon(positions)).ok).toBe(expected);
      }),
      { numRuns: 3_000, seed: 20_261_121 },
    );
    expect(simple).toBeGreaterThan(200);
  });

  it('are told from near misses of one step of the grid', () => {
    const step = 1e-7;
    const ring = (height: number): number[][] => [
      [0, 0],
      [1, 0],
      [1, 1],
      [0.5, height],
      [0, 1],
      [0, 0],
    ];
    expect(refusals(polygon(ring(step)))).toEqual([]);
    expect(refusals(polygon(ring(0))).map(([code]) => code)).toContain('self-intersection');
    expect(refusals(polygon(ring(-step))).map(([code]) => code)).toContain('self-intersection');
  });

  it('are exact where products of coordinates outgrow a double', () => {
    // The corner lies one step beside an edge 8 degrees long: less than a double's rounding there.
    const ring = (x: number): number[][] => [
      [0, 0],
      [8.0000001, 3.0000002],
      [8, 5],
      [x, 1.5000001],
      [0, 5],
      [0, 0],
    ];
    expect(refusals(polygon(ring(4)))).toEqual([]);
    expect(refusals(polygon(ring(4.0000001))).map(([code]) => code)).toContain('self-intersection');
  });
});
