import { apart, between, type Point, turned } from './ground.ts';
import type { Random } from './random.ts';

/** A grid of streets, turned and shifted against north. */
export type Streets = Readonly<{ spacing: number; turn: number; shiftX: number; shiftY: number }>;

export const drawStreets = (random: Random): Streets => ({
  spacing: random.between(60, 140),
  turn: random.between(0, Math.PI / 2),
  shiftX: random.between(0, 100),
  shiftY: random.between(0, 100),
});

const toGrid = (streets: Streets, point: Point): Point => {
  const { x, y } = turned(point, -streets.turn);
  return { x: (x + streets.shiftX) / streets.spacing, y: (y + streets.shiftY) / streets.spacing };
};

const fromGrid = (streets: Streets, { x, y }: Point): Point =>
  turned(
    { x: x * streets.spacing - streets.shiftX, y: y * streets.spacing - streets.shiftY },
    streets.turn,
  );

/** The nearest point on a street. */
const onStreet = ({ x, y }: Point): Point =>
  Math.abs(x - Math.round(x)) < Math.abs(y - Math.round(y))
    ? { x: Math.round(x), y }
    : { x, y: Math.round(y) };

const crossing = ({ x, y }: Point): Point => ({ x: Math.round(x), y: Math.round(y) });

/** The two ways from one point to another along streets that turn one corner between crossings. */
export const routes = (streets: Streets, from: Point, to: Point): Point[][] => {
  const [a, b] = [toGrid(streets, from), toGrid(streets, to)];
  const [doorA, doorB] = [onStreet(a), onStreet(b)];
  const [crossA, crossB] = [crossing(doorA), crossing(doorB)];
  return [
    { x: crossA.x, y: crossB.y },
    { x: crossB.x, y: crossA.y },
  ].map((corner) =>
    [a, doorA, crossA, corner, crossB, doorB, b].map((point) => fromGrid(streets, point)),
  );
};

export const lengthOf = (route: readonly Point[]): number =>
  route.slice(1).reduce((sum, point, i) => sum + apart(point, route[i] ?? point), 0);

/** Points along a route, at most so many metres apart. */
export const along = (route: readonly Point[], stepMetres: number): Point[] =>
  route.flatMap((point, i) => {
    const next = route[i + 1];
    if (next === undefined) return [point];
    const steps = Math.max(1, Math.ceil(apart(point, next) / stepMetres));
    return Array.from({ length: steps }, (_, n) => between(point, next, n / steps));
  });
