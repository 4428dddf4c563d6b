import * as z from 'zod';
import { ECCENTRICITY_SQUARED, EQUATOR_RADIUS_METRES, RADIANS_PER_DEGREE } from './plane.ts';
import type { Position } from './position.ts';
import { AIRY_1830, type GridMetres, projectAiry } from './transverse-mercator.ts';

/** Easting and northing on the National Grid, and how far they may be off on the ground. */
export const osgbSchema = z.object({
  eastingMetres: z.number(),
  northingMetres: z.number(),
  errorMetres: z.number().positive(),
});
export type Osgb = z.infer<typeof osgbSchema>;

/**
 * How far the place may be off by this transformation, beside the fix's own error. Ordnance Survey
 * says up to 3.5 m in 95 of 100 cases (guide, 6.6). Of the 40 points that it publishes to test
 * OSTN15 the worst, St Mary's in Scilly, is 5.2 m off; so more is stated than either.
 */
export const OSGB_ERROR_METRES = 6;

/** "A Guide to Coordinate Systems in Great Britain" (Ordnance Survey), 6.6: WGS84 to OSGB36. */
const RADIANS_PER_SECOND = RADIANS_PER_DEGREE / 3_600;
const SHIFT = { x: -446.448, y: 125.157, z: -542.06 } as const;
const TURN = {
  x: -0.1502 * RADIANS_PER_SECOND,
  y: -0.247 * RADIANS_PER_SECOND,
  z: -0.8421 * RADIANS_PER_SECOND,
} as const;
const STRETCH = 1 + 20.4894e-6;

type Cartesian = Readonly<{ x: number; y: number; z: number }>;

/** On the ellipsoid: a height of 1,000 m would move easting and northing by centimetres. */
const fromWgs84 = ({ lat, lon }: Position): Cartesian => {
  const sin = Math.sin(lat * RADIANS_PER_DEGREE);
  const cos = Math.cos(lat * RADIANS_PER_DEGREE);
  const nu = EQUATOR_RADIUS_METRES / Math.sqrt(1 - ECCENTRICITY_SQUARED * sin * sin);
  return {
    x: nu * cos * Math.cos(lon * RADIANS_PER_DEGREE),
    y: nu * cos * Math.sin(lon * RADIANS_PER_DEGREE),
    z: nu * (1 - ECCENTRICITY_SQUARED) * sin,
  };
};

/** Equation 3 of the guide. */
const helmert = ({ x, y, z }: Cartesian): Cartesian => ({
  x: SHIFT.x + STRETCH * x - TURN.z * y + TURN.y * z,
  y: SHIFT.y + TURN.z * x + STRETCH * y - TURN.x * z,
  z: SHIFT.z - TURN.y * x + TURN.x * y + STRETCH * z,
});

/** Annexe B.2 of the guide: exact on the ellipsoid, and once more for the height above it. */
const projected = ({ x, y, z }: Cartesian): GridMetres => {
  const { majorMetres, minorMetres } = AIRY_1830;
  const eccentricitySquared = 1 - (minorMetres * minorMetres) / (majorMetres * majorMetres);
  const across = Math.hypot(x, y);
  const sin = Math.sin(Math.atan2(z, across * (1 - eccentricitySquared)));
  const nu = majorMetres / Math.sqrt(1 - eccentricitySquared * sin * sin);
  const lat = Math.atan2(z + eccentricitySquared * nu * sin, across);
  return projectAiry(lat / RADIANS_PER_DEGREE, Math.atan2(y, x) / RADIANS_PER_DEGREE);
};

type LonLat = readonly [lon: number, lat: number];

/** Parts of the grid's square that are not Great Britain, drawn along the middle of the water. */
const ELSEWHERE: readonly (readonly LonLat[])[] = [
  // Ireland: north of Rathlin, the North Channel, the Irish Sea, St George's Channel.
  [
    [-11, 55.45],
    [-5.95, 55.45],
    [-5.95, 55.2],
    [-5.35, 54.85],
    [-5.25, 54.4],
    [-5.25, 53.8],
    [-5.4, 53],
    [-5.9, 52],
    [-6.2, 51],
    [-11, 51],
  ],
  // France: the Channel and the Strait of Dover.
  [
    [0, 49],
    [0, 50.15],
    [1.2, 50.6],
    [1.4, 50.95],
    [1.75, 51.08],
    [3, 51.3],
    [3, 49],
  ],
];

const isWithin = (ring: readonly LonLat[], { lat, lon }: Position): boolean => {
  let within = false;
  let [fromLon, fromLat] = ring.at(-1) ?? [0, 0];
  for (const [toLon, toLat] of ring) {
    const crosses = fromLat > lat !== toLat > lat;
    const at = fromLon + ((lat - fromLat) / (toLat - fromLat)) * (toLon - fromLon);
    if (crosses && lon < at) within = !within;
    [fromLon, fromLat] = [toLon, toLat];
  }
  return within;
};

/** The grid ends here: 700 km by 1,250 km. */
const GRID_METRES: GridMetres = { eastingMetres: 700_000, northingMetres: 1_250_000 };

const isOnGrid = ({ eastingMetres, northingMetres }: GridMetres): boolean =>
  eastingMetres >= 0 &&
  eastingMetres < GRID_METRES.eastingMetres &&
  northingMetres >= 0 &&
  northingMetres < GRID_METRES.northingMetres;

/** Everything on the grid lies in it; far from it the series of the projection means nothing. */
const isNearby = ({ lat, lon }: Position): boolean => lat > 49 && lat < 62 && lon > -11 && lon < 4;

/**
 * A WGS84 position as easting and northing on the National Grid (OSGB36), to the whole metre, by
 * the seven parameters that Ordnance Survey publishes. Null outside Great Britain, for which they
 * do not hold.
 */
export const toOsgb = (position: Position): Osgb | null => {
  if (!isNearby(position) || ELSEWHERE.some((ring) => isWithin(ring, position))) return null;
  const at = projected(helmert(fromWgs84(position)));
  const rounded = {
    eastingMetres: Math.round(at.eastingMetres),
    northingMetres: Math.round(at.northingMetres),
  };
  return isOnGrid(rounded) ? { ...rounded, errorMetres: OSGB_ERROR_METRES } : null;
};
