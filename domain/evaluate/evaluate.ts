import type { DeviceEvent } from '../model/device-event.ts';
import { type Instant, laterOf } from '../model/instant.ts';
import { activationPhaseAt } from '../model/wearer.ts';
import { type Change, changesBetween, keepIds } from './changes.ts';
import type { Core, Mark } from './core.ts';
import { cutSlices } from './cut-slices.ts';
import { nextDueAt, passDueInstants } from './due-instants.ts';
import { safeDiscOf } from './safe-disc.ts';
import { type ClosedSlice, type Slice, unseen } from './slice.ts';
import { type Start, startSlice } from './start-slice.ts';
import type { Supervision } from './supervision.ts';
import type { WearerState } from './wearer-state.ts';

export type EvaluateInput = Readonly<{
  supervision: Supervision;
  state: WearerState | null;
  events: readonly DeviceEvent[];
  /**
   * The latest instant that this evaluation may speak of: a receipt, or the due instant of a tick.
   */
  until: Instant;
}>;

export type Evaluation = Readonly<{
  state: WearerState;
  /** Slices for the trail, oldest first: full ones, and older ones that were refolded. */
  closed: readonly ClosedSlice[];
  changes: readonly Change[];
  /** Events of an earlier slice: they need the trail to be folded again. */
  older: readonly DeviceEvent[];
  /** Events of a device that was not on this wearer at the time. */
  setAside: readonly DeviceEvent[];
  /** Events of this call that were new to the slice. */
  fresh: readonly DeviceEvent[];
  /** Of the fresh ones, how many were fixes, and how many of those the safe region let pass. */
  fixes: number;
  safeFixes: number;
}>;

/**
 * Folds a wearer's events, whatever their order and batching, into what is known of them at
 * `until`. The slice is always folded again from its snapshot, so that a late event, a repeat or a
 * cut batch ends in the same state. Pure: the same arguments give the same answer to the bit.
 */
export const evaluate = (input: EvaluateInput): Evaluation =>
  evaluateFrom(startSlice(input.supervision, input.state, input.until), input);

/** The same, from a slice that is already at hand. */
export const evaluateFrom = (start: Start, input: EvaluateInput): Evaluation => {
  const { supervision, state, events, until } = input;
  const { owned, setAside } = byOwnership(supervision, events);
  const news = unseen(start.slice, owned);
  const older = news.filter((event) => event.recordedAt < start.slice.startedAt);
  const fresh = news.filter((event) => event.recordedAt >= start.slice.startedAt);
  const whole = { ...start.slice, inputs: [...start.slice.inputs, ...fresh] };
  const cut = cutSlices(supervision, whole, state?.anchors ?? {});
  const settledUntil = [until, state?.settledUntil ?? until, cut.folded.core.foldedUntil].reduce(
    laterOf,
  );
  const settled = passDueInstants(cut.folded.core, supervision, settledUntil);
  const found = keepIds(start.known, [...start.past, ...settled.marks]);
  const slice = { ...cut.slice, snapshot: renamed(cut.slice.snapshot, found) };
  const gone = new Set(start.past.map((mark) => mark.violationId));
  const marks = found.filter((mark) => !gone.has(mark.violationId) && isCarried(mark, slice));
  const core = { ...settled, marks };
  return {
    state: {
      supervisionKey: supervision.key,
      slice,
      core,
      settledUntil,
      anchors: cut.folded.anchors,
      disc: safeDiscOf(
        { core, anchors: cut.folded.anchors, last: slice.inputs.at(-1) },
        supervision,
      ),
      nextDueAt: nextDueAt(core, settledUntil),
    },
    closed: [...start.closed, ...cut.closed].map((closed) => renamedSlice(closed, found)),
    changes: changesBetween(start.known, found),
    older,
    setAside,
    fresh,
    fixes: fresh.filter((event) => event.kind === 'fix').length,
    safeFixes: fresh.filter((event) => cut.safe.has(event)).length,
  };
};

const byOwnership = (supervision: Supervision, events: readonly DeviceEvent[]) => {
  const isOwned = (event: DeviceEvent) =>
    supervision.activations.some(
      (activation) =>
        activation.activationId === event.activationId &&
        activationPhaseAt(activation, event.recordedAt) === 'active',
    );
  return { owned: events.filter(isOwned), setAside: events.filter((event) => !isOwned(event)) };
};

/** A violation keeps the id under which it is on record, wherever it is remembered. */
const renamedMarks = (marks: readonly Mark[], found: readonly Mark[]): Mark[] =>
  marks.map((mark) => {
    const same = found.find(
      (other) => other.watchId === mark.watchId && other.openedAt === mark.openedAt,
    );
    return same === undefined ? mark : { ...mark, violationId: same.violationId };
  });

const renamed = (snapshot: Core, found: readonly Mark[]): Core => ({
  ...snapshot,
  marks: renamedMarks(snapshot.marks, found),
});

const renamedSlice = (slice: ClosedSlice, found: readonly Mark[]): ClosedSlice => ({
  ...slice,
  snapshot: renamed(slice.snapshot, found),
  ended: renamedMarks(slice.ended, found),
});

/** Whether folding the slice again would find this violation: open in its snapshot, or later. */
export const isCarried = (mark: Mark, slice: Slice): boolean =>
  mark.endedAt === null || mark.endedAt >= slice.startedAt;
