import type { Fix, HomeUnit, Motion } from '../../model/device-event.ts';
import { ACCURACY_BINS_METRES, binOf } from './accuracy-bins.ts';
import { ELSEWHERE_AREA_SQUARE_METRES, LEAST_SIGMA_METRES, OUTLIER_SHARE } from './constants.ts';
import { floorOdds, type Hypothesis, predict, settledWeights } from './hypotheses.ts';
import type { KnownPlace } from './known-place.ts';
import {
  flagLikelihood,
  normalShare,
  OUTLIER_DENSITY,
  placeReachMetres,
  scatterDensity,
  sigmaMetres,
} from './likelihood.ts';
import type { Question } from './question.ts';

/**
 * The bounds of the safe region. They hold for a whole class of fixes (motion, home unit, accuracy
 * bin), because signed distance never changes by more than the distance moved.
 */
const WIDEST_METRES = { home: 400, margin: 200, place: 400 } as const;
/** Keeps a bound on the safe side of rounding. */
const ROUNDING = 1 - 1e-9;
/**
 * A signed distance changes by at most the distance moved and the error of both, which is stated
 * for 10 km; further from a zone than that we do not look.
 */
export const DISTANCE_ERROR_METRES = 0.1;
export const FURTHEST_CLEARANCE_METRES = 10_000;
const KEPT = 1 - OUTLIER_SHARE;

export type FixClass = Readonly<{
  motion: Motion;
  homeUnit: HomeUnit;
  least: number;
  most: number;
}>;

export type Flags = Pick<Fix, 'motion' | 'homeUnit'>;

const classesOf = (flags: Flags): readonly FixClass[] =>
  ACCURACY_BINS_METRES.map((most, bin) => ({
    ...flags,
    least: ACCURACY_BINS_METRES[bin - 1] ?? LEAST_SIGMA_METRES,
    most,
  }));

const withFlags = (motion: Motion) => ({
  seen: classesOf({ motion, homeUnit: 'seen' }),
  'not-seen': classesOf({ motion, homeUnit: 'not-seen' }),
  unknown: classesOf({ motion, homeUnit: 'unknown' }),
});

/** Each class is one object: what is worked out for it is found by that. */
const CLASSES: Readonly<Record<Motion, Readonly<Record<HomeUnit, readonly FixClass[]>>>> = {
  moving: withFlags('moving'),
  still: withFlags('still'),
  unknown: withFlags('unknown'),
};

export const classAt = ({ motion, homeUnit }: Flags, bin: number): FixClass | null =>
  CLASSES[motion][homeUnit][bin] ?? null;

/** The accuracy bin of a fix; -1 for one too coarse for any. */
export const accuracyBin = (fix: Fix): number => binOf(sigmaMetres(fix));

/** The accuracy bin of a fix; null for one too coarse ever to be skipped. */
export const classOf = (fix: Fix): FixClass | null => classAt(fix, accuracyBin(fix));

type Pair = Readonly<{ settled: Hypothesis; other: Hypothesis; place: KnownPlace | null }>;

/** What the density ratio of `other` over the settled one must not exceed for a belief to stay. */
const allowedRatio = (question: Question, fixClass: FixClass, pair: Pair): number => {
  const { settled, other, place } = pair;
  const { frame } = question;
  const since = { minutes: 1, motion: fixClass.motion };
  const predicted = predict(settledWeights(settled, frame), since, frame);
  const flags = flagLikelihood(fixClass);
  const flagsOf = (h: Hypothesis) =>
    h === 'home' && place?.hasHomeUnit === false ? flags.placeWithoutUnit : flags[h];
  const floor = floorOdds(frame, settled, other);
  return (
    (ROUNDING * floor * predicted[settled] * flagsOf(settled)) / (predicted[other] * flagsOf(other))
  );
};

/** The greatest value in [0, limit] up to which a condition that can only turn false holds. */
const greatest = (limit: number, holds: (value: number) => boolean): number => {
  if (!holds(0)) return Number.NEGATIVE_INFINITY;
  let [low, high] = [0, limit];
  for (let i = 0; i < 40; i += 1) {
    const middle = (low + high) / 2;
    if (holds(middle)) low = middle;
    else high = middle;
  }
  return low;
};

const factorOf = (place: KnownPlace, fixClass: FixClass): number =>
  place.accuracyFactors[binOf(fixClass.most)] ?? 1;

const leastHomeDensity = (place: KnownPlace, fixClass: FixClass, radius: number): number => {
  if (radius > placeReachMetres(fixClass.least)) return OUTLIER_DENSITY;
  const v = place.varianceSquareMetres;
  // Unimodal in the variance, so over a bin the least density is at one of its ends.
  const near = scatterDensity(radius, Math.max(v, fixClass.least ** 2));
  const far = scatterDensity(radius, Math.max(v, fixClass.most ** 2));
  return KEPT * factorOf(place, fixClass) * Math.min(near, far) + OUTLIER_DENSITY;
};

/** What is known of a fix beside how far from home it is: on which side of the zone's edge. */
type Side = 'any' | 'outside' | 'inside';

