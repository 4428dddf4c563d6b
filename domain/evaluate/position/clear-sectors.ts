import { planeAt, wrapDegrees } from '../../geo/plane.ts';
import { type Position, position } from '../../geo/position.ts';
import type { KnownPlace } from './known-place.ts';
import { depthMetres, type Question } from './question.ts';
import { DISTANCE_ERROR_METRES } from './safe-bounds.ts';

/**
 * What lies how near to a known place, direction by direction. A zone beside a home is on one side
 * of it: on all others a fix may lie much further off than the zone does and still be clear of it.
 */

const SECTORS = 64;
const HALF_RADIANS = Math.PI / SECTORS;
/** Nobody asks further out. */
const FURTHEST_METRES = 400;
/** Looked for to this; and so much is taken off for the plane, which is not quite flat. */
const STEP_METRES = 0.5;
/** Nearer to a pole the plane is not flat enough to go by. */
const MOST_LATITUDE = 85;

const spotAt = (place: Position, radians: number, metres: number): Position => {
  const { eastMetresPerDegree, northMetresPerDegree } = planeAt(place.lat);
  const lon = place.lon + (metres * Math.sin(radians)) / eastMetresPerDegree;
  const lat = place.lat + (metres * Math.cos(radians)) / northMetresPerDegree;
  return position(lat, wrapDegrees(lon));
};

/**
 * How far out a sector is certain to be clear. Whatever lies within a step of a spot on its middle
 * line, and no further to the side than the sector is wide there, lies within what the spot is
 * clear by, because a signed distance changes by no more than the distance moved.
 */
const clearOut = (question: Question, place: Position, sector: number): number => {
  const radians = 2 * HALF_RADIANS * sector;
  let metres = 0;
  while (metres < FURTHEST_METRES) {
    const clear = -depthMetres(question, spotAt(place, radians, metres)) - DISTANCE_ERROR_METRES;
    const step = (clear - metres * HALF_RADIANS) / (1 + HALF_RADIANS);
    if (step < STEP_METRES) break;
    metres += step;
  }
  return metres - STEP_METRES;
};

const tables = new WeakMap<Question, Map<KnownPlace, Map<number, number>>>();

const tableOf = (question: Question, place: KnownPlace): Map<number, number> => {
  const byPlace = tables.get(question) ?? new Map<KnownPlace, Map<number, number>>();
  if (byPlace.size === 0) tables.set(question, byPlace);
  const table = byPlace.get(place) ?? new Map<number, number>();
  if (table.size === 0) byPlace.set(place, table);
  return table;
};

const sectorOf = (place: Position, at: Position): number => {
  const { eastMetresPerDegree, northMetresPerDegree } = planeAt(place.lat);
  const east = wrapDegrees(at.lon - place.lon) * eastMetresPerDegree;
  const north = (at.lat - place.lat) * northMetresPerDegree;
  const nth = Math.round(Math.atan2(east, north) / (2 * HALF_RADIANS));
  return (nth + SECTORS) % SECTORS;
};

/**
 * Metres from a known place within which everything in the direction of a spot is certain to lie
 * outside what is asked about. Worked out once for each direction of a question.
 */
export const clearTowardsMetres = (
  question: Question,
  place: KnownPlace,
  spot: Position,
): number => {
  if (Math.abs(place.lat) > MOST_LATITUDE) return 0;
  const sector = sectorOf(place, spot);
  const table = tableOf(question, place);
  const known = table.get(sector);
  if (known !== undefined) return known;
  const found = clearOut(question, place, sector);
  table.set(sector, found);
  return found;
};
