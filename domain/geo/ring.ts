import {
  boxOf,
  type GridBox,
  type GridPoint,
  STEPS_PER_TURN,
  samePoint,
  toSteps,
  turn,
} from './grid.ts';
import { writePoint, type ZonePath, type ZoneProblem, zoneProblem } from './zone-problem.ts';

/** A vertex, with its place in the ring as it was sent. */
export type RingPoint = GridPoint & Readonly<{ index: number }>;

/** A ring on the grid: unwrapped, without its closing point and without repeated points. */
export type Ring = Readonly<{ path: ZonePath; points: readonly RingPoint[]; box: GridBox }>;

export type RingReading =
  | Readonly<{ ok: true; ring: Ring }>
  | Readonly<{ ok: false; problem: ZoneProblem }>;

const HALF_TURN = STEPS_PER_TURN / 2;
const LEAST_POSITIONS = 4;

/** Neighbours are taken the short way round: from 179 to -179 is 2 degrees east, across 180. */
const unwrap = (positions: readonly (readonly number[])[]): RingPoint[] => {
  const points: RingPoint[] = [];
  for (const [index, [lon = 0, lat = 0]] of positions.entries()) {
    const previous = points[index - 1]?.x ?? toSteps(lon);
    const step = toSteps(lon) - previous;
    const turns = Math.abs(step) > HALF_TURN ? Math.round(step / STEPS_PER_TURN) : 0;
    points.push({ x: previous + step - turns * STEPS_PER_TURN, y: toSteps(lat), index });
  }
  return points;
};

const isStraight = (points: readonly GridPoint[]): boolean => {
  const [a, b] = points;
  return a === undefined || b === undefined || points.every((p) => turn(a, b, p) === 0);
};

/** What is wrong with a ring by itself, its edges apart. */
const findProblem = (points: readonly RingPoint[], path: ZonePath): ZoneProblem | undefined => {
  const [first, last] = [points[0], points[points.length - 1]];
  if (first === undefined || last === undefined || points.length < LEAST_POSITIONS) {
    const message = `a ring needs 4 positions, the last like the first; this has ${points.length}`;
    return zoneProblem('too-few-positions', path, message);
  }
  if (first.y !== last.y || (first.x - last.x) % STEPS_PER_TURN !== 0) {
    const ends = `starts at ${writePoint(first)} and ends at ${writePoint(last)}`;
    const message = `the ring is not closed: it ${ends}`;
    return zoneProblem('unclosed', [...path, last.index], message);
  }
  if (first.x !== last.x) {
    return zoneProblem('around-pole', path, 'the ring runs round a pole, which a zone cannot');
  }
  const box = boxOf(points);
  if (box.east - box.west > HALF_TURN) {
    return zoneProblem('span-over-180', path, 'the ring spans more than 180 degrees of longitude');
  }
  if (isStraight([first, ...points.filter((p) => !samePoint(p, first))])) {
    return zoneProblem('zero-area', path, 'the ring has no area: its positions lie on one line');
  }
  return undefined;
};

/**
 * Puts a GeoJSON ring on the grid. Longitudes that cross the antimeridian may be written 179 to
 * -179 or 179 to 181: both become the second. Values of one position beyond lon and lat are
 * dropped.
 */
export const readRing = (
  positions: readonly (readonly number[])[],
  path: ZonePath,
): RingReading => {
  const points = unwrap(positions);
  const problem = findProblem(points, path);
  if (problem !== undefined) return { ok: false, problem };
  const kept = points.filter((p, i) => {
    const next = points[i + 1];
    return next !== undefined && !samePoint(p, next);
  });
  return { ok: true, ring: { path, points: kept, box: boxOf(kept) } };
};

/** The ring, moved by whole turns until its middle is within half a turn of a longitude. */
export const bringNear = (ring: Ring, x: number): Ring => {
  const middle = (ring.box.west + ring.box.east) / 2;
  const shift = STEPS_PER_TURN * Math.round((x - middle) / STEPS_PER_TURN);
  if (shift === 0) return ring;
  const points = ring.points.map((p) => ({ ...p, x: p.x + shift }));
  return { ...ring, points, box: boxOf(points) };
};
