import { crossesEastward, LEAST_STRETCH, nearestSquare, type Viewpoint } from './edge-distance.ts';
import { GROUP, type PreparedRings } from './prepare-rings.ts';

/** Keeps a bound on the safe side of rounding, so that leaving edges out changes nothing. */
const ROUNDING = 1 + 1e-9;

/** Whether a position lies inside, by the even-odd rule, from the edges of its strip alone. */
export const isWithinPrepared = (rings: PreparedRings, view: Viewpoint): boolean => {
  const { points, stripEnds, stripEdges } = rings;
  if (view.y < rings.south || view.y > rings.north) return false;
  const strip = Math.floor((view.y - rings.south) * rings.stripsPerStep);
  let inside = false;
  const end = stripEnds[strip] ?? 0;
  for (let i = strip > 0 ? (stripEnds[strip - 1] ?? 0) : 0; i < end; i += 1) {
    if (crossesEastward(points, stripEdges[i] ?? 0, view)) inside = !inside;
  }
  return inside;
};

/** Square of the distance to a box on the viewpoint's plane, not stretched. */
const boxSquare = (boxes: Float64Array, i: number, view: Viewpoint): number => {
  const [west, south] = [boxes[i] ?? 0, boxes[i + 1] ?? 0];
  const [east, north] = [boxes[i + 2] ?? 0, boxes[i + 3] ?? 0];
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
const outOfReach = (best: number, view: Viewpoint): number => {
  if (best === Infinity) return Infinity;
  const c = Math.abs(view.eastStretch) + Math.abs(view.northStretch);
  const distance = Math.sqrt(best);
  const isFar = c * distance >= LEAST_STRETCH * (1 - LEAST_STRETCH);
  const reach = isFar
    ? distance / LEAST_STRETCH
    : (2 * distance) / (1 + Math.sqrt(1 - 4 * c * distance));
  return reach * reach * ROUNDING;
};

const nearestBlock = ({ blockBoxes }: PreparedRings, view: Viewpoint): number => {
  let nearest = 0;
  let least = Infinity;
  for (let b = 0; b < blockBoxes.length; b += 4) {
    const square = boxSquare(blockBoxes, b, view);
    if (square < least) {
      least = square;
      nearest = b;
    }
  }
  return nearest;
};

type BlockSearch = Readonly<{ block: number; best: number }>;

const searchBlock = (rings: PreparedRings, view: Viewpoint, search: BlockSearch): number => {
  const { points, chunks, chunkBoxes } = rings;
  const { block, best } = search;
  let least = best;
  let reach = outOfReach(least, view);
  const end = Math.min(chunkBoxes.length, (block + 4) * GROUP);
  for (let c = block * GROUP; c < end; c += 4) {
    if (boxSquare(chunkBoxes, c, view) > reach) continue;
    const run = { points, first: chunks[c / 2] ?? 0, last: chunks[c / 2 + 1] ?? 0 };
    const square = nearestSquare(run, view, least);
    if (square < least) {
      least = square;
      reach = outOfReach(least, view);
    }
  }
  return least;
};

/**
 * Square of the distance to the nearest edge in metres: to the bit what measuring all edges gives.
 */
export const nearestPreparedSquare = (rings: PreparedRings, view: Viewpoint): number => {
  const { blockBoxes } = rings;
  const start = nearestBlock(rings, view);
  let least = searchBlock(rings, view, { block: start, best: Infinity });
  let reach = outOfReach(least, view);
  for (let b = 0; b < blockBoxes.length; b += 4) {
    if (b === start || boxSquare(blockBoxes, b, view) > reach) continue;
    const square = searchBlock(rings, view, { block: b, best: least });
    if (square < least) {
      least = square;
      reach = outOfReach(least, view);
    }
  }
  return least;
};
