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
  SCATTER_DEGREES_OF_FREEDOM,
  SIGMAS_IN_RADIUS,
  UNSTATED_SIGMA_METRES,
} from './constants.ts';
import { type Weights, weigh } from './hypotheses.ts';

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
  /** From the known place; ignored where there is none. */
  placeDistanceMetres: number;
  /** Signed distance to the zone's edge, inside > 0; ignored where there is no zone. */
  depthMetres: number;
}>;

export type Densities = Readonly<{
  scatterVarianceSquareMetres: number;
  insideAreaSquareMetres: number;
  hasZone: boolean;
}>;

/** Density a square metre of a fix under each hypothesis, on the outlier floor. */
export const fixLikelihood = (sighting: Sighting, densities: Densities): Weights => {
  const kept = 1 - OUTLIER_SHARE;
  const sigma = sighting.sigmaMetres;
  const variance = Math.max(densities.scatterVarianceSquareMetres, sigma ** 2);
  const ownArea = LEAST_AREA_OF_FIX * 2 * Math.PI * sigma ** 2;
  const elsewhereArea = Math.max(ELSEWHERE_AREA_SQUARE_METRES, ownArea);
  const insideArea = Math.max(densities.insideAreaSquareMetres, ownArea);
  const insideShare = densities.hasZone ? normalShare(sighting.depthMetres / sigma) : 0;
  return {
    home: kept * scatterDensity(sighting.placeDistanceMetres, variance) + OUTLIER_DENSITY,
    elsewhere: (kept * (1 - insideShare)) / elsewhereArea + OUTLIER_DENSITY,
    inside: (kept * insideShare) / insideArea + OUTLIER_DENSITY,
  };
};

/** How likely the flags that travel with a fix are under each hypothesis. */
export const flagLikelihood = (flags: Pick<Fix, 'motion' | 'homeUnit'>): Weights =>
  weigh((h) => MOTION_SEEN[flags.motion][h] * HOME_UNIT_SEEN[flags.homeUnit][h]);

/** How likely a check's result is under each hypothesis; null where it says nothing. */
export const checkLikelihood = (check: Check): Weights | null => {
  if (check.result !== 'present' && check.result !== 'absent') return null;
  const { home, away } = CHECK_SEEN[check.method][check.result];
  return { home, elsewhere: away, inside: away };
};
