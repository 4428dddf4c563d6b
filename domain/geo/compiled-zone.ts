import { ringAreaSquareMetres } from './ellipsoid-area.ts';
import {
  doubleArea,
  type GridBox,
  type GridPoint,
  STEPS_PER_TURN,
  toDegrees,
  toSteps,
} from './grid.ts';
import { planeAt } from './plane.ts';
import { type Position, position } from './position.ts';
import type { Ring } from './ring.ts';
import type { Part } from './ring-relations.ts';
import { joinAtAntimeridian } from './seam.ts';
import type { ZoneShape } from './zone-shape.ts';

/** Degrees. West or east lies beyond 180 where the zone crosses the antimeridian. */
export type ZoneBox = Readonly<{ west: number; south: number; east: number; north: number }>;

type Measured = Readonly<{ areaSquareMetres: number; box: ZoneBox }>;

export type CompiledCircle = Measured &
  Readonly<{ kind: 'circle'; centre: Position; radiusMetres: number }>;

/**
 * Rings on the grid, shells counter-clockwise and holes clockwise, in steps from `origin`: x0, y0,
 * x1, y1 and so on, the first point of each ring again at its end. `ringEnds` holds, for each ring,
 * the number of points up to its end.
 */
export type CompiledPolygons = Measured &
  Readonly<{
    kind: 'polygons';
    origin: GridPoint;
    points: Int32Array;
    ringEnds: Int32Array;
  }>;

/** A zone as it is evaluated. Plain data: the same shape always gives the same, to the bit. */
export type CompiledZone = CompiledCircle | CompiledPolygons;

const roundTo = (value: number, unitsPerOne: number): number =>
  Math.round(value * unitsPerOne) / unitsPerOne;

/** A circle whose centre and radius are whole steps and millimetres. */
export const circleOf = (centre: GridPoint, radiusMillimetres: number): CompiledCircle => {
  const at = position(toDegrees(centre.y), toDegrees(centre.x));
  const radiusMetres = radiusMillimetres / 1000;
  const plane = planeAt(at.lat);
  const east = radiusMetres / plane.eastMetresPerDegree;
  const north = radiusMetres / plane.northMetresPerDegree;
  return {
    kind: 'circle',
    centre: at,
    radiusMetres,
    areaSquareMetres: roundTo(Math.PI * radiusMetres ** 2, 100),
    box: { west: at.lon - east, south: at.lat - north, east: at.lon + east, north: at.lat + north },
  };
};

/** Rings in steps from an origin, with the box they fill. */
export const polygonsOf = (
  origin: GridPoint,
  rings: Pick<CompiledPolygons, 'points' | 'ringEnds' | 'areaSquareMetres'>,
): CompiledPolygons => {
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
  const { points } = rings;
  for (let i = 0; i < points.length; i += 2) {
    const x = points[i] ?? 0;
    const y = points[i + 1] ?? 0;
    if (x < west) west = x;
    if (x > east) east = x;
    if (y < south) south = y;
    if (y > north) north = y;
  }
  const box = {
    west: toDegrees(origin.x + west),
    south: toDegrees(origin.y + south),
    east: toDegrees(origin.x + east),
    north: toDegrees(origin.y + north),
  };
  return { kind: 'polygons', origin, ...rings, box };
};

const oriented = (ring: Ring, way: 'counter-clockwise' | 'clockwise'): readonly GridPoint[] =>
  doubleArea(ring.points) > 0n === (way === 'counter-clockwise')
    ? ring.points
    : ring.points.toReversed();

const middleOf = (box: GridBox): GridPoint => {
  const x = Math.round((box.west + box.east) / 2);
  const turns = Math.floor((x + STEPS_PER_TURN / 2) / STEPS_PER_TURN);
  return { x: x - turns * STEPS_PER_TURN, y: Math.round((box.south + box.north) / 2) };
};

const areaOf = (parts: readonly Part[]): number => {
  const areas = parts.flatMap(({ shell, holes }) => [
    ringAreaSquareMetres(shell.points),
    ...holes.map((hole) => -ringAreaSquareMetres(hole.points)),
  ]);
  return roundTo(
    areas.reduce((sum, area) => sum + area, 0),
    100,
  );
};

const compilePolygons = (parts: readonly Part[], box: GridBox): CompiledPolygons => {
  const rings = joinAtAntimeridian(
    parts.flatMap(({ shell, holes }) => [
      oriented(shell, 'counter-clockwise'),
      ...holes.map((hole) => oriented(hole, 'clockwise')),
    ]),
  );
  const origin = middleOf(box);
  // The whole zone may lie a turn away from its origin, which is kept within -180 to 180.
  const turns = Math.round(((box.west + box.east) / 2 - origin.x) / STEPS_PER_TURN);
  const shiftX = origin.x + turns * STEPS_PER_TURN;
  const closed = rings.map((ring) => [...ring, ...ring.slice(0, 1)]);
  const points = Int32Array.from(closed.flat().flatMap((p) => [p.x - shiftX, p.y - origin.y]));
  let end = 0;
  const ringEnds = Int32Array.from(closed, (ring) => {
    end += ring.length;
    return end;
  });
  return polygonsOf(origin, { points, ringEnds, areaSquareMetres: areaOf(parts) });
};

/** Prepares a sound shape for evaluation. Rings cut apart at the antimeridian become one. */
export const compileZone = (shape: ZoneShape): CompiledZone =>
  shape.kind === 'circle'
    ? circleOf(
        { x: toSteps(shape.centre.lon), y: toSteps(shape.centre.lat) },
        Math.round(shape.radiusMetres * 1000),
      )
    : compilePolygons(shape.parts, shape.box);
