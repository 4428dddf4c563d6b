import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { boxSquare, outOfReach } from '#domain/geo/box-distance.ts';
import { nearestSquare, type Viewpoint, viewOfAll } from '#domain/geo/edge-distance.ts';
import { STEPS_PER_DEGREE } from '#domain/geo/grid.ts';
import { position } from '#domain/geo/position.ts';

const degrees = (value: number): number => Math.round(value * STEPS_PER_DEGREE);
const latitudes = fc.integer({ min: -70_000, max: 70_000 }).map((n) => n / 1_000);
const views = latitudes.map((lat) => viewOfAll(position(lat, 10)));
/** Far enough for the plane to shrink, near enough for it to hold. */
const offsets = fc.integer({ min: -6_000, max: 6_000 }).map((n) => n / 1_000);
const sizes = fc.integer({ min: 0, max: 2_000 }).map((n) => n / 1_000);

type Box = readonly [west: number, south: number, east: number, north: number];
const boxes = fc
  .tuple(views, offsets, offsets, sizes, sizes)
  .map(([view, east, north, width, height]): readonly [Viewpoint, Box] => {
    const [west, south] = [view.x + degrees(east), view.y + degrees(north)];
    return [view, [west, south, west + degrees(width), south + degrees(height)]];
  });

const metres = (
  { x, y, eastMetresPerStep, northMetresPerStep }: Viewpoint,
  px: number,
  py: number,
) => Math.hypot((px - x) * eastMetresPerStep, (py - y) * northMetresPerStep);
const clamped = (value: number, least: number, most: number): number =>
  Math.min(most, Math.max(least, value));

/** The square of the true way to a point, by the measure that all edges are measured with. */
const wayTo = (view: Viewpoint, px: number, py: number): number => {
  const points = Int32Array.from([px, py, px, py]);
  return nearestSquare({ points, first: 0, last: 1 }, view, Infinity);
};

describe('the distance to a box', () => {
  it('is that to its nearest point, wherever the box lies', () => {
    fc.assert(
      fc.property(boxes, fc.nat(3), ([view, box], before) => {
        const [west, south, east, north] = box;
        const all = Float64Array.from([...Array(4 * before).fill(1e9), ...box]);
        const nearest = metres(view, clamped(view.x, west, east), clamped(view.y, south, north));
        const found = Math.sqrt(boxSquare(all, 4 * before, view));
        expect(Math.abs(found - nearest)).toBeLessThanOrEqual(1e-6 + 1e-9 * nearest);
      }),
    );
  });

  it('is nothing from within it', () => {
    const view = viewOfAll(position(50, 10));
    const box = Float64Array.from([view.x - 5, view.y - 7, view.x + 3, view.y + 2]);
    expect(boxSquare(box, 0, view)).toBe(0);
  });
});

describe('what may be left out', () => {
  it('is never nearer than what was found', () => {
    let [left, kept] = [0, 0];
    fc.assert(
      fc.property(views, offsets, offsets, sizes, (view, east, north, share) => {
        const spot = [Math.round(view.x + degrees(east)), Math.round(view.y + degrees(north))];
        const [px = 0, py = 0] = spot;
        const way = wayTo(view, px, py);
        // As near as what was found, more or less: there it is decided.
        const best = way * (0.9 + share / 10);
        const isLeftOut = metres(view, px, py) ** 2 > outOfReach(best, view);
        if (isLeftOut) {
          left += 1;
          expect(way).toBeGreaterThanOrEqual(best);
        } else kept += 1;
      }),
      { numRuns: 2_000 },
    );
    expect(Math.min(left, kept)).toBeGreaterThan(100);
  });

  it('is nothing while nothing was found', () => {
    expect(outOfReach(Infinity, viewOfAll(position(50, 10)))).toBe(Infinity);
  });

  it('reaches hardly further than what was found, where all is near', () => {
    const view = viewOfAll(position(50, 10));
    expect(Math.sqrt(outOfReach(100 ** 2, view))).toBeCloseTo(100, 1);
    expect(Math.sqrt(outOfReach(0, view))).toBe(0);
  });

  it('reaches twice as far at most', () => {
    const view = viewOfAll(position(70, 10));
    expect(Math.sqrt(outOfReach(5e6 ** 2, view))).toBeCloseTo(1e7, 0);
    for (const found of [1e3, 1e5, 1e6, 3e6]) {
      const reach = Math.sqrt(outOfReach(found ** 2, view));
      expect(reach).toBeGreaterThanOrEqual(found);
      expect(reach).toBeLessThanOrEqual(2 * found * (1 + 1e-9));
    }
  });
});
