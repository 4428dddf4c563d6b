import type { DeviceEvent } from '../model/device-event.ts';
import { type Anchors, applyInput, type Folded } from './fold.ts';
import {
  beginsSlice,
  type ClosedSlice,
  closeSlice,
  compareInputs,
  type OpenSlice,
  type Slice,
  sliceAfter,
} from './slice.ts';
import type { Supervision } from './supervision.ts';

export type Cut = Readonly<{
  folded: Folded;
  slice: Slice;
  closed: readonly ClosedSlice[];
  /** The fixes that lay in the safe region. */
  safe: ReadonlySet<DeviceEvent>;
}>;

/**
 * Folds a slice's inputs in their order and closes it after each fortieth, wherever batches were
 * cut. The violations that ended on the way stay in the folded core: the caller compares them
 * with the record.
 */
export const cutSlices = (supervision: Supervision, slice: Slice, anchors: Anchors): Cut => {
  const inputs = [...slice.inputs].sort(compareInputs);
  const closed: ClosedSlice[] = [];
  const safe = new Set<DeviceEvent>();
  let folded: Folded = { core: slice.snapshot, anchors, wasSafe: false };
  let current: OpenSlice = { ...slice, inputs: [] };
  for (const input of inputs) {
    const last = current.inputs.at(-1);
    if (last !== undefined && beginsSlice(current.inputs, input)) {
      closed.push(closeSlice(current, folded.core, supervision.key));
      current = sliceAfter(last, folded.core);
    }
    folded = applyInput(folded, supervision, input);
    if (input.kind === 'fix' && folded.wasSafe) safe.add(input);
    current.inputs.push(input);
  }
  return { folded, slice: current, closed, safe };
};
