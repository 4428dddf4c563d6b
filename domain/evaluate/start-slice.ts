import { type Instant, instant, laterOf } from '../model/instant.ts';
import { type Core, emptyCore, type Mark } from './core.ts';
import { judgeNow } from './judge-all.ts';
import { endMarks } from './marks.ts';
import { type ClosedSlice, closeSlice, type Slice } from './slice.ts';
import type { Supervision } from './supervision.ts';
import type { WearerState } from './wearer-state.ts';

export type Start = Readonly<{
  slice: Slice;
  /**
   * Slices written anew beside it: closed by a change of supervision, or refolded with late events.
   */
  closed: readonly ClosedSlice[];
  /** Violations on record. */
  known: readonly Mark[];
  /** Violations found to have ended before this slice. */
  past: readonly Mark[];
}>;

/** Of somebody who has never been heard of nothing is known, so nothing falls due. */
const firstSlice = (): Start => ({
  slice: { startedAt: instant(0), snapshot: emptyCore(instant(0)), inputs: [] },
  closed: [],
  known: [],
  past: [],
});

const afterLastInput = (slice: Slice): Instant => {
  const last = slice.inputs.at(-1);
  return last === undefined ? slice.startedAt : instant(last.recordedAt + 1);
};

/** Keeps what is known of each condition that is still the same; the others start from nothing. */
const keptConditions = (core: Core, supervision: Supervision): Core['conditions'] =>
  Object.fromEntries(
    supervision.conditions.flatMap(({ condition: { conditionId }, version }) => {
      const state = core.conditions[conditionId];
      return state?.version === version ? [[conditionId, state]] : [];
    }),
  );

const liftMarks = (marks: readonly Mark[], supervision: Supervision, endedAt: Instant): Mark[] => {
  const watched = new Set(supervision.conditions.map((s) => s.condition.conditionId));
  const gone = new Set(marks.map((m) => m.conditionId).filter((id) => !watched.has(id)));
  return [...gone].reduce(
    (kept, id) => endMarks(kept, id, { endedAt, endReason: 'condition-lifted' }),
    [...marks],
  );
};

/** A change of supervision takes effect from now on: a new slice begins with what still holds. */
const changedSlice = (supervision: Supervision, state: WearerState, until: Instant): Start => {
  const changedAt = laterOf(until, state.core.foldedUntil);
  const marks = liftMarks(state.core.marks, supervision, changedAt);
  const rekeyed: Core = {
    ...state.core,
    foldedUntil: changedAt,
    conditions: keptConditions(state.core, supervision),
    marks: marks.filter((mark) => mark.endedAt === null),
  };
  return {
    slice: {
      startedAt: afterLastInput(state.slice),
      snapshot: judgeNow(rekeyed, supervision),
      inputs: [],
    },
    closed:
      state.slice.inputs.length > 0
        ? [closeSlice(state.slice, state.core, state.supervisionKey)]
        : [],
    known: state.core.marks,
    past: marks.filter((mark) => mark.endedAt !== null),
  };
};

/** Where this evaluation's fold begins. */
export const startSlice = (
  supervision: Supervision,
  state: WearerState | null,
  until: Instant,
): Start => {
  if (state === null) return firstSlice();
  if (state.supervisionKey !== supervision.key) return changedSlice(supervision, state, until);
  return { slice: state.slice, closed: [], known: state.core.marks, past: [] };
};
