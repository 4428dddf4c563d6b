/** A position of plain numbers, as the oracles of these tests take it. */
export type Place = Readonly<{ lat: number; lon: number }>;

const A = 6378137;
const F = 1 / 298.257223563;
const B = A * (1 - F);
const RADIANS = Math.PI / 180;

/**
 * Geodesic distance on WGS84 in metres: T. Vincenty, Direct and Inverse Solutions of Geodesics on
 * the Ellipsoid, Survey Review 23 (176), 1975. Within 0.5 mm where it converges. It shares nothing
 * with the code under test.
 */
export const vincentyMetres = (from: Place, to: Place): number => {
  const L = (to.lon - from.lon) * RADIANS;
  const u1 = Math.atan((1 - F) * Math.tan(from.lat * RADIANS));
  const u2 = Math.atan((1 - F) * Math.tan(to.lat * RADIANS));
  const [s1, c1, s2, c2] = [Math.sin(u1), Math.cos(u1), Math.sin(u2), Math.cos(u2)];
  let lambda = L;
  for (let i = 0; i < 200; i += 1) {
    const [sl, cl] = [Math.sin(lambda), Math.cos(lambda)];
    const sinSigma = Math.sqrt((c2 * sl) ** 2 + (c1 * s2 - s1 * c2 * cl) ** 2);
    if (sinSigma === 0) return 0;
    const cosSigma = s1 * s2 + c1 * c2 * cl;
    const sigma = Math.atan2(sinSigma, cosSigma);
    const sinAlpha = (c1 * c2 * sl) / sinSigma;
    const cos2Alpha = 1 - sinAlpha ** 2;
    const cos2m = cos2Alpha === 0 ? 0 : cosSigma - (2 * s1 * s2) / cos2Alpha;
    const C = (F / 16) * cos2Alpha * (4 + F * (4 - 3 * cos2Alpha));
    const before = lambda;
    const inner = cos2m + C * cosSigma * (-1 + 2 * cos2m ** 2);
    lambda = L + (1 - C) * F * sinAlpha * (sigma + C * sinSigma * inner);
    if (Math.abs(lambda - before) > 1e-13) continue;
    const u = (cos2Alpha * (A * A - B * B)) / (B * B);
    const bigA = 1 + (u / 16384) * (4096 + u * (-768 + u * (320 - 175 * u)));
    const bigB = (u / 1024) * (256 + u * (-128 + u * (74 - 47 * u)));
    const third = (bigB / 6) * cos2m * (-3 + 4 * sinSigma ** 2) * (-3 + 4 * cos2m ** 2);
    const second = cosSigma * (-1 + 2 * cos2m ** 2) - third;
    return B * bigA * (sigma - bigB * sinSigma * (cos2m + (bigB / 4) * second));
  }
  throw new Error('Vincenty does not converge: the points are nearly antipodal');
};

/** Shortest geodesic to a straight edge in longitude and latitude, by golden section along it. */
export const vincentyToEdgeMetres = (from: Place, a: Place, b: Place): number => {
  const distanceAt = (t: number): number =>
    vincentyMetres(from, { lat: a.lat + t * (b.lat - a.lat), lon: a.lon + t * (b.lon - a.lon) });
  const golden = (Math.sqrt(5) - 1) / 2;
  let [low, high] = [0, 1];
  for (let i = 0; i < 45; i += 1) {
    const [c, d] = [high - golden * (high - low), low + golden * (high - low)];
    if (distanceAt(c) < distanceAt(d)) high = d;
    else low = c;
  }
  return Math.min(distanceAt(0), distanceAt(1), distanceAt((low + high) / 2));
};

/** How often a ring winds round a point, by adding up the angles at which its edges are seen. */
export const windingNumber = (from: Place, ring: readonly Place[]): number => {
  let sum = 0;
  for (const [i, a] of ring.entries()) {
    const b = ring[(i + 1) % ring.length] ?? a;
    const [ax, ay, bx, by] = [
      a.lon - from.lon,
      a.lat - from.lat,
      b.lon - from.lon,
      b.lat - from.lat,
    ];
    sum += Math.atan2(ax * by - ay * bx, ax * bx + ay * by);
  }
  return Math.round(sum / (2 * Math.PI));
};
