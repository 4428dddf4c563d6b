import type { WearerRef } from '../model/ids.ts';
import type { Mark } from './core.ts';
import { namedFor, violationIdOf } from './marks.ts';

/** What became of a violation between two folds of one wearer. */
export type Change = Readonly<{ kind: 'opened' | 'amended' | 'ended' | 'withdrawn'; mark: Mark }>;

const overlaps = (a: Mark, b: Mark): boolean =>
  a.watchId === b.watchId &&
  a.openedAt < (b.endedAt ?? Number.POSITIVE_INFINITY) &&
  b.openedAt < (a.endedAt ?? Number.POSITIVE_INFINITY);

/**
 * Whether a violation that ends where this one does may have an id. One derived from an instant
 * after its end would be that of another that begins there, whenever that is found.
 */
const mayHave = ({ violationId }: Mark, { endedAt }: Mark): boolean =>
  endedAt === null || namedFor(violationId) < endedAt;

/**
 * Gives each violation found an id of its own: the one under which it is known, for late evidence
 * may move its opening, and it is still the same violation, paged once; or else the one derived
 * from its opening.
 */
export const keepIds = (
  wearer: WearerRef,
  { known, found }: Readonly<{ known: readonly Mark[]; found: readonly Mark[] }>,
): Mark[] => {
  const derived = found.map((mark) => {
    const violationId = violationIdOf(wearer, mark.watchId, mark.openedAt);
    return violationId === mark.violationId ? mark : { ...mark, violationId };
  });
  const taken = new Set(derived.map((mark) => mark.violationId));
  return derived.map((mark) => {
    if (known.some((old) => old.violationId === mark.violationId)) return mark;
    const same = known.find(
      (old) => !taken.has(old.violationId) && overlaps(old, mark) && mayHave(old, mark),
    );
    if (same === undefined) return mark;
    taken.add(same.violationId);
    return { ...mark, violationId: same.violationId };
  });
};

const changeOf = (old: Mark | undefined, mark: Mark): Change | null => {
  if (old === undefined) return { kind: 'opened', mark };
  if (old.endedAt === null && mark.endedAt !== null) return { kind: 'ended', mark };
  const isSame = old.openedAt === mark.openedAt && old.endedAt === mark.endedAt;
  const isSaidTheSame = old.endReason === mark.endReason && old.reason === mark.reason;
  return isSame && isSaidTheSame ? null : { kind: 'amended', mark };
};

/**
 * Every difference between the violations known and those found now, in the order of their opening.
 */
export const changesBetween = (known: readonly Mark[], found: readonly Mark[]): Change[] => {
  const byId = new Map(known.map((mark) => [mark.violationId, mark]));
  const foundIds = new Set(found.map((mark) => mark.violationId));
  const changed = found.map((mark) => changeOf(byId.get(mark.violationId), mark));
  const withdrawn = [...byId.values()]
    .filter((mark) => !foundIds.has(mark.violationId))
    .map((mark): Change => ({ kind: 'withdrawn', mark }));
  return [...changed.filter((change) => change !== null), ...withdrawn].sort(
    (a, b) => a.mark.openedAt - b.mark.openedAt,
  );
};
