import type { WatchId } from '../model/ids.ts';
import { type Instant, instant, laterOf } from '../model/instant.ts';
import { type Activation, activationPhaseAt } from '../model/wearer.ts';
import { type Core, emptyCore, type Mark } from './core.ts';
import { judgeNow, newState, stateOf } from './judge-all.ts';
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

/** Keeps what is known of each watch that asks the same; the others are in force from now on. */
const carriedWatches = (
  core: Core,
  supervision: Supervision,
  changedAt: Instant,
): Core['watches'] =>
  Object.fromEntries(
    supervision.watches.map((watch) => {
      const state = core.watches[watch.watchId];
      const isSame = state?.version === watch.version;
      return [watch.watchId, isSame ? state : newState(watch, changedAt)];
    }),
  );

const ruleOf = (version: string | undefined): string | undefined => version?.split('.')[0];

/** Watches that are gone, or are another rule's under the same id. */
const liftedWatches = (core: Core, supervision: Supervision): Set<WatchId> => {
  const versions = new Map(supervision.watches.map(({ watchId, version }) => [watchId, version]));
  const isLifted = ({ watchId }: Mark) =>
    ruleOf(versions.get(watchId)) !== ruleOf(core.watches[watchId]?.version);
  return new Set(core.marks.filter(isLifted).map(({ watchId }) => watchId));
};

/**
 * Whether the device that spoke last is no longer on the wearer: what it showed goes on no more.
 */
const isDeviceGone = (core: Core, supervision: Supervision, changedAt: Instant): boolean => {
  const spokeAt = Math.max(core.lastFix?.at ?? 0, core.lastCheckAt ?? 0);
  if (spokeAt === 0) return false;
  const isOn = (activation: Activation, at: Instant) =>
    activationPhaseAt(activation, at) === 'active';
  return !supervision.activations.some(
    (activation) => isOn(activation, instant(spokeAt)) && isOn(activation, changedAt),
  );
};

const liftMarks = (core: Core, supervision: Supervision, endedAt: Instant): Mark[] => {
  const lifted = liftedWatches(core, supervision);
  return [...lifted].reduce(
    (kept, id) => endMarks(kept, id, { endedAt, endReason: 'condition-lifted' }),
    [...core.marks],
  );
};

const endAll = (marks: readonly Mark[], endedAt: Instant): Mark[] => {
  const endReason = 'monitoring-ended';
  return marks.map((mark) => (mark.endedAt === null ? { ...mark, endedAt, endReason } : mark));
};

/** With the device goes all that it showed: whatever comes next is judged afresh. */
const withoutEvidence = (core: Core, supervision: Supervision): Core => ({
  ...core,
  lastFix: null,
  lastCheckAt: null,
  heard: [],
  isSilent: false,
  watches: Object.fromEntries(
    supervision.watches.map((watch) => [
      watch.watchId,
      watch.isOfDevice ? newState(watch, instant(0)) : stateOf(core, watch),
    ]),
  ),
});

/** A change of supervision takes effect from now on: a new slice begins with what still holds. */
const changedSlice = (supervision: Supervision, state: WearerState, until: Instant): Start => {
  const changedAt = laterOf(until, state.core.foldedUntil);
  const isGone = isDeviceGone(state.core, supervision, changedAt);
  const lifted = liftMarks(state.core, supervision, changedAt);
  const marks = isGone ? endAll(lifted, changedAt) : lifted;
  const rekeyed: Core = {
    ...state.core,
    foldedUntil: changedAt,
    watches: carriedWatches(state.core, supervision, changedAt),
    marks: marks.filter((mark) => mark.endedAt === null),
  };
  return {
    slice: {
      startedAt: afterLastInput(state.slice),
      snapshot: judgeNow(isGone ? withoutEvidence(rekeyed, supervision) : rekeyed, supervision),
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
