import type { DeviceEvent } from '../model/device-event.ts';
import type { Instant } from '../model/instant.ts';
import { isOwned } from '../model/wearer.ts';
import { changeOver } from './change-over.ts';
import { passDueInstants } from './due-instants.ts';
import { type Anchors, applyInput, type Folded } from './fold.ts';
import { FOREVER } from './hours.ts';
import {
  beginsSlice,
  type ClosedSlice,
  closeSlice,
  compareInputs,
  type OpenSlice,
  SLICE_INPUTS,
  type Slice,
  sliceAfter,
  sliceFrom,
} from './slice.ts';
import { type Era, eraAt, justBefore, nextEraAfter, type Timeline } from './timeline.ts';

export type Cut = Readonly<{
  folded: Folded;
  slice: Slice;
  /** What was in force at the end. */
  era: Era;
  closed: readonly ClosedSlice[];
  /** Inputs of the slice that wait: they are not folded yet. */
  waiting: readonly DeviceEvent[];
  /** The fixes that lay in the safe region. */
  safe: ReadonlySet<DeviceEvent>;
}>;

export type CutWith = Readonly<{
  anchors: Anchors;
  /** Changes up to here take effect, whether or not an input follows them. */
  until: Instant;
  /** Inputs recorded after this wait in the last slice; absent: all are folded. */
  foldUntil?: Instant;
  /** A slice is closed at so many inputs: forty, unless said otherwise. */
  mostInputs?: number;
  /** Nothing was ever kept of the wearer: an empty slice before a change need not be, either. */
  isFirst?: boolean;
}>;

/** Where a fold has got to. */
type Cutting = {
  folded: Folded;
  current: OpenSlice;
  era: Era;
  readonly closed: ClosedSlice[];
  readonly isFirst: boolean;
};

/** Before anything was ever heard there is nothing that a slice could hold. */
const isBlank = ({ startedAt, inputs, snapshot }: Slice): boolean =>
  startedAt === 0 && inputs.length === 0 && snapshot.marks.length === 0;

/** Goes through every change up to an instant: a new slice begins with each. */
const crossTo = (cutting: Cutting, timeline: Timeline, at: Instant): void => {
  const { isFirst } = cutting;
  for (;;) {
    const to = nextEraAfter(timeline, cutting.era.fromAt);
    if (to === null || to.fromAt > at) return;
    const { folded, current, era: from } = cutting;
    const core = passDueInstants(folded.core, from.supervision, justBefore(to.fromAt));
    if (!isFirst || !isBlank(current)) cutting.closed.push(closeSlice(current, core));
    const changed = changeOver(core, { from, to, at: to.fromAt });
    // Anchors are distances to zones that may have moved.
    cutting.folded = { ...folded, core: changed, anchors: {} };
    cutting.current = sliceFrom(to.fromAt, changed, to.key);
    cutting.era = to;
  }
};

/** Stands for what a slice was begun under, which nobody knows any more. */
const unknownEra = (era: Era): Era => ({
  ...era,
  supervision: { ...era.supervision, watches: [] },
});

/** A slice that was begun under something else than was in force then is taken over first. */
const begin = (timeline: Timeline, slice: Slice, cutWith: CutWith): Cutting => {
  const { anchors, isFirst = false } = cutWith;
  const era = eraAt(timeline, slice.startedAt);
  const isKnown = slice.supervisionKey === era.key || slice.supervisionKey === '';
  const core = isKnown
    ? slice.snapshot
    : changeOver(slice.snapshot, { from: unknownEra(era), to: era, at: slice.startedAt });
  const current = { ...slice, supervisionKey: era.key, snapshot: core, inputs: [] };
  return {
    folded: { core, anchors: isKnown ? anchors : {}, wasSafe: false },
    ...{ current, era, closed: [], isFirst },
  };
};

/**
 * Folds a slice's inputs in their order, each under what was in force when it was recorded, and
 * closes it after each fortieth and at each change, wherever batches were cut. The violations that
 * ended on the way stay in the folded core: the caller compares them with the record.
 */
export const cutSlices = (timeline: Timeline, slice: Slice, cutWith: CutWith): Cut => {
  const { until, foldUntil = FOREVER, mostInputs = SLICE_INPUTS } = cutWith;
  const safe = new Set<DeviceEvent>();
  const cutting = begin(timeline, slice, cutWith);
  const inOrder = [...slice.inputs].sort(compareInputs);
  const waiting = inOrder.filter(({ recordedAt }) => recordedAt > foldUntil);
  for (const input of waiting.length === 0 ? inOrder : inOrder.slice(0, -waiting.length)) {
    crossTo(cutting, timeline, input.recordedAt);
    const last = cutting.current.inputs.at(-1);
    if (last !== undefined && beginsSlice(cutting.current.inputs, input, mostInputs)) {
      cutting.closed.push(closeSlice(cutting.current, cutting.folded.core));
      cutting.current = sliceAfter(last, cutting.folded.core, cutting.current);
    }
    cutting.current.inputs.push(input);
    // Whose it was may have become known since: then it stays, and says nothing of this wearer.
    if (!isOwned(timeline.activations, input)) continue;
    cutting.folded = applyInput(cutting.folded, cutting.era.supervision, input);
    if (input.kind === 'fix' && cutting.folded.wasSafe) safe.add(input);
  }
  crossTo(cutting, timeline, until);
  const { folded, current, era, closed } = cutting;
  current.inputs.push(...waiting);
  return { folded, slice: current, era, closed, waiting, safe };
};
