import type { Position } from './position.ts';

export const RADIANS_PER_DEGREE = Math.PI / 180;
export const EQUATOR_RADIUS_METRES = 6_378_137;
const FLATTENING = 1 / 298.257223563;

/** Square of the eccentricity of the WGS84 ellipsoid. */
export const ECCENTRICITY_SQUARED = FLATTENING * (2 - FLATTENING);

/** The ground about one latitude, laid flat. */
export type Plane = {
  readonly eastMetresPerDegree: number;
  readonly northMetresPerDegree: number;
  /**
   * Share by which half a metre's step north shortens a metre east: the meridians draw together.
   */
  readonly eastStretch: number;
  /** The same for a metre north: the ellipsoid flattens towards the pole. */
  readonly northStretch: number;
};

/**
 * Lays the WGS84 ellipsoid flat about a latitude in degrees. The scales are those of cheap-ruler
 * (github.com/mapbox/cheap-ruler): cos(lat) N and M, the two radii of curvature. The stretches are
 * their first derivatives over two, so that `east * (1 + eastStretch * north)` is the distance by
 * the scale of the middle latitude: -tan(lat) / 2N, and 3 e2 sin(lat) cos(lat) / 2Mw.
 */
export const planeAt = (latDegrees: number): Plane => {
  if (latDegrees === latest.latDegrees) return latest.plane;
  latest = { latDegrees, plane: layPlane(latDegrees) };
  return latest.plane;
};

const layPlane = (latDegrees: number): Plane => {
  const sin = Math.sin(latDegrees * RADIANS_PER_DEGREE);
  const cos = Math.cos(latDegrees * RADIANS_PER_DEGREE);
  const w = 1 - ECCENTRICITY_SQUARED * sin * sin;
  const acrossRadius = EQUATOR_RADIUS_METRES / Math.sqrt(w);
  const alongRadius = (acrossRadius * (1 - ECCENTRICITY_SQUARED)) / w;
  // At a pole nothing lies east, whatever its longitude: without a floor the stretch has no end.
  const flatCos = Math.max(cos, 1e-9);
  return {
    eastMetresPerDegree: RADIANS_PER_DEGREE * acrossRadius * cos,
    northMetresPerDegree: RADIANS_PER_DEGREE * alongRadius,
    eastStretch: -sin / (2 * flatCos * acrossRadius),
    northStretch: (1.5 * ECCENTRICITY_SQUARED * sin * cos) / (alongRadius * w),
  };
};

/** One fix is compared with many zones: its plane is laid once. */
let latest = { latDegrees: 0, plane: layPlane(0) };

/** A difference of longitudes the short way round, in degrees: 179 to -179 is 2, not -358. */
export const wrapDegrees = (difference: number): number => {
  if (difference >= -180 && difference <= 180) return difference;
  return difference - 360 * Math.round(difference / 360);
};

/**
 * Distance in metres along the ground, on a plane scaled at the middle latitude. Against the WGS84
 * geodesic, up to 70 degrees north or south: within 0.0001 m at 1 km, 0.01 m at 10 km, 1.2 m at
 * 50 km; the error grows with the cube of the distance.
 */
export const distanceMetres = (a: Position, b: Position): number => {
  const sin = Math.sin(((a.lat + b.lat) / 2) * RADIANS_PER_DEGREE);
  const w = 1 - ECCENTRICITY_SQUARED * sin * sin;
  const acrossRadius = EQUATOR_RADIUS_METRES / Math.sqrt(w);
  const alongRadius = (acrossRadius * (1 - ECCENTRICITY_SQUARED)) / w;
  const eastRadians = wrapDegrees(b.lon - a.lon) * RADIANS_PER_DEGREE;
  const east = eastRadians * acrossRadius * Math.sqrt(1 - sin * sin);
  const north = (b.lat - a.lat) * RADIANS_PER_DEGREE * alongRadius;
  return Math.sqrt(east * east + north * north);
};