/** Radius round a known place within which a fix of a class leaves "home" settled, metres. */
const homeRadius = (
  question: Question,
  fixClass: FixClass,
  { nth, side }: Readonly<{ nth: number; side: Side }>,
): number => {
  const [place, clearance] = [question.places[nth], question.clearancesMetres[nth]];
  if (place === undefined || clearance === undefined) return Number.NEGATIVE_INFINITY;
  const { applies } = question.frame;
  const elsewhere = KEPT / ELSEWHERE_AREA_SQUARE_METRES + OUTLIER_DENSITY;
  const may = (other: Hypothesis) =>
    allowedRatio(question, fixClass, { settled: 'home', other, place });
  const [mayElsewhere, mayInside] = [may('elsewhere'), applies.inside ? may('inside') : 0];
  const clear = clearance - DISTANCE_ERROR_METRES;
  const mayReach = (metres: number) =>
    side !== 'any' || question.mindsFixesInside !== true || metres <= clear;
  return greatest(WIDEST_METRES.home, (radius) => {
    if (!mayReach(radius)) return false;
    const home = leastHomeDensity(place, fixClass, radius);
    if (elsewhere > mayElsewhere * home) return false;
    if (!applies.inside) return true;
    const past = side === 'outside' ? 0 : radius - clearance + DISTANCE_ERROR_METRES;
    const share = normalShare(past / (past > 0 ? fixClass.least : fixClass.most));
    const inside = (KEPT * share) / question.densities.insideAreaSquareMetres + OUTLIER_DENSITY;
    return inside <= mayInside * home;
  });
};

/**
 * Metres outside the zone from which on a fix of a class leaves "elsewhere" settled against inside.
 */
const zoneMargin = (question: Question, fixClass: FixClass): number => {
  if (!question.frame.applies.inside) return 0;
  const pair = { settled: 'elsewhere', other: 'inside', place: null } as const;
  const may = allowedRatio(question, fixClass, pair);
  const fails = greatest(WIDEST_METRES.margin, (margin) => {
    const share = normalShare(-margin / fixClass.most);
    const inside = (KEPT * share) / question.densities.insideAreaSquareMetres + OUTLIER_DENSITY;
    const elsewhere = (KEPT * (1 - share)) / ELSEWHERE_AREA_SQUARE_METRES + OUTLIER_DENSITY;
    return inside > may * elsewhere;
  });
  if (fails === Number.NEGATIVE_INFINITY) return 0;
  return fails > WIDEST_METRES.margin * 0.999 ? Number.POSITIVE_INFINITY : fails + 1e-6;
};

/** Metres from a known place from which on a fix of a class leaves "elsewhere" settled. */
const placeMargin = (
  question: Question,
  fixClass: FixClass,
  { place, margin }: Readonly<{ place: KnownPlace; margin: number }>,
): number => {
  const pair = { settled: 'elsewhere', other: 'home', place } as const;
  const may = allowedRatio(question, fixClass, pair);
  const share = question.frame.applies.inside ? normalShare(-margin / fixClass.most) : 0;
  const elsewhere = (KEPT * (1 - share)) / ELSEWHERE_AREA_SQUARE_METRES + OUTLIER_DENSITY;
  const v = place.varianceSquareMetres;
  const [v0, v1] = [Math.max(v, fixClass.least ** 2), Math.max(v, fixClass.most ** 2)];
  const factor = KEPT * factorOf(place, fixClass);
  const fails = greatest(WIDEST_METRES.place, (distance) => {
    if (distance > placeReachMetres(fixClass.most)) return OUTLIER_DENSITY > may * elsewhere;
    const worst = Math.min(Math.max(distance ** 2 / 2, v0), v1);
    return factor * scatterDensity(distance, worst) + OUTLIER_DENSITY > may * elsewhere;
  });
  if (fails === Number.NEGATIVE_INFINITY) return 0;
  return fails > WIDEST_METRES.place * 0.999 ? Number.POSITIVE_INFINITY : fails + 1e-6;
};

/**
 * Metres: by known place, how far from it "home" holds, for any fix and for one on a side of the
 * zone's edge, and how near to it "elsewhere" fails.
 */
export type Bounds = Readonly<{
  homeRadii: readonly number[];
  outsideRadii: readonly number[];
  insideRadii: readonly number[];
  placeMargins: readonly number[];
  zoneMargin: number;
}>;

const boundsOf = (question: Question, fixClass: FixClass): Bounds => {
  const margin = zoneMargin(question, fixClass);
  const homeRadii = (side: Side): number[] =>
    question.places.map((_, nth) => homeRadius(question, fixClass, { nth, side }));
  return {
    homeRadii: homeRadii('any'),
    outsideRadii: question.zone === null ? [] : homeRadii('outside'),
    insideRadii: question.zone === null ? [] : homeRadii('inside'),
    placeMargins: question.places.map((place) =>
      placeMargin(question, fixClass, { place, margin }),
    ),
    zoneMargin: margin,
  };
};

const tables = new WeakMap<Question, Map<FixClass, Bounds>>();

/** The bounds of a class, worked out once for each question. */
export const bounds = (question: Question, fixClass: FixClass): Bounds => {
  const table = tables.get(question) ?? new Map<FixClass, Bounds>();
  if (table.size === 0) tables.set(question, table);
  const known = table.get(fixClass);
  if (known !== undefined) return known;
  const found = boundsOf(question, fixClass);
  table.set(fixClass, found);
  return found;
};
