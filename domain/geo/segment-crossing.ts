import type { CompiledPolygons, CompiledZone } from './compiled-zone.ts';
import { viewFrom } from './edge-distance.ts';
import { type GridPoint, isBetween, turn } from './grid.ts';
import { planeAt, wrapDegrees } from './plane.ts';
import type { Position } from './position.ts';
import { isInside } from './signed-distance.ts';

const meets = (a: GridPoint, b: GridPoint, edge: readonly [GridPoint, GridPoint]): boolean => {
  const [c, d] = edge;
  const [c0, d0] = [turn(a, b, c), turn(a, b, d)];
  const [a0, b0] = [turn(c, d, a), turn(c, d, b)];
  if (c0 > 0 !== d0 > 0 && a0 > 0 !== b0 > 0) return true;
  return (c0 === 0 && isBetween(c, a, b)) || (d0 === 0 && isBetween(d, a, b));
};

const roundedView = (at: Position, zone: CompiledPolygons): GridPoint => {
  const { x, y } = viewFrom(at, zone);
  return { x: Math.round(x), y: Math.round(y) };
};

const crossesAnEdge = (zone: CompiledPolygons, from: Position, to: Position): boolean => {
  const a = roundedView(from, zone);
  const b = roundedView(to, zone);
  const { points, ringEnds } = zone;
  let start = 0;
  for (const end of ringEnds) {
    for (let i = start; i < end - 1; i += 1) {
      const [x0 = 0, y0 = 0, x1 = 0, y1 = 0] = points.subarray(2 * i, 2 * i + 4);
      const edge = [
        { x: x0, y: y0 },
        { x: x1, y: y1 },
      ] as const;
      if (meets(a, b, edge)) return true;
    }
    start = end;
  }
  return false;
};

/** The point of a straight way, in longitude and latitude, that comes nearest to another point. */
const nearestOnWay = (
  target: Position,
  from: Position,
  to: Position,
): { lat: number; lon: number } => {
  const plane = planeAt(target.lat);
  const [east, north] = [plane.eastMetresPerDegree, plane.northMetresPerDegree];
  const lon = wrapDegrees(from.lon - target.lon);
  const lat = from.lat - target.lat;
  const [stepLon, stepLat] = [wrapDegrees(to.lon - from.lon), to.lat - from.lat];
  const length = (stepLon * east) ** 2 + (stepLat * north) ** 2;
  const dot = -(lon * stepLon * east * east + lat * stepLat * north * north);
  const along = length > 0 ? Math.min(1, Math.max(0, dot / length)) : 0;
  return { lat: lat + along * stepLat, lon: lon + along * stepLon };
};

/**
 * Whether the straight way between two positions meets the zone: for a wearer who passed through it
 * between two fixes. An end in the zone or on its edge counts. The way is straight in longitude and
 * latitude, as edges are; it is taken the short way round the earth.
 */
export const segmentCrossesZone = (zone: CompiledZone, from: Position, to: Position): boolean => {
  if (isInside(zone, from) || isInside(zone, to)) return true;
  if (zone.kind === 'polygons') return crossesAnEdge(zone, from, to);
  const { lat, lon } = nearestOnWay(zone.centre, from, to);
  const plane = planeAt(zone.centre.lat + lat / 2);
  const east = lon * plane.eastMetresPerDegree;
  const north = lat * plane.northMetresPerDegree;
  return Math.sqrt(east * east + north * north) <= zone.radiusMetres;
};
