/**
 * Zones live on a grid of 1e-7 degrees (1.1 cm): what is checked, stored and evaluated is the same
 * to the bit. Coordinates are whole steps, exact in a double.
 */
export const STEPS_PER_DEGREE = 10_000_000;
export const STEPS_PER_TURN = 360 * STEPS_PER_DEGREE;

/**
 * x: steps east, y: steps north. x may lie beyond 180 degrees, so that a zone stays in one piece.
 */
export type GridPoint = Readonly<{ x: number; y: number }>;
export type GridBox = Readonly<{ west: number; south: number; east: number; north: number }>;

export const toSteps = (degrees: number): number => Math.round(degrees * STEPS_PER_DEGREE) || 0;
export const toDegrees = (steps: number): number => steps / STEPS_PER_DEGREE;

export const samePoint = (a: GridPoint, b: GridPoint): boolean => a.x === b.x && a.y === b.y;

const exactTurn = (a: GridPoint, b: GridPoint, c: GridPoint): number => {
  const left = BigInt(b.x - a.x) * BigInt(c.y - a.y);
  const right = BigInt(b.y - a.y) * BigInt(c.x - a.x);
  return left > right ? 1 : left < right ? -1 : 0;
};

/**
 * Which way a-b-c turns: positive to the left, negative to the right, 0 straight; exact. Doubles
 * decide unless the difference could be rounding (relative error of three roundings, 4e-16).
 */
export const turn = (a: GridPoint, b: GridPoint, c: GridPoint): number => {
  const left = (b.x - a.x) * (c.y - a.y);
  const right = (b.y - a.y) * (c.x - a.x);
  const difference = left - right;
  if (Math.abs(difference) > 4e-16 * (Math.abs(left) + Math.abs(right))) return difference;
  return exactTurn(a, b, c);
};

/** Whether p, known to lie on the line through a and b, lies between them. */
export const isBetween = (p: GridPoint, a: GridPoint, b: GridPoint): boolean =>
  p.x >= Math.min(a.x, b.x) &&
  p.x <= Math.max(a.x, b.x) &&
  p.y >= Math.min(a.y, b.y) &&
  p.y <= Math.max(a.y, b.y);

/** Each edge of a ring that is kept without its closing point. */
export const edgesOf = (ring: readonly GridPoint[]): [GridPoint, GridPoint][] =>
  ring.flatMap((from, i) => {
    const to = ring[i + 1] ?? ring[0];
    return to === undefined ? [] : [[from, to]];
  });

/** Where a point lies to a ring, by the even-odd rule; exact. */
export const sideOf = (p: GridPoint, ring: readonly GridPoint[]): 'inside' | 'edge' | 'outside' => {
  let inside = false;
  for (const [a, b] of edgesOf(ring)) {
    const side = turn(a, b, p);
    if (side === 0 && isBetween(p, a, b)) return 'edge';
    if (a.y > p.y !== b.y > p.y && side > 0 === b.y > a.y) inside = !inside;
  }
  return inside ? 'inside' : 'outside';
};

/** Twice the area in square steps, positive when the ring runs counter-clockwise; exact. */
export const doubleArea = (ring: readonly GridPoint[]): bigint =>
  edgesOf(ring).reduce(
    (sum, [a, b]) => sum + BigInt(a.x) * BigInt(b.y) - BigInt(b.x) * BigInt(a.y),
    0n,
  );

export const boxOf = (points: readonly GridPoint[]): GridBox => {
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const { x, y } of points) {
    if (x < west) west = x;
    if (x > east) east = x;
    if (y < south) south = y;
    if (y > north) north = y;
  }
  return { west, south, east, north };
};

export const boxesMeet = (a: GridBox, b: GridBox): boolean =>
  a.west <= b.east && b.west <= a.east && a.south <= b.north && b.south <= a.north;
