import type { DeviceEvent } from '../model/device-event.ts';
import type { Core, Mark } from './core.ts';
import { type EvaluateInput, type Evaluation, evaluateFrom } from './evaluate.ts';
import { type Anchors, applyInput, type Folded } from './fold.ts';
import { asSnapshot, type ClosedSlice, closeSlice, compareInputs, unseen } from './slice.ts';
import type { Supervision } from './supervision.ts';
import type { WearerState } from './wearer-state.ts';

export type ReconcileInput = EvaluateInput &
  Readonly<{
    state: WearerState;
    /** Events of the wearer's own devices: whose they are has been looked at. */
    events: readonly DeviceEvent[];
    /** Every slice of the trail from the one that holds the oldest late event on, oldest first. */
    slices: readonly ClosedSlice[];
  }>;

/** Why late events cannot be folded in: they stay in the trail, unevaluated, and are counted. */
export type Unreconcilable = 'nothing-to-fold-from' | 'another-supervision';

/** Whether some slices can be folded again under what is in force now. */
export const mayReconcile = (
  slices: readonly ClosedSlice[],
  supervision: Supervision,
): Unreconcilable | 'may' => {
  if (slices.length === 0) return 'nothing-to-fold-from';
  const isSame = slices.every((slice) => slice.supervisionKey === supervision.key);
  return isSame ? 'may' : 'another-supervision';
};

const foldSlice = (supervision: Supervision, slice: ClosedSlice, anchors: Anchors): Folded =>
  slice.inputs.reduce<Folded>((folded, input) => applyInput(folded, supervision, input), {
    core: slice.snapshot,
    anchors,
    wasSafe: false,
  });

const isSame = (a: Core, b: Core): boolean => JSON.stringify(a) === JSON.stringify(b);

/**
 * Folds events that are older than the current slice into the slices they belong to, and everything
 * after them again. A violation found to have begun, moved, ended or never been is a change like
 * any other. A slice that comes out as it was is not written again, so a repeat changes nothing.
 */
export const reconcile = (input: ReconcileInput): Evaluation => {
  const { supervision, state, slices } = input;
  const rewritten: ClosedSlice[] = [];
  const past: Mark[] = [];
  let core: Core | null = null;
  for (const [i, slice] of slices.entries()) {
    const after = slices[i + 1] ?? state.slice;
    const isHere = ({ recordedAt }: DeviceEvent) =>
      recordedAt < after.startedAt && (i === 0 || recordedAt >= slice.startedAt);
    const late = unseen(slice, input.events.filter(isHere));
    const inputs = [...slice.inputs, ...late].sort(compareInputs);
    const begun = { ...slice, snapshot: core ?? slice.snapshot, inputs };
    const folded = foldSlice(supervision, begun, {});
    const closed = closeSlice(begun, folded.core, supervision.key);
    if (late.length > 0 || !isSame(begun.snapshot, slice.snapshot)) rewritten.push(closed);
    past.push(...closed.ended);
    core = asSnapshot(folded.core);
  }
  const known = [...slices.flatMap(({ ended }) => ended), ...state.core.marks];
  const slice = { ...state.slice, snapshot: core ?? state.slice.snapshot };
  const newer = input.events.filter(({ recordedAt }) => recordedAt >= slice.startedAt);
  return evaluateFrom({ slice, closed: rewritten, known, past }, { ...input, events: newer });
};
