import type { DeviceEvent } from '../model/device-event.ts';
import { earliest, type Instant, laterOf } from '../model/instant.ts';
import { isOwned } from '../model/wearer.ts';
import { type Change, changesBetween, keepIds } from './changes.ts';
import type { Core, Mark } from './core.ts';
import { type Cut, cutSlices } from './cut-slices.ts';
import { excused } from './excuse.ts';
import { beginningOf } from './marks.ts';
import { undecided } from './pair/undecided.ts';
import { foldableUntil, settle, settledDueAt } from './pair/waiting.ts';
import { safeDiscOf } from './safe-disc.ts';
import { type ClosedSlice, isSince, type Slice, unseen } from './slice.ts';
import { type Start, startSlice } from './start-slice.ts';
import {
  type InForce,
  newestSupervision,
  nextEraAfter,
  type Timeline,
  timelineFrom,
} from './timeline.ts';
import type { WearerState } from './wearer-state.ts';

export type EvaluateInput = Readonly<{
  /** What is in force, and what was since the current slice began. */
  supervision: InForce;
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
  evaluateFrom(startSlice(timelineFrom(input.supervision), input.state), input);

/** The last instant that an evaluation may speak of, whatever it is told. */
const settledUntilOf = ({ state, until }: EvaluateInput, { inputs }: Slice): Instant =>
  inputs.reduce(
    (at, { recordedAt }) => laterOf(at, recordedAt),
    laterOf(until, state?.settledUntil ?? until),
  );

/** When something changes although nothing arrives: a watch falls due, or orders change. */
const nextChangeAt = (timeline: Timeline, { era }: Cut): Instant | null =>
  nextEraAfter(timeline, era.fromAt)?.fromAt ?? null;

/** The same, from a slice that is already at hand. */
export const evaluateFrom = (start: Start, input: EvaluateInput): Evaluation => {
  const { state, events } = input;
  const timeline = timelineFrom(input.supervision);
  const { owned, setAside } = byOwnership(timeline, events);
  const news = unseen(start.slice, owned);
  const older = news.filter((event) => event.recordedAt < start.slice.startedAt);
  const fresh = news.filter((event) => event.recordedAt >= start.slice.startedAt);
  const whole = { ...start.slice, inputs: [...start.slice.inputs, ...fresh] };
  const settledUntil = settledUntilOf(input, whole);
  const foldUntil = foldableUntil(timeline, whole.inputs, settledUntil);
  const cut = cutSlices(timeline, whole, {
    ...{ anchors: state?.anchors ?? {}, until: settledUntil, foldUntil, isFirst: state === null },
  });
  const { supervision } = cut.era;
  const standing = {
    until: settledUntil,
    waiting: { inputs: cut.waiting, foldedUntil: foldUntil },
  };
  const settled = settle(cut.folded.core, supervision, standing);
  const again = keepIds(timeline.wearer, {
    known: start.known,
    found: asFoundLast([...start.past, ...settled.marks]),
  });
  const open = undecided(
    { known: start.known, found: again },
    { core: settled, supervision, until: settledUntil, inputs: cut.slice.inputs },
  );
  const found = [...again, ...open.marks];
  const slice = { ...cut.slice, snapshot: renamed(cut.slice.snapshot, found) };
  const isStill = new Set(settled.marks.map(beginningOf));
  const past = start.past.map(beginningOf);
  const gone = new Set(past.filter((beginning) => !isStill.has(beginning)));
  const still = again.filter((mark) => !gone.has(beginningOf(mark)));
  const marks = [...still, ...open.marks].filter((mark) => isCarried(mark, slice));
  const core = { ...settled, marks };
  const { anchors } = cut.folded;
  const disc = safeDiscOf({ core, anchors, last: slice.inputs.at(-1) }, supervision);
  const changeAt = nextChangeAt(timeline, cut);
  return {
    state: {
      supervisionKey: timeline.key,
      slice,
      core,
      settledUntil,
      anchors,
      disc: disc && { ...disc, endsAt: changeAt },
      nextDueAt: earliest([settledDueAt(core, supervision, standing), open.untilAt, changeAt]),
    },
    closed: [...start.closed, ...cut.closed].map((closed) => renamedSlice(closed, found)),
    changes: excused(changesBetween(start.known, found), newestSupervision(timeline)),
    older,
    setAside,
    fresh,
    fixes: fresh.filter((event) => event.kind === 'fix').length,
    safeFixes: fresh.filter((event) => cut.safe.has(event)).length,
  };
};

/** A violation that is found again since the same instant is one, as it is found last. */
const asFoundLast = (marks: readonly Mark[]): Mark[] => {
  const last = new Map(marks.map((mark) => [beginningOf(mark), mark]));
  return marks.filter((mark) => last.get(beginningOf(mark)) === mark);
};

const byOwnership = ({ activations }: Timeline, events: readonly DeviceEvent[]) => ({
  owned: events.filter((event) => isOwned(activations, event)),
  setAside: events.filter((event) => !isOwned(activations, event)),
});

/** A violation keeps the id under which it is on record, wherever it is remembered. */
const renamedMarks = (marks: readonly Mark[], found: readonly Mark[]): Mark[] =>
  marks.map((mark) => {
    const same = found.find((other) => beginningOf(other) === beginningOf(mark));
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
export const isCarried = (mark: Mark, { startedAt }: Slice): boolean => isSince(mark, startedAt);
