import { distanceMetres } from '#domain/geo/plane.ts';
import { signedDistanceMetres } from '#domain/geo/signed-distance.ts';
import type { Fix } from '#domain/model/device-event.ts';
import { STARTS_AT } from './world/observe.ts';
import type { WearerDays } from './world/wearer.ts';

/** A fix as the published rules look at it. */
export type SeenFix = Readonly<{
  minute: number;
  /** Metres inside the zone; negative outside. */
  depthMetres: number;
  /** Stated radius at 68 %, metres; 25 where a receiver says nothing. */
  radiusMetres: number;
  /** From the fix before, metres. */
  movedMetres: (other: SeenFix) => number;
  fix: Fix;
}>;

/** From when till when an alert stood, minutes. */
export type Alert = Readonly<{ fromMinute: number; toMinute: number }>;

/** Radius at 68 % of a fix of dilution 1, where only that is stated: 5 m an axis. */
const RADIUS_PER_HDOP_METRES = 7.5;
const UNSTATED_RADIUS_METRES = 25;

const statedRadius = ({ accuracyMetres, accuracyPercentile, hdop }: Fix): number => {
  if (accuracyMetres !== null) {
    return accuracyPercentile === 95 ? (accuracyMetres * 1.51) / 2.45 : accuracyMetres;
  }
  return hdop === null ? UNSTATED_RADIUS_METRES : hdop * RADIUS_PER_HDOP_METRES;
};

export const minuteOf = (fix: Fix): number => (fix.recordedAt - STARTS_AT) / 60_000;

/** A wearer's fixes, with what the published rules need of each. */
export const seenFixes = ({ fixes, zone }: WearerDays): SeenFix[] =>
  fixes.map((fix) => ({
    fix,
    minute: minuteOf(fix),
    depthMetres: signedDistanceMetres(zone, fix),
    radiusMetres: statedRadius(fix),
    movedMetres: (other) => distanceMetres(other.fix, fix),
  }));
