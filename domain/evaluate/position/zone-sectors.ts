import { planeAt, wrapDegrees } from '../../geo/plane.ts';
import { type Position, position } from '../../geo/position.ts';
import type { KnownPlace } from './known-place.ts';
import { depthMetres, type Question } from './question.ts';
import { DISTANCE_ERROR_METRES } from './safe-bounds.ts';

/**
 * What lies how near to a known place, direction by direction. A zone beside a home is on one side
 * of it: on all others a fix may lie much further off than the zone does and still be clear of it.
 */

const SECTORS = 128;
const HALF_RADIANS = Math.PI / SECTORS;
/** Nobody asks further out. */
const FURTHEST_METRES = 400;
/** The edge is looked for to this; so much is taken off for the plane, which is not quite flat. */
const STEP_METRES = 0.5;
/** Nearer to a pole the plane is not flat enough to go by. */
const MOST_LATITUDE = 85;

/** Metres from the place: up to where a sector is clear of the zone, and where all of it is in. */
export type Sector = Readonly<{
  clearMetres: number;
  insideFromMetres: number;
  insideToMetres: number;
}>;

const NOTHING_KNOWN: Sector = {
  ...{ clearMetres: Number.NEGATIVE_INFINITY },
  ...{ insideFromMetres: Infinity, insideToMetres: Number.NEGATIVE_INFINITY },
};

const spotAt = (place: Position, radians: number, metres: number): Position => {
  const { eastMetresPerDegree, northMetresPerDegree } = planeAt(place.lat);
  const lon = place.lon + (metres * Math.sin(radians)) / eastMetresPerDegree;
  const lat = place.lat + (metres * Math.cos(radians)) / northMetresPerDegree;
  return position(lat, wrapDegrees(lon));
};

/** The depth on the middle line of a sector, at so many metres. */
type Along = (metres: number) => number;

/**
 * How much further out all of a sector is on the same side of the edge as its middle line, which is
 * so far from the edge there. Whatever lies within a step of a spot on that line, and no further to
 * the side than the sector is wide there, lies within what the spot is off the edge by: a signed
 * distance changes by no more than the distance moved.
 */
const stepFrom = (metres: number, offEdge: number): number =>
  (offEdge - DISTANCE_ERROR_METRES - metres * HALF_RADIANS) / (1 + HALF_RADIANS);

/** From where on nothing more is certain on one side: 1 inside, -1 outside. */
const lastOn = (along: Along, side: 1 | -1, fromMetres: number): number => {
  let metres = fromMetres;
  while (metres < FURTHEST_METRES) {
    const step = stepFrom(metres, side * along(metres));
    if (step < STEP_METRES) break;
    metres += step;
  }
  return metres;
};

/** From where on it is certain to be inside; the furthest that is asked about, if nowhere. */
const firstInside = (along: Along, fromMetres: number): number => {
  let metres = fromMetres;
  while (metres < FURTHEST_METRES && stepFrom(metres, along(metres)) < STEP_METRES) {
    metres += Math.max(STEP_METRES, -along(metres));
  }
  return metres;
};

const sectorOut = (question: Question, place: Position, nth: number): Sector => {
  const radians = 2 * HALF_RADIANS * nth;
  const along: Along = (metres) => depthMetres(question, spotAt(place, radians, metres));
  const clear = lastOn(along, -1, 0);
  const inside = firstInside(along, clear);
  return {
    clearMetres: clear - STEP_METRES,
    insideFromMetres: inside + STEP_METRES,
    insideToMetres: lastOn(along, 1, inside) - STEP_METRES,
  };
};

const tables = new WeakMap<Question, Map<KnownPlace, Map<number, Sector>>>();

const tableOf = (question: Question, place: KnownPlace): Map<number, Sector> => {
  const byPlace = tables.get(question) ?? new Map<KnownPlace, Map<number, Sector>>();
  if (byPlace.size === 0) tables.set(question, byPlace);
  const table = byPlace.get(place) ?? new Map<number, Sector>();
  if (table.size === 0) byPlace.set(place, table);
  return table;
};

const nthTowards = (place: Position, spot: Position): number => {
  const { eastMetresPerDegree, northMetresPerDegree } = planeAt(place.lat);
  const east = wrapDegrees(spot.lon - place.lon) * eastMetresPerDegree;
  const north = (spot.lat - place.lat) * northMetresPerDegree;
  const nth = Math.round(Math.atan2(east, north) / (2 * HALF_RADIANS));
  return (nth + SECTORS) % SECTORS;
};

/**
 * What is certain of everything that lies, from a known place, in the direction of a spot. Worked
 * out once for each direction of a question; nothing is known near the poles.
 */
export const sectorTowards = (question: Question, place: KnownPlace, spot: Position): Sector => {
  if (Math.abs(place.lat) > MOST_LATITUDE) return NOTHING_KNOWN;
  const nth = nthTowards(place, spot);
  const table = tableOf(question, place);
  const known = table.get(nth);
  if (known !== undefined) return known;
  const found = sectorOut(question, place, nth);
  table.set(nth, found);
  return found;
};
