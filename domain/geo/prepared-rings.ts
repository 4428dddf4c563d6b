import { boxSquare, outOfReach } from './box-distance.ts';
import { crossesEastward, nearestSquare, type Viewpoint } from './edge-distance.ts';
import { GROUP, type PreparedRings } from './prepare-rings.ts';

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
