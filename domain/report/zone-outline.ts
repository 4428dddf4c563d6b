import type { CompiledZone } from '../geo/compiled-zone.ts';
import { toDegrees } from '../geo/grid.ts';
import { planeAt, wrapDegrees } from '../geo/plane.ts';
import { type Position, position } from '../geo/position.ts';
import { signedDistanceMetres } from '../geo/signed-distance.ts';
import type { MapDrawing, PlanePoint } from './map-drawing.ts';

export type Extent = MapDrawing['extent'];

/** The plane of a drawing: metres east and north of its origin. */
export const planeFrom = (origin: Position) => {
  const { eastMetresPerDegree, northMetresPerDegree } = planeAt(origin.lat);
  return {
    toMetres: ({ lat, lon }: Pick<Position, 'lat' | 'lon'>): PlanePoint => [
      wrapDegrees(lon - origin.lon) * eastMetresPerDegree,
      (lat - origin.lat) * northMetresPerDegree,
    ],
    toPosition: ([east, north]: PlanePoint): Position =>
      position(
        Math.max(-90, Math.min(90, origin.lat + north / northMetresPerDegree)),
        wrapDegrees(origin.lon + east / eastMetresPerDegree),
      ),
  };
};
export type DrawingPlane = ReturnType<typeof planeFrom>;

const CORNERS_OF_CIRCLE = 64;

/** A circle as a ring of corners; at 64 of them it is a thousandth short at most. */
export const circleRing = ([east, north]: PlanePoint, radiusMetres: number): PlanePoint[] =>
  Array.from({ length: CORNERS_OF_CIRCLE }, (_, i): PlanePoint => {
    const angle = (2 * Math.PI * i) / CORNERS_OF_CIRCLE;
    return [east + radiusMetres * Math.cos(angle), north + radiusMetres * Math.sin(angle)];
  });

/** So fine a picture shows no more: of a county's border with its thousands of corners, either. */
const FINEST_SHARE = 1 / 600;

/** A ring without corners that lie nearer to the one before than a picture can show. */
export const drawnRing = (ring: readonly PlanePoint[], sideMetres: number): PlanePoint[] => {
  const kept: PlanePoint[] = [];
  for (const point of ring) {
    const [east, north] = kept.at(-1) ?? [Number.POSITIVE_INFINITY, 0];
    const isFar = Math.hypot(point[0] - east, point[1] - north) >= sideMetres * FINEST_SHARE;
    if (isFar) kept.push(point);
  }
  return kept.length < 3 ? [...ring] : kept;
};

/** The rings of a zone in metres, each shell or hole not closed. */
export const zoneRings = (zone: CompiledZone, plane: DrawingPlane): PlanePoint[][] => {
  if (zone.kind === 'circle') return [circleRing(plane.toMetres(zone.centre), zone.radiusMetres)];
  const { origin, points, ringEnds } = zone;
  const rings: PlanePoint[][] = [];
  let start = 0;
  for (const end of ringEnds) {
    const ring: PlanePoint[] = [];
    for (let i = start; i < end - 1; i += 1) {
      const lat = position(toDegrees(origin.y + (points[2 * i + 1] ?? 0)), 0).lat;
      const lon = wrapDegrees(toDegrees(origin.x + (points[2 * i] ?? 0)));
      ring.push(plane.toMetres({ lat, lon: position(0, lon).lon }));
    }
    rings.push(ring);
    start = end;
  }
  return rings;
};

const CELLS = 72;

type Edge = readonly [from: PlanePoint, to: PlanePoint];

/**
 * Where the distance to a zone is so many metres: by marching squares over the distance that
 * evaluation goes by, so that a buffer is drawn as it is judged. A ring that leaves the picture
 * follows its frame. Source: Lorensen and Cline, Marching Cubes, SIGGRAPH 1987, in the plane.
 */
export const bufferRings = (
  zone: CompiledZone,
  bufferMetres: number,
  { plane, extent }: Readonly<{ plane: DrawingPlane; extent: Extent }>,
): PlanePoint[][] => {
  const stepEast = (extent.eastMetres - extent.westMetres) / CELLS;
  const stepNorth = (extent.northMetres - extent.southMetres) / CELLS;
  const pointAt = (i: number, j: number): PlanePoint => [
    extent.westMetres + i * stepEast,
    extent.southMetres + j * stepNorth,
  ];
  const depths = Array.from({ length: CELLS + 1 }, (_, j) =>
    Array.from({ length: CELLS + 1 }, (_unused, i) => {
      // The frame counts as outside, so that each ring comes to its end.
      const isFrame = i === 0 || j === 0 || i === CELLS || j === CELLS;
      const depth = signedDistanceMetres(zone, plane.toPosition(pointAt(i, j))) + bufferMetres;
      return isFrame ? Math.min(depth, -1e-6) : depth === 0 ? 1e-6 : depth;
    }),
  );
  const depthAt = (i: number, j: number): number => depths[j]?.[i] ?? -1;
  const edges: Edge[] = [];
  for (let j = 0; j < CELLS; j += 1) {
    for (let i = 0; i < CELLS; i += 1) {
      const corners = [
        [i, j] as const,
        [i + 1, j] as const,
        [i + 1, j + 1] as const,
        [i, j + 1] as const,
      ];
      edges.push(
        ...edgesOfCell(corners.map(([a, b]) => ({ point: pointAt(a, b), depth: depthAt(a, b) }))),
      );
    }
  }
  return ringsOf(edges);
};

type Corner = Readonly<{ point: PlanePoint; depth: number }>;

/** Both cells that share a side find the same point on it, to the bit. */
const between = (inside: Corner, outside: Corner): PlanePoint => {
  const share = inside.depth / (inside.depth - outside.depth);
  const [east, north] = inside.point;
  const [toEast, toNorth] = outside.point;
  return [east + share * (toEast - east), north + share * (toNorth - north)];
};

/** The pieces of the line within a cell, each with what is inside on its left. */
const edgesOfCell = (corners: readonly Corner[]): Edge[] => {
  const entering: PlanePoint[] = [];
  const leaving: PlanePoint[] = [];
  for (const [i, corner] of corners.entries()) {
    const next = corners[(i + 1) % corners.length];
    if (next === undefined || corner.depth > 0 === next.depth > 0) continue;
    if (next.depth > 0) entering.push(between(next, corner));
    else leaving.push(between(corner, next));
  }
  return leaving.flatMap((from, i): Edge[] => {
    const to = entering[i];
    return to === undefined ? [] : [[from, to]];
  });
};

const nameOf = ([east, north]: PlanePoint): string => `${east.toFixed(4)} ${north.toFixed(4)}`;

const ringsOf = (edges: readonly Edge[]): PlanePoint[][] => {
  const byStart = new Map(edges.map((edge) => [nameOf(edge[0]), edge]));
  const rings: PlanePoint[][] = [];
  for (const [name] of byStart) {
    const ring: PlanePoint[] = [];
    let edge = byStart.get(name);
    while (edge !== undefined) {
      byStart.delete(nameOf(edge[0]));
      ring.push(edge[0]);
      edge = byStart.get(nameOf(edge[1]));
    }
    if (ring.length > 2) rings.push(ring);
  }
  return rings;
};
