import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseZoneShape } from '#domain/geo/zone-shape.ts';
import { polygon, refusals } from './zone-refusals.ts';

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
