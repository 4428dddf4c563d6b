import { LEAST_STRETCH, type Viewpoint } from './edge-distance.ts';

/** Keeps a bound on the safe side of rounding, so that leaving things out changes nothing. */
const ROUNDING = 1 + 1e-9;

/**
 * Square of the distance in metres from a viewpoint to a box, on the viewpoint's plane and not
 * stretched. Boxes lie one after the other: west, south, east, north, in the viewpoint's steps.
 */
export const boxSquare = (boxes: Float64Array, i: number, view: Viewpoint): number => {
  const west = boxes[i] ?? 0;
  const south = boxes[i + 1] ?? 0;
  const east = boxes[i + 2] ?? 0;
  const north = boxes[i + 3] ?? 0;
  const { x, y } = view;
  const dx = (x < west ? west - x : x > east ? x - east : 0) * view.eastMetresPerStep;
  const dy = (y < south ? south - y : y > north ? y - north : 0) * view.northMetresPerStep;
  return dx * dx + dy * dy;
};

/**
 * How far away on the plane, squared, nothing can be nearer than `best` once stretched. A way of d
 * metres shrinks by the share c d at most, and never below LEAST_STRETCH of itself: so the bound is
 * the d at which d (1 - c d) = sqrt(best).
 */
export const outOfReach = (best: number, view: Viewpoint): number => {
  if (best === Infinity) return Infinity;
  const c = Math.abs(view.eastStretch) + Math.abs(view.northStretch);
  const distance = Math.sqrt(best);
  const isFar = c * distance >= LEAST_STRETCH * (1 - LEAST_STRETCH);
  const reach = isFar
    ? distance / LEAST_STRETCH
    : (2 * distance) / (1 + Math.sqrt(1 - 4 * c * distance));
  return reach * reach * ROUNDING;
};
