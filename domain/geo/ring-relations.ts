import { type Contact, type Edge, findContacts } from './edge-contacts.ts';
import { boxesMeet, STEPS_PER_TURN, sideOf } from './grid.ts';
import type { Ring } from './ring.ts';
import { writePath, writePoint, type ZoneProblem, zoneProblem } from './zone-problem.ts';

/** A shell and its holes. */
export type Part = Readonly<{ shell: Ring; holes: readonly Ring[] }>;

const VERBS = { cross: 'crosses', touch: 'touches', overlap: 'runs along' } as const;

/** Whether a longitude in steps is that of the antimeridian. */
export const isAntimeridian = (x: number): boolean =>
  Math.abs(x % STEPS_PER_TURN) === STEPS_PER_TURN / 2;

/** Rings that were cut apart at the antimeridian meet there by right, and are joined later. */
const isCutApart = (a: Ring, b: Ring): boolean =>
  (a.box.east === b.box.west && isAntimeridian(a.box.east)) ||
  (b.box.east === a.box.west && isAntimeridian(b.box.east));

const writeEdge = ({ from, to }: Edge): string =>
  `edge ${from.index} (${writePoint(from)} to ${writePoint(to)})`;

const selfIntersection = ({ kind, a, b, where }: Contact): ZoneProblem =>
  zoneProblem(
    'self-intersection',
    [...a.ring.path, a.from.index],
    `the ring meets itself: ${writeEdge(a)} ${VERBS[kind]} ${writeEdge(b)} at ${writePoint(where)}`,
  );

const ringsMeet = ({ kind, a, b, where }: Contact): ZoneProblem =>
  zoneProblem(
    kind === 'cross' ? 'rings-cross' : 'rings-touch',
    [...a.ring.path, a.from.index],
    `${writeEdge(a)} ${VERBS[kind]} ${writeEdge(b)} of ${writePath(b.ring.path)} ` +
      `at ${writePoint(where)}` +
      (kind === 'cross' ? '' : '; two rings may touch at one point only: join them into one'),
  );

/**
 * Contacts that are wrong. Two rings may touch at one point: closed curves that meet nowhere else
 * do not cross there.
 */
const wrongContacts = (contacts: readonly Contact[]): ZoneProblem[] => {
  const touched = new Map<Ring, Map<Ring, string>>();
  const isSecondTouch = ({ a, b, where }: Contact): boolean => {
    const others = touched.get(a.ring) ?? new Map<Ring, string>();
    touched.set(a.ring, others);
    const before = others.get(b.ring);
    others.set(b.ring, before ?? writePoint(where));
    return before !== undefined && before !== writePoint(where);
  };
  return contacts.flatMap((contact) => {
    const { a, b, kind } = contact;
    if (a.ring === b.ring) return [selfIntersection(contact)];
    if (isCutApart(a.ring, b.ring)) return [];
    return kind !== 'touch' || isSecondTouch(contact) ? [ringsMeet(contact)] : [];
  });
};

/** Whether a ring lies in another, given that the two meet at one point at most. */
const isWithin = (inner: Ring, outer: Ring): boolean => {
  if (!boxesMeet(inner.box, outer.box)) return false;
  const sides = inner.points.slice(0, 2).map((point) => sideOf(point, outer.points));
  return sides.includes('inside');
};

const misplacedHoles = ({ shell, holes }: Part): ZoneProblem[] =>
  holes.flatMap((hole, i) => {
    if (!isWithin(hole, shell)) {
      return [zoneProblem('hole-outside', hole.path, 'the hole does not lie inside its shell')];
    }
    const around = holes.find((other, j) => i !== j && isWithin(hole, other));
    if (around === undefined) return [];
    const message = `the hole lies inside the hole ${writePath(around.path)}`;
    return [zoneProblem('hole-in-hole', hole.path, message)];
  });

const overlappingParts = (parts: readonly Part[]): ZoneProblem[] =>
  parts.flatMap((part, i) => {
    const around = parts.find(
      (other, j) =>
        i !== j &&
        isWithin(part.shell, other.shell) &&
        !other.holes.some((hole) => isWithin(part.shell, hole)),
    );
    if (around === undefined) return [];
    const message = `the part lies inside the part at ${writePath(around.shell.path)}`;
    return [zoneProblem('parts-overlap', part.shell.path, message)];
  });

/** What is wrong between the rings of a shape: at most a hundred problems, none for a sound one. */
export const relationProblems = (parts: readonly Part[]): ZoneProblem[] => {
  const rings = parts.flatMap(({ shell, holes }) => [shell, ...holes]);
  const wrong = wrongContacts(findContacts(rings));
  if (wrong.length > 0) return wrong;
  return [...parts.flatMap(misplacedHoles), ...overlappingParts(parts)];
};
