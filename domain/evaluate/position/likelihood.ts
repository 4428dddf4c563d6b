import type { Check, Fix } from '../../model/device-event.ts';
import {
  CHECK_SEEN,
  ELSEWHERE_AREA_SQUARE_METRES,
  HOME_UNIT_SEEN,
  LEAST_AREA_OF_FIX,
  LEAST_CELL_SIGMA_METRES,
  LEAST_SIGMA_METRES,
  METRES_PER_HDOP,
  MOTION_SEEN,
  OUTLIER_AREA_SQUARE_METRES,
  OUTLIER_SHARE,
  PLACE_REACH,
  SCATTER_DEGREES_OF_FREEDOM,
  SIGMAS_IN_RADIUS,
  UNSTATED_SIGMA_METRES,
} from './constants.ts';
import { type Weights, weigh } from './hypotheses.ts';
import { accuracyFactor, type KnownPlace } from './known-place.ts';

/** The floor under every density, a square metre: a single fix that admits nothing does happen. */
export const OUTLIER_DENSITY = OUTLIER_SHARE / OUTLIER_AREA_SQUARE_METRES;

/**
 * Deviation of one axis of a fix, metres, from its stated accuracy, else its hdop, else its source.
 */
export const sigmaMetres = (fix: Fix): number => {
  const stated =
    fix.accuracyMetres !== null
      ? fix.accuracyMetres / SIGMAS_IN_RADIUS[fix.accuracyPercentile]
      : fix.hdop !== null && fix.source === 'gnss'
        ? fix.hdop * METRES_PER_HDOP
        : UNSTATED_SIGMA_METRES[fix.source];
  const least = fix.source === 'cell' ? LEAST_CELL_SIGMA_METRES : LEAST_SIGMA_METRES;
  return Math.max(least, Math.hypot(stated, LEAST_SIGMA_METRES));
};

/**
 * The standard normal distribution function, within 1.5e-7 of the true value.
 * Abramowitz and Stegun, Handbook of Mathematical Functions, 7.1.26.
 */
export const normalShare = (z: number): number => {
  const x = Math.abs(z) / Math.SQRT2;
  const t = 1 / (1 + 0.3275911 * x);
  const series =
    t *
    (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))));
  const tail = 0.5 * series * Math.exp(-x * x);
  return z >= 0 ? 1 - tail : tail;
};

/** Density a square metre, at a distance, of a round Student t in the plane of scale `variance`. */
export const scatterDensity = (distanceMetres: number, varianceSquareMetres: number): number => {
  const nu = SCATTER_DEGREES_OF_FREEDOM;
  const spread = 1 + distanceMetres ** 2 / (nu * varianceSquareMetres);
  return spread ** (-(nu + 2) / 2) / (2 * Math.PI * varianceSquareMetres);
};

/** What a fix's geometry comes to: everything that the likelihoods need to know of it. */
export type Sighting = Readonly<{
  sigmaMetres: number;
  /** From each known place, in their order. */
  placeDistancesMetres: readonly number[];
  /** Signed distance to the zone's edge, inside > 0; ignored where there is no zone. */
  depthMetres: number;
}>;

export type Densities = Readonly<{
  places: readonly KnownPlace[];
  insideAreaSquareMetres: number;
  hasZone: boolean;
}>;

/** How far from a place a fix may lie and still be of it, metres. */
export const placeReachMetres = (sigma: number): number =>
  Math.max(PLACE_REACH.metres, PLACE_REACH.sigmas * sigma);

/** Density a square metre of a fix taken at a known place, on the outlier floor. */
const placeDensity = (place: KnownPlace, distanceMetres: number, sigma: number): number => {
  if (distanceMetres > placeReachMetres(sigma)) return OUTLIER_DENSITY;
  const variance = Math.max(place.varianceSquareMetres, sigma ** 2);
  const kept = (1 - OUTLIER_SHARE) * accuracyFactor(place, sigma);
  return kept * scatterDensity(distanceMetres, variance) + OUTLIER_DENSITY;
};

/** How likely a fix is under each hypothesis, density a square metre, its flags included. */
export const fixLikelihood = (
  sighting: Sighting,
  densities: Densities,
  flags: Flags = UNKNOWN_FLAGS,
): Weights => {
  const kept = 1 - OUTLIER_SHARE;
  const sigma = sighting.sigmaMetres;
  const ownArea = LEAST_AREA_OF_FIX * 2 * Math.PI * sigma ** 2;
  const elsewhereArea = Math.max(ELSEWHERE_AREA_SQUARE_METRES, ownArea);
  const insideArea = Math.max(densities.insideAreaSquareMetres, ownArea);
  const insideShare = densities.hasZone ? normalShare(sighting.depthMetres / sigma) : 0;
  const seen = flagLikelihood(flags);
  const home = densities.places.map(
    (place, i) =>
      placeDensity(place, sighting.placeDistancesMetres[i] ?? 0, sigma) *
      (place.hasHomeUnit ? seen.home : seen.placeWithoutUnit),
  );
  return {
    home: Math.max(0, ...home),
    elsewhere: ((kept * (1 - insideShare)) / elsewhereArea + OUTLIER_DENSITY) * seen.elsewhere,
    inside: ((kept * insideShare) / insideArea + OUTLIER_DENSITY) * seen.inside,
  };
};

type Flags = Pick<Fix, 'motion' | 'homeUnit'>;
const UNKNOWN_FLAGS: Flags = { motion: 'unknown', homeUnit: 'unknown' };

/**
 * How likely the flags that travel with a fix are under each hypothesis, and at a known place
 * without the home unit.
 */
export const flagLikelihood = ({
  motion,
  homeUnit,
}: Flags): Weights & Readonly<{ placeWithoutUnit: number }> => ({
  ...weigh((h) => MOTION_SEEN[motion][h] * HOME_UNIT_SEEN[homeUnit][h]),
  placeWithoutUnit: MOTION_SEEN[motion].home * HOME_UNIT_SEEN[homeUnit].elsewhere,
});

/** How likely a check's result is under each hypothesis; null where it says nothing. */
export const checkLikelihood = (check: Check): Weights | null => {
  if (check.result !== 'present' && check.result !== 'absent') return null;
  const { home, away } = CHECK_SEEN[check.method][check.result];
  return { home, elsewhere: away, inside: away };
};
