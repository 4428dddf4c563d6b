import type { CompiledPolygons } from './compiled-zone.ts';
import { STEPS_PER_DEGREE, STEPS_PER_TURN } from './grid.ts';
import { planeAt } from './plane.ts';
import type { Position } from './position.ts';

/** A position as the edges of one zone are measured from it. */
export type Viewpoint = Readonly<{
  /** Steps from the zone's origin, not rounded. */
  x: number;
  y: number;
  eastMetresPerStep: number;
  northMetresPerStep: number;
  eastStretch: number;
  northStretch: number;
}>;

/** Lays the plane about a position, which lies `x` and `y` steps from where steps are counted. */
const viewpoint = (at: Position, x: number, y: number): Viewpoint => {
  const plane = planeAt(at.lat);
  return {
    x,
    y,
    eastMetresPerStep: plane.eastMetresPerDegree / STEPS_PER_DEGREE,
    northMetresPerStep: plane.northMetresPerDegree / STEPS_PER_DEGREE,
    eastStretch: plane.eastStretch,
    northStretch: plane.northStretch,
  };
};

/** Lays the plane about a position and takes the zone's origin the short way round the earth. */
export const viewFrom = (at: Position, { origin }: CompiledPolygons): Viewpoint => {
  let x = at.lon * STEPS_PER_DEGREE - origin.x;
  if (x > STEPS_PER_TURN / 2) x -= STEPS_PER_TURN;
  else if (x < -STEPS_PER_TURN / 2) x += STEPS_PER_TURN;
  return viewpoint(at, x, at.lat * STEPS_PER_DEGREE - origin.y);
};

/** The same in steps from the equator and Greenwich. */
export const viewOfAll = (at: Position): Viewpoint =>
  viewpoint(at, at.lon * STEPS_PER_DEGREE, at.lat * STEPS_PER_DEGREE);

/**
 * No way shrinks below this share of itself: a zone lies less than 90 degrees - lat to the north,
 * and tan(lat) (90 degrees - lat) is less than 1 radian.
 */
export const LEAST_STRETCH = 0.5;

/** Points first to last of a zone's points; the edges run between them. */
export type Stretch = Readonly<{ points: Int32Array; first: number; last: number }>;

/**
 * Square of the distance in metres to the nearest of a run of edges, or `best` if that is less. The
 * nearest point of an edge is found on the plane scaled at the viewpoint, where edges that are
 * straight in longitude and latitude (RFC 7946 section 3.1.1) stay straight; the way to it is then
 * measured by the scale of the middle latitude.
 */
export const nearestSquare = (run: Stretch, view: Viewpoint, best: number): number => {
  const { points, first, last } = run;
  const { x, y, eastMetresPerStep, northMetresPerStep, eastStretch, northStretch } = view;
  let least = best;
  let ax = ((points[2 * first] ?? 0) - x) * eastMetresPerStep;
  let ay = ((points[2 * first + 1] ?? 0) - y) * northMetresPerStep;
  for (let i = first + 1; i <= last; i += 1) {
    const bx = ((points[2 * i] ?? 0) - x) * eastMetresPerStep;
    const by = ((points[2 * i + 1] ?? 0) - y) * northMetresPerStep;
    const dx = bx - ax;
    const dy = by - ay;
    const length = dx * dx + dy * dy;
    let along = length > 0 ? -(ax * dx + ay * dy) / length : 0;
    along = along < 0 ? 0 : along > 1 ? 1 : along;
    const east = ax + along * dx;
    const north = ay + along * dy;
    const trueEast = east * (1 + eastStretch * north);
    const trueNorth = north * (1 + northStretch * north);
    const square = trueEast * trueEast + trueNorth * trueNorth;
    if (square < least) least = square;
    ax = bx;
    ay = by;
  }
  return least;
};

/** Whether the edge that starts at a point crosses the line from the viewpoint due east. */
export const crossesEastward = (points: Int32Array, start: number, view: Viewpoint): boolean => {
  const ay = points[2 * start + 1] ?? 0;
  const by = points[2 * start + 3] ?? 0;
  const { x, y } = view;
  if (ay > y === by > y) return false;
  const ax = points[2 * start] ?? 0;
  const bx = points[2 * start + 2] ?? 0;
  return x < ((bx - ax) * (y - ay)) / (by - ay) + ax;
};
