import { ringAreaSquareMetres } from './ellipsoid-area.ts';
import { boxOf, type GridBox, toDegrees } from './grid.ts';
import { planeAt } from './plane.ts';
import type { Position } from './position.ts';
import { bringNear, type Ring, type RingReading, readRing } from './ring.ts';
import { type Part, relationProblems } from './ring-relations.ts';
import {
  problemsOf,
  type SentRings,
  type SentShape,
  WIDEST_METRES,
  zoneShapeSchema,
} from './sent-shape.ts';
import { type ZonePath, type ZoneProblem, zoneProblem } from './zone-problem.ts';

/** Beyond this latitude a straight line in longitude and latitude is no line anybody would draw. */
const HIGHEST_LATITUDE_DEGREES = 85;
const LEAST_AREA_SQUARE_METRES = 1;
const MOST_POSITIONS = 20_000;

/** A shape that was found sound. Polygons lie on the grid, in one piece across the antimeridian. */
export type ZoneShape =
  | Readonly<{ kind: 'circle'; centre: Position; radiusMetres: number }>
  | Readonly<{ kind: 'polygons'; parts: readonly Part[]; box: GridBox }>;

export type ZoneShapeResult =
  | Readonly<{ ok: true; shape: ZoneShape }>
  | Readonly<{ ok: false; problems: readonly ZoneProblem[] }>;

const refuse = (problems: readonly ZoneProblem[]): ZoneShapeResult => ({ ok: false, problems });

const poleProblem = (path: ZonePath): ZoneProblem =>
  zoneProblem(
    'too-near-pole',
    path,
    `zones end at ${HIGHEST_LATITUDE_DEGREES} degrees of latitude`,
  );

const readCircle = (shape: Extract<SentShape, { type: 'Circle' }>): ZoneShapeResult => {
  const { centre, radiusMetres } = shape;
  const reachDegrees = radiusMetres / planeAt(centre.lat).northMetresPerDegree;
  if (Math.abs(centre.lat) + reachDegrees > HIGHEST_LATITUDE_DEGREES) {
    return refuse([poleProblem(['centre', 'lat'])]);
  }
  return { ok: true, shape: { kind: 'circle', centre, radiusMetres } };
};

const extentProblems = (box: GridBox): ZoneProblem[] => {
  const [south, north] = [toDegrees(box.south), toDegrees(box.north)];
  if (Math.max(-south, north) > HIGHEST_LATITUDE_DEGREES) return [poleProblem(['coordinates'])];
  const nearestEquator = south > 0 ? south : north < 0 ? north : 0;
  const width = toDegrees(box.east - box.west) * planeAt(nearestEquator).eastMetresPerDegree;
  const height = (north - south) * planeAt((south + north) / 2).northMetresPerDegree;
  if (Math.max(width, height) <= WIDEST_METRES) return [];
  const kilometres = Math.round(Math.max(width, height) / 1000);
  const message = `the zone is ${kilometres} km across; the most is ${WIDEST_METRES / 1000} km`;
  return [zoneProblem('too-large', ['coordinates'], message)];
};

const areaProblems = ({ shell }: Part): ZoneProblem[] => {
  const area = ringAreaSquareMetres(shell.points);
  if (area >= LEAST_AREA_SQUARE_METRES) return [];
  const least = `the least is ${LEAST_AREA_SQUARE_METRES} m2`;
  const message = `the ring encloses ${area.toFixed(2)} m2; ${least}`;
  return [zoneProblem('zero-area', shell.path, message)];
};

const toPart = (rings: readonly Ring[]): Part[] => {
  const [shell, ...holes] = rings;
  return shell === undefined ? [] : [{ shell, holes }];
};

const readParts = (polygons: readonly SentRings[], paths: readonly ZonePath[]): ZoneShapeResult => {
  const positions = polygons.flat().reduce((sum, ring) => sum + ring.length, 0);
  if (positions > MOST_POSITIONS) {
    const message = `the zone has ${positions} positions, at most ${MOST_POSITIONS}: simplify it`;
    return refuse([zoneProblem('too-many-positions', ['coordinates'], message)]);
  }
  const readings = polygons.map((rings, part) =>
    rings.map((ring, i) => readRing(ring, [...(paths[part] ?? []), i])),
  );
  const problems = readings.flat().flatMap((reading) => (reading.ok ? [] : [reading.problem]));
  return problems.length > 0 ? refuse(problems) : arrange(readings);
};

/** Brings all rings to the side of the antimeridian where the first lies, and checks the whole. */
const arrange = (readings: readonly (readonly RingReading[])[]): ZoneShapeResult => {
  const rings = readings.map((part) => part.flatMap((read) => (read.ok ? [read.ring] : [])));
  const start = rings[0]?.[0];
  const middle = start === undefined ? 0 : (start.box.west + start.box.east) / 2;
  const parts = rings.flatMap((part) => toPart(part.map((ring) => bringNear(ring, middle))));
  const box = boxOf(parts.flatMap((part) => part.shell.points));
  const outer = extentProblems(box);
  if (outer.length > 0) return refuse(outer);
  const between = relationProblems(parts);
  // A bow-tie may have no area on balance, which would only hide what is wrong with it.
  const problems = between.length > 0 ? between : parts.flatMap(areaProblems);
  return problems.length > 0
    ? refuse(problems)
    : { ok: true, shape: { kind: 'polygons', parts, box } };
};

/**
 * Reads the shape of a zone, as sent by somebody who drew it. Never throws: a shape that cannot be
 * evaluated is refused with every problem that was found, its place and what is wrong. Rings may
 * run either way, may cross the antimeridian (179 to -179, or 179 to 181), or be cut there in two
 * as RFC 7946 section 3.1.9 says: neighbouring longitudes are taken the short way round.
 */
export const parseZoneShape = (input: unknown): ZoneShapeResult => {
  const parsed = zoneShapeSchema.safeParse(input);
  if (!parsed.success) return refuse(problemsOf(input, parsed.error));
  const shape = parsed.data;
  if (shape.type === 'Circle') return readCircle(shape);
  if (shape.type === 'Polygon') return readParts([shape.coordinates], [['coordinates']]);
  const paths = shape.coordinates.map((_, part) => ['coordinates', part]);
  return readParts(shape.coordinates, paths);
};
