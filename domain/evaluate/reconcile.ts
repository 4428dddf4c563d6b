import type { DeviceEvent } from '../model/device-event.ts';
import type { Mark } from './core.ts';
import { cutSlices } from './cut-slices.ts';
import { passDueInstants } from './due-instants.ts';
import { type EvaluateInput, type Evaluation, evaluateFrom } from './evaluate.ts';
import { isSameJson } from './same-json.ts';
import {
  asSnapshot,
  type ClosedSlice,
  closeSlice,
  identityOf,
  SLICE_INPUTS,
  type Slice,
  unseen,
} from './slice.ts';
import { blankSlice } from './start-slice.ts';
import { justBefore, type Timeline, timelineFrom } from './timeline.ts';
import type { WearerState } from './wearer-state.ts';

export type ReconcileInput = EvaluateInput &
  Readonly<{
    state: WearerState;
    /** Events of the wearer's own devices: whose they are has been looked at. */
    events: readonly DeviceEvent[];
    /**
     * Every slice of the trail from the one that holds the oldest instant to be folded again on,
     * oldest first. None where that lies before everything that was ever heard.
     */
    slices: readonly ClosedSlice[];
    /** What is on record since then, where the slices do not say: they were written before it. */
    onRecord?: readonly Mark[];
  }>;

/** How a slice begins. */
type Beginning = Pick<Slice, 'supervisionKey' | 'snapshot'>;

/** A slice grows by what comes late until it is worth two. */
const MOST_REFOLDED_INPUTS = 2 * SLICE_INPUTS;

type Place = Readonly<{
  after: Slice;
  /** It is not on record: nothing had been heard by then. */
  isFirst: boolean;
}>;

/** A slice folded again, in parts where it has become too long or something changed within it. */
const refold = (timeline: Timeline, slice: Slice, { after, isFirst }: Place) => {
  const mostInputs =
    slice.inputs.length > MOST_REFOLDED_INPUTS ? SLICE_INPUTS : MOST_REFOLDED_INPUTS;
  const { startedAt: until } = after;
  const cut = cutSlices(timeline, slice, { anchors: {}, until, mostInputs, isFirst });
  const isCutThere = cut.slice.startedAt === after.startedAt;
  // Where something changed at the cut, as was known then, things may have fallen due before it.
  const core = passDueInstants(cut.folded.core, cut.era.supervision, justBefore(until));
  const last = isCutThere ? [] : [closeSlice(cut.slice, core)];
  const beginning: Beginning = {
    supervisionKey: cut.era.key,
    snapshot: asSnapshot(core, after.startedAt),
  };
  return { closed: [...cut.closed, ...last], beginning };
};

const isSameList = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((one, i) => one === b[i]);

const isAsWritten = (slice: ClosedSlice, written: ClosedSlice): boolean =>
  isSameList(slice.inputs.map(identityOf), written.inputs.map(identityOf)) &&
  isSameJson({ ...slice, inputs: [] }, { ...written, inputs: [] });

/** Where the trail holds nothing so old, everything begins with what nobody had been heard of. */
const fromTheBeginning = (timeline: Timeline, { slices, events }: ReconcileInput) => {
  const [first] = slices;
  const isHeld = ({ recordedAt }: DeviceEvent) =>
    first !== undefined && recordedAt >= first.startedAt;
  return events.every(isHeld) && first !== undefined
    ? slices
    : [{ ...blankSlice(timeline), ended: [] }, ...slices];
};

/**
 * Folds a wearer again from an earlier slice on, with events that came late, each under what was in
 * force when it was recorded. A violation found to have begun, moved, ended or never been is a
 * change like any other. A slice that comes out as it was is not written again, so a repeat changes
 * nothing.
 */
export const reconcile = (input: ReconcileInput): Evaluation => {
  const { state } = input;
  const timeline = timelineFrom(input.supervision);
  const slices = fromTheBeginning(timeline, input);
  const rewritten: ClosedSlice[] = [];
  const past: Mark[] = [];
  let beginning: Beginning | null = null;
  for (const [i, slice] of slices.entries()) {
    const after = slices[i + 1] ?? state.slice;
    const isHere = ({ recordedAt }: DeviceEvent) =>
      recordedAt < after.startedAt && (i === 0 || recordedAt >= slice.startedAt);
    const late = unseen(slice, input.events.filter(isHere));
    const begun: Slice = { ...slice, ...beginning, inputs: [...slice.inputs, ...late] };
    const { closed, beginning: next } = refold(timeline, begun, {
      after,
      isFirst: !input.slices.includes(slice),
    });
    rewritten.push(...closed.filter((one) => !isAsWritten(one, slice)));
    past.push(...closed.flatMap(({ ended }) => ended));
    beginning = next;
  }
  const known = input.onRecord ?? [...slices.flatMap(({ ended }) => ended), ...state.core.marks];
  const slice: Slice = { ...state.slice, ...beginning };
  const newer = input.events.filter(({ recordedAt }) => recordedAt >= slice.startedAt);
  return evaluateFrom({ slice, closed: rewritten, known, past }, { ...input, events: newer });
};
