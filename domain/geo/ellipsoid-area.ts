import { edgesOf, type GridPoint, toDegrees } from './grid.ts';
import { ECCENTRICITY_SQUARED, EQUATOR_RADIUS_METRES, RADIANS_PER_DEGREE } from './plane.ts';

const ECCENTRICITY = Math.sqrt(ECCENTRICITY_SQUARED);
const POLE_RADIUS_SQUARED = EQUATOR_RADIUS_METRES ** 2 * (1 - ECCENTRICITY_SQUARED);

/**
 * Area of the ellipsoid between the equator and a latitude, over one radian of longitude: Snyder,
 * Map Projections: A Working Manual (1987), equation 3-12, times a2/2.
 */
const areaFromEquator = (latDegrees: number): number => {
  const sin = Math.sin(latDegrees * RADIANS_PER_DEGREE);
  const within = sin / (1 - ECCENTRICITY_SQUARED * sin * sin);
  return (POLE_RADIUS_SQUARED / 2) * (within + Math.atanh(ECCENTRICITY * sin) / ECCENTRICITY);
};

/** Area between an edge and the equator, by Simpson's rule; straight edges in lon and lat. */
const areaUnderEdge = (from: GridPoint, to: GridPoint): number => {
  const middle = areaFromEquator(toDegrees((from.y + to.y) / 2));
  const ends = areaFromEquator(toDegrees(from.y)) + areaFromEquator(toDegrees(to.y));
  return toDegrees(to.x - from.x) * RADIANS_PER_DEGREE * ((ends + 4 * middle) / 6);
};

/** Area of a ring on the WGS84 ellipsoid in square metres, whichever way the ring runs. */
export const ringAreaSquareMetres = (ring: readonly GridPoint[]): number =>
  Math.abs(edgesOf(ring).reduce((sum, [from, to]) => sum + areaUnderEdge(from, to), 0));
