import type { CompiledPolygons } from './compiled-zone.ts';
import { viewFrom } from './edge-distance.ts';
import { STEPS_PER_DEGREE } from './grid.ts';
import type { Way } from './way.ts';

/**
 * The edges of a zone on the plane of a way, in metres from the way's start, with the way's end.
 * Edge i runs from point `starts[i]` to the one after it.
 */
export type FlatEdges = Readonly<{
  points: Float64Array;
  starts: Int32Array;
  endX: number;
  endY: number;
}>;

/** Lays the edges of a zone on the plane of a way. Crossings come out exact: the map is linear. */
export const flatten = (zone: CompiledPolygons, way: Way): FlatEdges => {
  const { x, y } = viewFrom(way.from, zone);
  const eastMetres = way.eastMetresPerDegree / STEPS_PER_DEGREE;
  const northMetres = way.northMetresPerDegree / STEPS_PER_DEGREE;
  const points = new Float64Array(zone.points.length);
  for (let i = 0; i < points.length; i += 2) {
    points[i] = ((zone.points[i] ?? 0) - x) * eastMetres;
    points[i + 1] = ((zone.points[i + 1] ?? 0) - y) * northMetres;
  }
  const starts = new Int32Array(points.length / 2 - zone.ringEnds.length);
  let [edge, point] = [0, 0];
  for (const end of zone.ringEnds) {
    for (; point < end - 1; point += 1) {
      starts[edge] = point;
      edge += 1;
    }
    point = end;
  }
  return {
    ...{ points, starts },
    endX: way.eastDegrees * way.eastMetresPerDegree,
    endY: way.northDegrees * way.northMetresPerDegree,
  };
};

/**
 * Where the line on which the way lies crosses edges, as shares of the way in order: below 0 before
 * its start, above 1 beyond its end. A corner on the line counts as on its left, so that crossings
 * go in and out by turns.
 */
export const crossingShares = ({ points, starts, endX, endY }: FlatEdges): number[] => {
  const shares: number[] = [];
  for (const start of starts) {
    const ax = points[2 * start] ?? 0;
    const ay = points[2 * start + 1] ?? 0;
    const bx = points[2 * start + 2] ?? 0;
    const by = points[2 * start + 3] ?? 0;
    const isLeftOfStart = endX * ay - endY * ax >= 0;
    const isLeftOfEnd = endX * by - endY * bx >= 0;
    if (isLeftOfStart === isLeftOfEnd) continue;
    const ux = bx - ax;
    const uy = by - ay;
    shares.push((ax * uy - ay * ux) / (endX * uy - endY * ux));
  }
  return shares.sort((p, q) => p - q);
};

/** The share of the way that lies nearest to a corner of the zone. */
export const nearestToCorner = ({ points, endX, endY }: FlatEdges): number => {
  const square = endX * endX + endY * endY || 1;
  let least = Infinity;
  let nearest = 0;
  for (let i = 0; i < points.length; i += 2) {
    const x = points[i] ?? 0;
    const y = points[i + 1] ?? 0;
    const along = (x * endX + y * endY) / square;
    const share = along < 0 ? 0 : along > 1 ? 1 : along;
    const dx = x - share * endX;
    const dy = y - share * endY;
    const distance = dx * dx + dy * dy;
    if (distance < least) {
      least = distance;
      nearest = share;
    }
  }
  return nearest;
};

/** The edges that come within so many metres of a stretch of the way, and a few more. */
export const edgesNear = (
  edges: FlatEdges,
  stretch: Readonly<{ from: number; to: number; withinMetres: number }>,
): FlatEdges => {
  const { points, starts, endX, endY } = edges;
  const { from, to, withinMetres } = stretch;
  const west = Math.min(from * endX, to * endX) - withinMetres;
  const east = Math.max(from * endX, to * endX) + withinMetres;
  const south = Math.min(from * endY, to * endY) - withinMetres;
  const north = Math.max(from * endY, to * endY) + withinMetres;
  const isNear = (start: number): boolean => {
    const ax = points[2 * start] ?? 0;
    const ay = points[2 * start + 1] ?? 0;
    const bx = points[2 * start + 2] ?? 0;
    const by = points[2 * start + 3] ?? 0;
    if ((ax < west && bx < west) || (ax > east && bx > east)) return false;
    return !((ay < south && by < south) || (ay > north && by > north));
  };
  return { ...edges, starts: starts.filter(isNear) };
};
