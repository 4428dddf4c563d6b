import { distanceMetres } from '../../geo/plane.ts';
import type { Position } from '../../geo/position.ts';
import type { Fix } from '../../model/device-event.ts';
import type { Hypothesis } from './hypotheses.ts';
import { sigmaMetres } from './likelihood.ts';
import { fromPlacesMetres, type Question } from './question.ts';
import {
  type Bounds,
  bounds,
  classOf,
  DISTANCE_ERROR_METRES,
  FURTHEST_CLEARANCE_METRES,
} from './safe-bounds.ts';
import { sideOf } from './zone-sectors.ts';

/**
 * The safe region: fixes that leave a settled belief as it is, whatever else they say. They form a
 * set that is known beforehand, so skipping them is the same function and not an approximation.
 */

/** A position whose distance to the zone is known: fixes near it need no geometry. A cache only. */
export type Anchor = Position & Readonly<{ clearanceMetres: number }>;

/** Somewhere, and what is known of the zone near it. */
export type Spot = Readonly<{ centre: Position; anchor: Anchor | null }>;

/** How far short of the zone a spot lies, at the least. */
export const clearanceAt = (question: Question, { centre, anchor }: Spot): number => {
  if (question.zone === null) return FURTHEST_CLEARANCE_METRES;
  if (anchor === null) return 0;
  const clearance = Math.min(anchor.clearanceMetres, FURTHEST_CLEARANCE_METRES);
  return clearance - distanceMetres(anchor, centre);
};

/** A cell position within so many deviations of where somebody is thought to be says nothing. */
export const COARSE_SIGMAS = 3;

/**
 * Whether a cell position says nothing: it agrees with what is settled, as far as it can tell. One
 * that disagrees unsettles; none ever decides.
 */
export const agreesCoarsely = (
  question: Question,
  settled: Hypothesis,
  seen: Readonly<{ sigmaMetres: number; fromPlacesMetres: number; clearanceMetres: number }>,
): boolean => {
  const reach = COARSE_SIGMAS * seen.sigmaMetres;
  if (settled === 'inside') return false;
  if (settled === 'home') return seen.fromPlacesMetres <= reach;
  const isFarFromPlace = seen.fromPlacesMetres >= reach;
  return isFarFromPlace && (question.zone === null || seen.clearanceMetres >= reach);
};

/** Whether a fix leaves "home" settled: near to a place, or further off and away from the zone. */
const isAtHome = (question: Question, bound: Bounds, fix: Fix): boolean =>
  question.places.some((place, i) => {
    const metres = distanceMetres(place, fix);
    if (metres <= (bound.homeRadii[i] ?? 0)) return true;
    const isUsual = metres <= (bound.outsideRadii[i] ?? Number.NEGATIVE_INFINITY);
    return isUsual && sideOf(question, place, fix) === 'outside';
  });

/** Whether a fix leaves "home" settled, and is certain to lie in the zone. */
const isAtHomeInZone = (question: Question, bound: Bounds, fix: Fix): boolean =>
  question.places.some((place, i) => {
    const metres = distanceMetres(place, fix);
    const isUsual = metres <= (bound.insideRadii[i] ?? Number.NEGATIVE_INFINITY);
    return isUsual && sideOf(question, place, fix) === 'inside';
  });

/**
 * Whether a fix is certain to leave a settled belief unchanged; and to lie in the zone, where it
 * must. A `false` says nothing: the fix is
 * then evaluated. Costs one distance, or two; never the zone's geometry.
 */
export const isSafe = (
  question: Question,
  settled: Hypothesis,
  seen: Readonly<{ fix: Fix; anchor: Anchor | null; mustLieIn?: boolean }>,
): boolean => {
  if (seen.fix.source === 'cell') return isCoarselySafe(question, settled, seen);
  const fixClass = classOf(seen.fix);
  if (fixClass === null || settled === 'inside') return false;
  const bound = bounds(question, fixClass);
  if (seen.mustLieIn) return settled === 'home' && isAtHomeInZone(question, bound, seen.fix);
  if (settled === 'home') return isAtHome(question, bound, seen.fix);
  const isNear = question.places.some(
    (place, i) => distanceMetres(place, seen.fix) <= (bound.placeMargins[i] ?? 0),
  );
  if (isNear) return false;
  const clearance = clearanceAt(question, { centre: seen.fix, anchor: seen.anchor });
  return question.zone === null || clearance - DISTANCE_ERROR_METRES >= bound.zoneMargin;
};

const isCoarselySafe = (
  question: Question,
  settled: Hypothesis,
  { fix, anchor }: Readonly<{ fix: Fix; anchor: Anchor | null }>,
): boolean =>
  agreesCoarsely(question, settled, {
    sigmaMetres: sigmaMetres(fix),
    fromPlacesMetres: fromPlacesMetres(question, fix),
    clearanceMetres: clearanceAt(question, { centre: fix, anchor }) - DISTANCE_ERROR_METRES,
  });
