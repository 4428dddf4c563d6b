import { distanceMetres, planeAt, wrapDegrees } from '../../geo/plane.ts';
import { type Position, position } from '../../geo/position.ts';
import type { KnownPlace } from './known-place.ts';
import { depthMetres, type Question } from './question.ts';
import { DISTANCE_ERROR_METRES } from './safe-bounds.ts';

/**
 * What lies how near to a known place, direction by direction. A zone beside a home is on one side
 * of it: on all others a fix may lie much further off than the zone does and still be clear of it.
 */

const SECTORS = 256;
const HALF_RADIANS = Math.PI / SECTORS;
/** Nobody asks further out. */
const FURTHEST_METRES = 400;
/** The edge is looked for to this; so much is taken off for the plane, which is not quite flat. */
const STEP_METRES = 0.25;
/** Nearer to a pole the plane is not flat enough to go by. */
const MOST_LATITUDE = 85;

export type Side = 'inside' | 'outside';

/** From here to there, metres from the place, all of a sector lies on one side of the edge. */
type Run = Readonly<{ side: Side; fromMetres: number; toMetres: number }>;

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

/** From where on nothing more is certain on one side. */
const endOf = (along: Along, side: Side, fromMetres: number): number => {
  let metres = fromMetres;
  while (metres < FURTHEST_METRES) {
    const step = stepFrom(metres, side === 'inside' ? along(metres) : -along(metres));
    if (step < STEP_METRES) break;
    metres += step;
  }
  return metres;
};

const runsOut = (question: Question, place: Position, nth: number): Run[] => {
  const radians = 2 * HALF_RADIANS * nth;
  const along: Along = (metres) => depthMetres(question, spotAt(place, radians, metres));
  const runs: Run[] = [];
  for (let metres = 0; metres < FURTHEST_METRES; ) {
    const depth = along(metres);
    const side = depth > 0 ? 'inside' : 'outside';
    const end = endOf(along, side, metres);
    if (end > metres) {
      // All the way round the place itself there is one side only.
      const fromMetres = metres === 0 ? 0 : metres + STEP_METRES;
      runs.push({ side, fromMetres, toMetres: end - STEP_METRES });
    }
    metres = end + Math.max(STEP_METRES, Math.abs(depth) * Number(end === metres));
  }
  return runs;
};

const tables = new WeakMap<Question, Map<KnownPlace, Map<number, readonly Run[]>>>();

const tableOf = (question: Question, place: KnownPlace): Map<number, readonly Run[]> => {
  const byPlace = tables.get(question) ?? new Map<KnownPlace, Map<number, readonly Run[]>>();
  if (byPlace.size === 0) tables.set(question, byPlace);
  const table = byPlace.get(place) ?? new Map<number, readonly Run[]>();
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
 * On which side of the zone's edge a spot is certain to lie that is seen from a known place; null
 * where that is not known without the zone. Worked out once for each direction of a question.
 */
export const sideOf = (question: Question, place: KnownPlace, spot: Position): Side | null => {
  if (Math.abs(place.lat) > MOST_LATITUDE) return null;
  const nth = nthTowards(place, spot);
  const table = tableOf(question, place);
  const runs = table.get(nth) ?? runsOut(question, place, nth);
  table.set(nth, runs);
  const metres = distanceMetres(place, spot);
  const run = runs.find(({ fromMetres, toMetres }) => fromMetres <= metres && metres <= toMetres);
  return run?.side ?? null;
};
