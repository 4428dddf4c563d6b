/** The ellipsoid on which Great Britain was mapped: Airy 1830. */
export const AIRY_1830 = { majorMetres: 6_377_563.396, minorMetres: 6_356_256.909 } as const;

const RADIANS_PER_DEGREE = Math.PI / 180;

/** The projection of the National Grid: "A Guide to Coordinate Systems in Great Britain", A.2. */
const SCALE = 0.9996012717;
const ORIGIN_LAT = 49 * RADIANS_PER_DEGREE;
const ORIGIN_LON = -2 * RADIANS_PER_DEGREE;
const ORIGIN_EASTING_METRES = 400_000;
const ORIGIN_NORTHING_METRES = -100_000;

const { majorMetres, minorMetres } = AIRY_1830;
const ECCENTRICITY_SQUARED = 1 - (minorMetres * minorMetres) / (majorMetres * majorMetres);

/** Along the meridian from the origin to a latitude, scaled: equation C.3 of the guide. */
const meridianMetres = (lat: number): number => {
  const n = (majorMetres - minorMetres) / (majorMetres + minorMetres);
  const less = lat - ORIGIN_LAT;
  const sum = lat + ORIGIN_LAT;
  return (
    minorMetres *
    SCALE *
    ((1 + n + (5 / 4) * n ** 2 + (5 / 4) * n ** 3) * less -
      (3 * n + 3 * n ** 2 + (21 / 8) * n ** 3) * Math.sin(less) * Math.cos(sum) +
      ((15 / 8) * n ** 2 + (15 / 8) * n ** 3) * Math.sin(2 * less) * Math.cos(2 * sum) -
      (35 / 24) * n ** 3 * Math.sin(3 * less) * Math.cos(3 * sum))
  );
};

export type GridMetres = Readonly<{ eastingMetres: number; northingMetres: number }>;

/**
 * Latitude and longitude on the Airy 1830 ellipsoid, in degrees, to easting and northing on the
 * National Grid: the series of annexe C.1 of "A Guide to Coordinate Systems in Great Britain"
 * (Ordnance Survey), good to a millimetre on the grid, and to nothing far from it.
 */
export const projectAiry = (latDegrees: number, lonDegrees: number): GridMetres => {
  const lat = latDegrees * RADIANS_PER_DEGREE;
  const cos = Math.cos(lat);
  const tanSquared = Math.tan(lat) ** 2;
  const w = 1 - ECCENTRICITY_SQUARED * Math.sin(lat) ** 2;
  const nu = (majorMetres * SCALE) / Math.sqrt(w);
  const nuByRho = w / (1 - ECCENTRICITY_SQUARED);
  const eta = nuByRho - 1;
  const east = (lonDegrees * RADIANS_PER_DEGREE - ORIGIN_LON) * cos;
  const north =
    (nu / 2) * Math.tan(lat) * east ** 2 +
    (nu / 24) * Math.tan(lat) * (5 - tanSquared + 9 * eta) * east ** 4 +
    (nu / 720) * Math.tan(lat) * (61 - 58 * tanSquared + tanSquared ** 2) * east ** 6;
  return {
    northingMetres: ORIGIN_NORTHING_METRES + meridianMetres(lat) + north,
    eastingMetres:
      ORIGIN_EASTING_METRES +
      nu * east +
      (nu / 6) * (nuByRho - tanSquared) * east ** 3 +
      (nu / 120) *
        (5 - 18 * tanSquared + tanSquared ** 2 + 14 * eta - 58 * tanSquared * eta) *
        east ** 5,
  };
};
