import { edgesNear, type FlatEdges } from './flat-edges.ts';

/** A stretch of a way that lies inside, between two shares of it, and how deep its ends are. */
export type InsidePiece = Readonly<{
  from: number;
  to: number;
  fromMetres: number;
  toMetres: number;
}>;

/** A place on the way, with the edge that is nearest to it. */
type Sample = Readonly<{ share: number; metres: number; edge: number }>;
type Interval = Readonly<{ edges: FlatEdges; a: Sample; b: Sample }>;

/** A greater depth may be missed by so much. */
const TOLERANCE_METRES = 0.01;

const toEdge = ({ points, endX, endY }: FlatEdges, edge: number, share: number): number => {
  const ax = (points[2 * edge] ?? 0) - share * endX;
  const ay = (points[2 * edge + 1] ?? 0) - share * endY;
  const dx = (points[2 * edge + 2] ?? 0) - share * endX - ax;
  const dy = (points[2 * edge + 3] ?? 0) - share * endY - ay;
  const along = -(ax * dx + ay * dy) / (dx * dx + dy * dy);
  const t = along < 0 ? 0 : along > 1 ? 1 : along;
  return Math.sqrt((ax + t * dx) ** 2 + (ay + t * dy) ** 2);
};

const sampleAt = (edges: FlatEdges, share: number): Sample => {
  let metres = Infinity;
  let nearest = 0;
  for (const edge of edges.starts) {
    const distance = toEdge(edges, edge, share);
    if (distance < metres) {
      metres = distance;
      nearest = edge;
    }
  }
  return { share, metres, edge: nearest };
};

/**
 * No place of an interval is further from the edges than this. The distance to one edge is convex
 * along a straight way, so it is nowhere greater than at one of the ends; and no distance changes
 * by more than the way moved.
 */
const mostWithin = ({ edges, a, b }: Interval): number => {
  const length = (b.share - a.share) * Math.hypot(edges.endX, edges.endY);
  return Math.min(
    Math.max(a.metres, toEdge(edges, a.edge, b.share)),
    Math.max(b.metres, toEdge(edges, b.edge, a.share)),
    (a.metres + b.metres + length) / 2,
  );
};

/** A piece with the edges that can be nearest to any place of it; a metre more for the plane. */
const intervalOf = (
  edges: FlatEdges,
  { from, to, fromMetres, toMetres }: InsidePiece,
): Interval => {
  const length = (to - from) * Math.hypot(edges.endX, edges.endY);
  const withinMetres = 1.01 * ((fromMetres + toMetres + length) / 2) + 1;
  const near = edgesNear(edges, { from, to, withinMetres });
  return { edges: near, a: sampleAt(near, from), b: sampleAt(near, to) };
};

/**
 * The share of a way at which it is deepest in a zone, given the pieces that lie inside; to a
 * centimetre of depth. Intervals are halved, and left out once they can hold nothing deeper.
 */
export const deepestShare = (edges: FlatEdges, pieces: readonly InsidePiece[]): number => {
  let best: Sample = { share: pieces[0]?.from ?? 0, metres: 0, edge: 0 };
  const open = pieces.map((piece) => intervalOf(edges, piece));
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { a, b } = next;
    for (const sample of [a, b]) if (sample.metres > best.metres) best = sample;
    if (mostWithin(next) <= best.metres + TOLERANCE_METRES) continue;
    const middle = sampleAt(next.edges, (a.share + b.share) / 2);
    open.push({ ...next, b: middle }, { ...next, a: middle });
  }
  return best.share;
};
