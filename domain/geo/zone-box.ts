import type { ZoneBox } from './compiled-zone.ts';
import { planeAt, RADIANS_PER_DEGREE, wrapDegrees } from './plane.ts';
import type { Position } from './position.ts';

/** A degree of latitude is nowhere shorter, one of longitude nowhere longer, on WGS84. */
const SHORTEST_NORTH_METRES = 110_574;
const LONGEST_EAST_METRES = 111_320;
/** Our distances are not the geodesic to the last metre: see signedDistanceMetres. */
const SLACK = { share: 1.001, metres: 1 } as const;

/**
 * Whether a box alone shows that all in it is further away than so many metres; false says nothing.
 * A way of d metres reaches no higher than the latitude d metres north, and runs east by no more
 * degrees than d metres are there.
 */
export const isBeyond = (box: ZoneBox, at: Position, metres: number): boolean => {
  const reach = SLACK.share * metres + SLACK.metres;
  const northDegrees = reach / SHORTEST_NORTH_METRES;
  if (at.lat > box.north + northDegrees || at.lat < box.south - northDegrees) return true;
  const eastMetresPerDegree =
    planeAt(at.lat).eastMetresPerDegree - LONGEST_EAST_METRES * RADIANS_PER_DEGREE * northDegrees;
  const middle = (box.west + box.east) / 2;
  const away = Math.abs(wrapDegrees(at.lon - middle)) - (box.east - box.west) / 2;
  return away * eastMetresPerDegree > reach;
};
