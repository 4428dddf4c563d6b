import { distanceMetres, planeAt, wrapDegrees } from './plane.ts';
import { type Position, position } from './position.ts';

/** The way from one position to another, straight in longitude and latitude. */
export type Way = Readonly<{
  from: Position;
  to: Position;
  lengthMetres: number;
  eastDegrees: number;
  northDegrees: number;
  /** The plane on which the way is compared with zones: scaled at its middle. */
  eastMetresPerDegree: number;
  northMetresPerDegree: number;
}>;

/** The way between two positions, the short way round the earth. */
export const wayBetween = (from: Position, to: Position): Way => {
  const { eastMetresPerDegree, northMetresPerDegree } = planeAt((from.lat + to.lat) / 2);
  return {
    ...{ from, to, lengthMetres: distanceMetres(from, to) },
    ...{ eastDegrees: wrapDegrees(to.lon - from.lon), northDegrees: to.lat - from.lat },
    ...{ eastMetresPerDegree, northMetresPerDegree },
  };
};

/** The position at a share of a way, 0 to 1. */
export const positionOn = (way: Way, share: number): Position => {
  const { from, to } = way;
  if (share <= 0) return from;
  if (share >= 1) return to;
  const lon = wrapDegrees(from.lon + share * way.eastDegrees);
  return position(from.lat + share * way.northDegrees, lon);
};
