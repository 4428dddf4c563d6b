import { instant } from '../model/instant.ts';
import { emptyCore, type Mark } from './core.ts';
import { judgeNow } from './judge-all.ts';
import type { ClosedSlice, Slice } from './slice.ts';
import { eraAt, type Timeline } from './timeline.ts';
import type { WearerState } from './wearer-state.ts';

export type Start = Readonly<{
  slice: Slice;
  /** Slices written anew beside it: refolded with late events, or under other orders. */
  closed: readonly ClosedSlice[];
  /** Violations on record. */
  known: readonly Mark[];
  /** Violations found to have ended before this slice. */
  past: readonly Mark[];
}>;

/**
 * Of somebody who has never been heard of nothing is known. What their orders ask for falls due all
 * the same: a device that is never fitted sends no event.
 */
export const blankSlice = (timeline: Timeline): Slice => ({
  startedAt: instant(0),
  supervisionKey: eraAt(timeline, instant(0)).key,
  snapshot: judgeNow(emptyCore(instant(0)), eraAt(timeline, instant(0)).supervision),
  inputs: [],
});

/** Where this evaluation's fold begins. */
export const startSlice = (timeline: Timeline, state: WearerState | null): Start =>
  state === null
    ? { slice: blankSlice(timeline), closed: [], known: [], past: [] }
    : { slice: state.slice, closed: [], known: state.core.marks, past: [] };
