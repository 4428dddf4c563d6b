import { distanceMetres } from '../../geo/plane.ts';
import type { Position } from '../../geo/position.ts';
import type { Instant } from '../../model/instant.ts';
import {
  CHANGES_PER_MINUTE,
  ELSEWHERE_AREA_SQUARE_METRES,
  ZONE_FLOOR,
} from '../position/constants.ts';
import type { Weights } from '../position/hypotheses.ts';
import { normalShare } from '../position/likelihood.ts';
import type { Question } from '../position/question.ts';
import { OUTLIER_SHARE_OF_TWO } from './constants.ts';
import { type LastSeen, secondsSince } from './sides.ts';

/** "Are the two together?": inside a zone that moves, with the other person as its centre. */
export const TOGETHER: Question = {
  frame: {
    applies: { home: false, elsewhere: true, inside: true },
    floors: ZONE_FLOOR,
    ratesPerMinute: CHANGES_PER_MINUTE,
  },
  densities: { places: [], insideAreaSquareMetres: ELSEWHERE_AREA_SQUARE_METRES, hasZone: true },
  places: [],
  clearancesMetres: [],
  zone: null,
  bufferMetres: 0,
};

/** How near counts as together, and what the age of the other's last fix does to it. */
export type Closeness = Readonly<{
  enterMetres: number;
  /** Who is together is so until they are this far apart. */
  leaveMetres: number;
  /** As fast as anybody is taken to approach, and for how long at most, unseen. */
  closingMetresPerSecond: number;
  lagCapSeconds: number;
  /** So long what either sent waits for what the other sends of the same time. */
  waitSeconds: number;
  /**
   * `reach`: what somebody may have come nearer since they were last seen counts as come nearer,
   * where safety is at stake. `doubt`: it only blurs where they are, where guilt is.
   */
  lagIs: 'reach' | 'doubt';
}>;

/**
 * How far somebody may be from where they were last seen: where safety is at stake as fast as they
 * may be; else as they were seen to be, for a doubt that nothing speaks for would acquit anybody.
 */
export const driftMetres = (
  { closingMetresPerSecond, lagCapSeconds, lagIs }: Closeness,
  seen: LastSeen,
  at: Instant,
): number => {
  const fastest = seen.speedMps ?? closingMetresPerSecond;
  const speed = lagIs === 'reach' ? fastest : (seen.seenMps ?? fastest);
  const seconds = Math.min(secondsSince(seen, at), lagCapSeconds);
  return Math.min(speed, closingMetresPerSecond) * seconds;
};

/**
 * The probability that two people are within `radiusMetres` of each other, where they were seen
 * `apartMetres` apart with a deviation of `sigmaMetres` on each axis of the difference. The square
 * of the true distance is then noncentral chi-squared; its distribution by Sankaran's approximation
 * (Biometrika 50, 1963, 199-204), within 0.01 of the true value.
 */
export const shareWithin = (
  radiusMetres: number,
  apartMetres: number,
  sigmaMetres: number,
): number => {
  if (radiusMetres <= 0) return 0;
  const k = 2;
  const lambda = (apartMetres / sigmaMetres) ** 2;
  const x = (radiusMetres / sigmaMetres) ** 2;
  const h = 1 - (2 * (k + lambda) * (k + 3 * lambda)) / (3 * (k + 2 * lambda) ** 2);
  const p = (k + 2 * lambda) / (k + lambda) ** 2;
  const m = (h - 1) * (1 - 3 * h);
  const mean = 1 + h * p * (h - 1 - 0.5 * (2 - h) * m * p);
  const deviation = h * Math.sqrt(2 * p) * (1 + 0.5 * m * p);
  return normalShare(((x / (k + lambda)) ** h - mean) / deviation);
};

/** A fix of one of the two against where the other was last seen. */
export type Meeting = Readonly<{
  fix: Position & Readonly<{ sigmaMetres: number }>;
  other: LastSeen;
  at: Instant;
  /** Whether they count as together already. */
  isTogether: boolean;
}>;

/** How likely what was seen is if the two are together, and if they are not. */
export const meetingLikelihood = (closeness: Closeness, meeting: Meeting): Weights => {
  const { fix, other, at, isTogether } = meeting;
  const drift = driftMetres(closeness, other, at);
  const [reach, doubt] = closeness.lagIs === 'reach' ? [drift, 0] : [0, drift];
  const metres = isTogether ? closeness.leaveMetres : closeness.enterMetres;
  const sigma = Math.hypot(fix.sigmaMetres, other.sigmaMetres, doubt);
  const share = shareWithin(metres + reach, distanceMetres(fix, other), sigma);
  const outlier = OUTLIER_SHARE_OF_TWO / 2;
  const kept = 1 - OUTLIER_SHARE_OF_TWO;
  return { home: 0, elsewhere: kept * (1 - share) + outlier, inside: kept * share + outlier };
};
