import { edgesOf, type GridPoint } from './grid.ts';
import { isAntimeridian } from './ring-relations.ts';

type Step = Readonly<{ from: GridPoint; to: GridPoint }>;

const keyOf = ({ x, y }: GridPoint): string => `${x},${y}`;
const onSeam = ({ from, to }: Step): boolean => from.x === to.x && isAntimeridian(from.x);

/** Cuts a step along the meridian at every height at which another begins or ends. */
const cutAt = (step: Step, heights: readonly number[]): Step[] => {
  const [low, high] = [Math.min(step.from.y, step.to.y), Math.max(step.from.y, step.to.y)];
  const between = heights.filter((y) => y > low && y < high);
  if (step.to.y < step.from.y) between.reverse();
  const stops = [step.from, ...between.map((y) => ({ x: step.from.x, y })), step.to];
  return stops.slice(1).flatMap((to, i) => {
    const from = stops[i];
    return from === undefined ? [] : [{ from, to }];
  });
};

const writeStep = (from: GridPoint, to: GridPoint): string => `${keyOf(from)} ${keyOf(to)}`;

/** Strings steps together into closed rings; each point is left as often as it is reached. */
const trace = (steps: readonly Step[]): GridPoint[][] => {
  const leaving = Map.groupBy(steps, ({ from }) => keyOf(from));
  const rings: GridPoint[][] = [];
  for (const start of steps) {
    const ring: GridPoint[] = [];
    let next = leaving.get(keyOf(start.from))?.pop();
    while (next !== undefined) {
      ring.push(next.from);
      next = leaving.get(keyOf(next.to))?.pop();
    }
    if (ring.length > 0) rings.push(ring);
  }
  return rings;
};

/**
 * Joins rings that were cut apart at the antimeridian, as RFC 7946 section 3.1.9 asks of files: the
 * cut is no edge of the zone, and distances must not be measured to it. Shells must run
 * counter-clockwise and holes clockwise, so that the two sides of a cut run opposite ways.
 */
export const joinAtAntimeridian = (
  rings: readonly (readonly GridPoint[])[],
): readonly (readonly GridPoint[])[] => {
  const steps = rings.flatMap((ring) => edgesOf(ring).map(([from, to]) => ({ from, to })));
  const seam = steps.filter(onSeam);
  const heights = [...new Set(seam.flatMap(({ from, to }) => [from.y, to.y]))].sort(
    (a, b) => a - b,
  );
  const pieces = seam.flatMap((step) => cutAt(step, heights));
  const taken = new Set(pieces.map(({ from, to }) => writeStep(from, to)));
  const kept = pieces.filter(({ from, to }) => !taken.has(writeStep(to, from)));
  if (kept.length === pieces.length) return rings;
  return trace([...steps.filter((step) => !onSeam(step)), ...kept]);
};
