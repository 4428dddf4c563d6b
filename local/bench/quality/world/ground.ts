import { planeAt } from '#domain/geo/plane.ts';
import { type Position, position } from '#domain/geo/position.ts';

/** Metres east and north of a world's origin. */
export type Point = Readonly<{ x: number; y: number }>;

export const plus = (a: Point, b: Point): Point => ({ x: a.x + b.x, y: a.y + b.y });
export const scaled = (a: Point, by: number): Point => ({ x: a.x * by, y: a.y * by });
export const between = (a: Point, b: Point, share: number): Point => ({
  x: a.x + (b.x - a.x) * share,
  y: a.y + (b.y - a.y) * share,
});
export const apart = (a: Point, b: Point): number => Math.hypot(a.x - b.x, a.y - b.y);
export const turned = (a: Point, radians: number): Point => ({
  x: a.x * Math.cos(radians) - a.y * Math.sin(radians),
  y: a.x * Math.sin(radians) + a.y * Math.cos(radians),
});
export const towards = (radians: number): Point => ({ x: Math.cos(radians), y: Math.sin(radians) });

/** Where a point of the plane lies on earth. */
export const onEarth = (origin: Position, { x, y }: Point): Position => {
  const plane = planeAt(origin.lat);
  return position(
    origin.lat + y / plane.northMetresPerDegree,
    origin.lon + x / plane.eastMetresPerDegree,
  );
};
