import type { CompiledCircle, CompiledPolygons, CompiledZone } from './compiled-zone.ts';
import { deepestShare, type InsidePiece } from './deepest-share.ts';
import { crossingShares, flatten, nearestToCorner } from './flat-edges.ts';
import { wrapDegrees } from './plane.ts';
import type { Position } from './position.ts';
import { signedDistanceMetres } from './signed-distance.ts';
import { positionOn, type Way, wayBetween } from './way.ts';

/** How a straight way lies to a zone. */
export type SegmentDepth = Readonly<{
  /** Share of the way that lies in the zone, 0 to 1, over all the times that it is in. */
  insideShare: number;
  /** The greatest signed distance along the way: positive inside, negative outside. */
  deepestMetres: number;
}>;

/** Signed distances where a way starts and ends. */
type Ends = Readonly<{ start: number; end: number }>;

/** Halvings of a way: to less than a double tells apart. */
const HALVINGS = 50;

const depthOn = (zone: CompiledZone, way: Way, share: number): number =>
  signedDistanceMetres(zone, positionOn(way, share));

type Sides = Readonly<{ inside: number; outside: number }>;

/** The share at which a way crosses the edge of a circle, between one inside and one outside. */
const crossedAt = (zone: CompiledCircle, way: Way, sides: Sides): number => {
  let { inside, outside } = sides;
  for (let i = 0; i < HALVINGS; i += 1) {
    const middle = (inside + outside) / 2;
    if (depthOn(zone, way, middle) >= 0) inside = middle;
    else outside = middle;
  }
  return inside;
};

const nearestToCentre = ({ centre }: CompiledCircle, way: Way): number => {
  const { eastMetresPerDegree, northMetresPerDegree } = way;
  const [dx, dy] = [way.eastDegrees * eastMetresPerDegree, way.northDegrees * northMetresPerDegree];
  const x = wrapDegrees(centre.lon - way.from.lon) * eastMetresPerDegree;
  const y = (centre.lat - way.from.lat) * northMetresPerDegree;
  return Math.min(1, Math.max(0, (x * dx + y * dy) / (dx * dx + dy * dy || 1)));
};

const throughCircle = (zone: CompiledCircle, way: Way): SegmentDepth => {
  const nearest = nearestToCentre(zone, way);
  const [start, middle, end] = [
    depthOn(zone, way, 0),
    depthOn(zone, way, nearest),
    depthOn(zone, way, 1),
  ];
  const deepestMetres = Math.max(start, middle, end);
  if (middle < 0) return { insideShare: 0, deepestMetres };
  const entry = start >= 0 ? 0 : crossedAt(zone, way, { inside: nearest, outside: 0 });
  const exit = end >= 0 ? 1 : crossedAt(zone, way, { inside: nearest, outside: 1 });
  return { insideShare: exit - entry, deepestMetres };
};

/** The pieces of the way inside: between the crossings, by turns. */
const insidePieces = (crossings: readonly number[], ends: Ends): InsidePiece[] =>
  crossings.flatMap((entry, i) => {
    const from = Math.max(0, entry);
    const to = Math.min(1, crossings[i + 1] ?? 0);
    if (i % 2 === 1 || to <= from) return [];
    const fromMetres = from === 0 ? Math.abs(ends.start) : 0;
    return [{ from, to, fromMetres, toMetres: to === 1 ? Math.abs(ends.end) : 0 }];
  });

const throughPolygons = (zone: CompiledPolygons, way: Way): SegmentDepth => {
  const edges = flatten(zone, way);
  const ends = { start: depthOn(zone, way, 0), end: depthOn(zone, way, 1) };
  const pieces = insidePieces(crossingShares(edges), ends);
  const share = pieces.length > 0 ? deepestShare(edges, pieces) : nearestToCorner(edges);
  return {
    insideShare: pieces.reduce((sum, { from, to }) => sum + to - from, 0),
    deepestMetres: Math.max(ends.start, depthOn(zone, way, share), ends.end),
  };
};

/**
 * How much of the straight way between two positions lies in a zone, and how deep it goes: what two
 * fixes show of somebody who passed through between them. The way is straight in longitude and
 * latitude, as edges are (RFC 7946 section 3.1.1), so where it crosses edges is exact; the greatest
 * depth is looked for by halving what may still hold a greater one, on a plane about the way's
 * middle, and measured there as signedDistanceMetres does: within 0.1 m for ways up to 1 km. A way
 * along an edge counts as in or out, at depth 0. Costs about 10 ns a vertex where the way stays
 * outside; a way whose ends lie further out, together, than it is long does so for certain.
 */
export const segmentDepth = (zone: CompiledZone, from: Position, to: Position): SegmentDepth => {
  const way = wayBetween(from, to);
  if (way.eastDegrees === 0 && way.northDegrees === 0) {
    const deepestMetres = signedDistanceMetres(zone, from);
    return { insideShare: deepestMetres >= 0 ? 1 : 0, deepestMetres };
  }
  return zone.kind === 'circle' ? throughCircle(zone, way) : throughPolygons(zone, way);
};
