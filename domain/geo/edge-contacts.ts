import { boxesMeet, boxOf, type GridBox, type GridPoint, isBetween, turn } from './grid.ts';
import type { Ring, RingPoint } from './ring.ts';

/** The nth edge of a ring; `order` runs on over all rings. */
export type Edge = Readonly<{
  ring: Ring;
  nth: number;
  order: number;
  from: RingPoint;
  to: RingPoint;
}>;

/** Two edges that meet elsewhere than one follows the other, in order; `where` is on both. */
export type Contact = Readonly<{
  kind: 'cross' | 'touch' | 'overlap';
  a: Edge;
  b: Edge;
  where: GridPoint;
}>;

type Meeting = Pick<Contact, 'kind' | 'where'>;
type Boxed = Readonly<{ edge: Edge; box: GridBox }>;

/** Enough to tell somebody that a drawing is a tangle. */
const MOST_CONTACTS = 100;

const boxedEdges = (ring: Ring, before: number): Boxed[] =>
  ring.points.flatMap((from, nth) => {
    const to = ring.points[nth + 1] ?? ring.points[0];
    return to === undefined
      ? []
      : [{ edge: { ring, nth, order: before + nth, from, to }, box: boxOf([from, to]) }];
  });

const crossing = (a: Edge, b: Edge): GridPoint => {
  const [ux, uy] = [a.to.x - a.from.x, a.to.y - a.from.y];
  const [vx, vy] = [b.to.x - b.from.x, b.to.y - b.from.y];
  const along = ((b.from.x - a.from.x) * vy - (b.from.y - a.from.y) * vx) / (ux * vy - uy * vx);
  return { x: a.from.x + along * ux, y: a.from.y + along * uy };
};

const alongLine = (p: GridPoint, q: GridPoint): number => p.x - q.x || p.y - q.y;

/** Two edges on one line: apart, end to end, or one upon the other. */
const meetOnLine = (a: Edge, b: Edge): Meeting | undefined => {
  const [a0, a1] = [a.from, a.to].sort(alongLine);
  const [b0, b1] = [b.from, b.to].sort(alongLine);
  if (a0 === undefined || a1 === undefined || b0 === undefined || b1 === undefined)
    return undefined;
  const start = alongLine(a0, b0) > 0 ? a0 : b0;
  const end = alongLine(a1, b1) < 0 ? a1 : b1;
  const length = alongLine(end, start);
  if (length < 0) return undefined;
  return { kind: length === 0 ? 'touch' : 'overlap', where: start };
};

const meet = (a: Edge, b: Edge): Meeting | undefined => {
  const [b0, b1] = [turn(a.from, a.to, b.from), turn(a.from, a.to, b.to)];
  const [a0, a1] = [turn(b.from, b.to, a.from), turn(b.from, b.to, a.to)];
  if (a0 === 0 && a1 === 0) return meetOnLine(a, b);
  const ends: [number, GridPoint, Edge][] = [
    [b0, b.from, a],
    [b1, b.to, a],
    [a0, a.from, b],
    [a1, a.to, b],
  ];
  const end = ends.find(([side, p, edge]) => side === 0 && isBetween(p, edge.from, edge.to));
  if (end !== undefined) return { kind: 'touch', where: end[1] };
  const crosses = b0 > 0 !== b1 > 0 && a0 > 0 !== a1 > 0 && b0 * b1 !== 0 && a0 * a1 !== 0;
  return crosses ? { kind: 'cross', where: crossing(a, b) } : undefined;
};

/**
 * Edges that follow each other share a point by right; only running back over each other is wrong.
 */
const meetInSequence = (first: Edge, second: Edge): Meeting | undefined => {
  if (turn(first.from, first.to, second.to) !== 0) return undefined;
  const dot =
    (first.to.x - first.from.x) * (second.to.x - second.from.x) +
    (first.to.y - first.from.y) * (second.to.y - second.from.y);
  return dot < 0 ? { kind: 'overlap', where: first.to } : undefined;
};

const meetInOrder = (a: Edge, b: Edge): Meeting | undefined => {
  const size = a.ring.points.length;
  if (a.ring === b.ring && (a.nth + 1) % size === b.nth) return meetInSequence(a, b);
  if (a.ring === b.ring && (b.nth + 1) % size === a.nth) return meetInSequence(b, a);
  return meet(a, b);
};

/**
 * All contacts among the edges of rings, the first hundred at most: a sweep from west to east,
 * exact on the grid.
 */
export const findContacts = (rings: readonly Ring[]): Contact[] => {
  let count = 0;
  const edges = rings
    .flatMap((ring) => {
      count += ring.points.length;
      return boxedEdges(ring, count - ring.points.length);
    })
    .sort((a, b) => a.box.west - b.box.west);
  const contacts: Contact[] = [];
  let open: Boxed[] = [];
  for (const next of edges) {
    open = open.filter((other) => other.box.east >= next.box.west);
    for (const other of open) {
      if (!boxesMeet(other.box, next.box)) continue;
      const [a, b] = other.edge.order < next.edge.order ? [other, next] : [next, other];
      const meeting = meetInOrder(a.edge, b.edge);
      if (meeting !== undefined) contacts.push({ ...meeting, a: a.edge, b: b.edge });
      if (contacts.length >= MOST_CONTACTS) return contacts;
    }
    open.push(next);
  }
  return contacts;
};
