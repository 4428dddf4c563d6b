import type { CompiledCircle, CompiledPolygons, CompiledZone } from './compiled-zone.ts';
import { crossesEastward, nearestSquare, type Viewpoint, viewFrom } from './edge-distance.ts';
import { distanceMetres } from './plane.ts';
import type { Position } from './position.ts';
import { type PreparedRings, prepareRings } from './prepare-rings.ts';
import { isWithinPrepared, nearestPreparedSquare } from './prepared-rings.ts';
import { isBeyond } from './zone-box.ts';

/**
 * Nearer than this to an edge is on it. Vertices are moved by up to 0.008 m when a shape is put on
 * its grid, so a position on an edge as it was drawn counts as on the edge.
 */
const EDGE_METRES = 0.01;
/** Up to this number of points, measuring every edge is quickest. */
const SMALL_POINTS = 24;

/** Preparations, kept off the zones: dropped with them. False: measured once, not yet prepared. */
const preparations = new WeakMap<CompiledPolygons, PreparedRings | false>();

const preparedFor = (zone: CompiledPolygons): PreparedRings | undefined => {
  if (zone.points.length <= 2 * SMALL_POINTS) return undefined;
  const known = preparations.get(zone);
  if (known === undefined) preparations.set(zone, false);
  if (known !== false) return known;
  const prepared = prepareRings(zone);
  preparations.set(zone, prepared);
  return prepared;
};

/** Every edge in one pass over each ring. */
const measureAll = ({ points, ringEnds }: CompiledPolygons, view: Viewpoint): number => {
  let inside = false;
  let least = Infinity;
  let first = 0;
  for (let ring = 0; ring < ringEnds.length; ring += 1) {
    const last = (ringEnds[ring] ?? 0) - 1;
    least = nearestSquare({ points, first, last }, view, least);
    for (let i = first; i < last; i += 1) if (crossesEastward(points, i, view)) inside = !inside;
    first = last + 1;
  }
  return signed(Math.sqrt(least), inside);
};

const signed = (metres: number, isInside: boolean): number => {
  if (metres <= EDGE_METRES) return 0;
  return isInside ? metres : -metres;
};

const circleDistance = (zone: CompiledCircle, at: Position): number => {
  const depth = zone.radiusMetres - distanceMetres(at, zone.centre);
  return signed(Math.abs(depth), depth > 0);
};

const polygonDistance = (zone: CompiledPolygons, at: Position): number => {
  const view = viewFrom(at, zone);
  const prepared = preparedFor(zone);
  return prepared === undefined
    ? measureAll(zone, view)
    : signed(Math.sqrt(nearestPreparedSquare(prepared, view)), isWithinPrepared(prepared, view));
};

/**
 * Metres from a position to the zone's edge: positive inside, negative outside, 0 on the edge (to a
 * centimetre). The same zone and position always give the same number, to the bit. Against the
 * WGS84 geodesic, up to 70 degrees north or south: within 0.001 m up to 1 km from the edge, 0.04 m
 * up to 10 km, 4 m up to 50 km; the error grows with the cube of the distance, and beyond some
 * 500 km only the sign counts. Within 10 km of the edge,
 * moving by d metres changes the result by at most d + 0.05 m.
 */
export const signedDistanceMetres = (zone: CompiledZone, at: Position): number =>
  zone.kind === 'circle' ? circleDistance(zone, at) : polygonDistance(zone, at);

/**
 * The same where the zone comes within `reachMetres`, and minus infinity where its box alone shows
 * that it does not: most zones lie far from most fixes, and cost next to nothing then.
 */
export const depthWithin = (zone: CompiledZone, at: Position, reachMetres: number): number => {
  if (zone.kind === 'circle') return circleDistance(zone, at);
  return isBeyond(zone.box, at, reachMetres) ? Number.NEGATIVE_INFINITY : polygonDistance(zone, at);
};

/** Whether a position lies in the zone; on its edge is in. */
export const isInside = (zone: CompiledZone, at: Position): boolean =>
  signedDistanceMetres(zone, at) >= 0;
