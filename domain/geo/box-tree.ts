import { boxSquare, outOfReach } from './box-distance.ts';
import type { Viewpoint } from './edge-distance.ts';

/** Boxes under one of the next level, as in flatbush (github.com/mourner/flatbush). */
const GROUP = 16;

/**
 * Boxes by which things on the ground are found: `levels[0]` holds the box of each thing, every
 * further level one for each sixteen of the level below, up to a level of sixteen at most. Four
 * numbers a box: west, south, east, north in steps of the grid.
 */
export type BoxTree = Readonly<{ levels: readonly Float64Array[] }>;

const groupBoxes = (boxes: Float64Array): Float64Array => {
  const groups = new Float64Array(4 * Math.ceil(boxes.length / (4 * GROUP)));
  for (let g = 0; g < groups.length; g += 4) {
    let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
    const end = Math.min(boxes.length, (g + 4) * GROUP);
    for (let i = g * GROUP; i < end; i += 4) {
      west = Math.min(west, boxes[i] ?? 0);
      south = Math.min(south, boxes[i + 1] ?? 0);
      east = Math.max(east, boxes[i + 2] ?? 0);
      north = Math.max(north, boxes[i + 3] ?? 0);
    }
    groups.set([west, south, east, north], g);
  }
  return groups;
};

/**
 * Builds the tree over boxes in their order: it is quick where neighbours in the order are
 * neighbours on the ground.
 */
export const treeOf = (boxes: Float64Array): BoxTree => {
  const levels = [boxes];
  for (let top = boxes; top.length > 4 * GROUP; ) {
    top = groupBoxes(top);
    levels.push(top);
  }
  return { levels };
};

/**
 * Boxes may leave out this much of what they are to hold: a circle's box is made on the plane of
 * its centre, where its outermost points do not all lie.
 */
const SLACK = { share: 1.001, metres: 1 } as const;

const reachSquare = (metres: number, view: Viewpoint): number =>
  outOfReach((SLACK.share * metres + SLACK.metres) ** 2, view);

/** Visits each thing whose box comes within so many metres of a viewpoint, and a few more. */
export const visitWithin = (
  { levels }: BoxTree,
  { view, metres }: Readonly<{ view: Viewpoint; metres: number }>,
  visit: (item: number) => void,
): void => {
  const reach = reachSquare(metres, view);
  const visitGroup = (level: number, group: number): void => {
    const boxes = levels[level];
    if (boxes === undefined) return;
    const end = Math.min(boxes.length, 4 * GROUP * (group + 1));
    for (let i = 4 * GROUP * group; i < end; i += 4) {
      if (boxSquare(boxes, i, view) > reach) continue;
      if (level === 0) visit(i / 4);
      else visitGroup(level - 1, i / 4);
    }
  };
  visitGroup(levels.length - 1, 0);
};

/** The thing that a position lies deepest in, or that it is nearest to. */
export type Deepest = Readonly<{ item: number; depthMetres: number }>;

/** What is looked for: nothing that does not come within `best`, which `measure` may exceed. */
export type DepthSearch = Readonly<{
  view: Viewpoint;
  /** A thing counts from this depth on; negative: so many metres outside. */
  leastMetres: number;
  /** Metres from the viewpoint to the thing's edge, positive inside. */
  measure: (item: number) => number;
}>;

/**
 * The thing with the greatest signed distance; of several the first in order. Null where none comes
 * within reach. The nearest box is looked into first, so that most others need not be.
 */
export const deepestItem = ({ levels }: BoxTree, search: DepthSearch): Deepest | null => {
  const { view, leastMetres, measure } = search;
  let [item, best] = [-1, leastMetres];
  let reach = reachSquare(Math.max(0, -best), view);
  const consider = (found: number): void => {
    const depth = measure(found);
    if (depth < best || (depth === best && item !== -1 && item < found)) return;
    [item, best] = [found, depth];
    reach = reachSquare(Math.max(0, -best), view);
  };
  const searchGroup = (level: number, group: number): void => {
    const boxes = levels[level];
    if (boxes === undefined) return;
    const start = 4 * GROUP * group;
    const end = Math.min(boxes.length, start + 4 * GROUP);
    const descend = level === 0 ? consider : (child: number) => searchGroup(level - 1, child);
    let nearest = -1;
    let least = reach;
    for (let i = start; i < end; i += 4) {
      const square = boxSquare(boxes, i, view);
      if (square > least) continue;
      least = square;
      nearest = i;
    }
    if (nearest === -1) return;
    descend(nearest / 4);
    for (let i = start; i < end; i += 4) {
      if (i !== nearest && boxSquare(boxes, i, view) <= reach) descend(i / 4);
    }
  };
  searchGroup(levels.length - 1, 0);
  return item === -1 ? null : { item, depthMetres: best };
};
