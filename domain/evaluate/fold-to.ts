import type { DeviceEvent } from '../model/device-event.ts';
import { earliest, type Instant, laterOf } from '../model/instant.ts';
import type { Core } from './core.ts';
import { cutSlices } from './cut-slices.ts';
import { foldableUntil, settle } from './pair/waiting.ts';
import type { Slice } from './slice.ts';
import { blankSlice } from './start-slice.ts';
import { type Era, eraAt, type Timeline } from './timeline.ts';

/** When it was so, and when we knew it so. */
export type TwoClocks = Readonly<{ time: Instant; knownAt: Instant }>;

/** Whether an event had been recorded by the one clock, and received by the other. */
export const isKnownOf = ({ time, knownAt }: TwoClocks, event: DeviceEvent): boolean =>
  event.recordedAt <= time && event.receivedAt <= knownAt;

/** The first instant from which two timelines differ; null where they never do. */
const differFrom = (a: Timeline, b: Timeline): Instant | null => {
  const edges = [...a.eras, ...b.eras].map(({ fromAt }) => fromAt).sort((x, y) => x - y);
  return edges.find((at) => eraAt(a, at).key !== eraAt(b, at).key) ?? null;
};

export type PastFold = Readonly<{
  /** What was in force, as was known then; and as is known now. */
  known: Timeline;
  now: Timeline;
  /** Slices of the trail, oldest first, from long enough ago. */
  slices: readonly Slice[];
}>;

/**
 * The last slice whose snapshot rests on nothing that was not known: every snapshot rests on all
 * that came before it, whenever that was received.
 */
const lastCleanSlice = ({ known, now, slices }: PastFold, clocks: TwoClocks): Slice | null => {
  const later = slices
    .flatMap(({ inputs }) => inputs)
    .filter(
      ({ recordedAt, receivedAt }) => recordedAt <= clocks.time && receivedAt > clocks.knownAt,
    );
  const cleanUntil = earliest([
    clocks.time,
    differFrom(known, now),
    ...later.map(({ recordedAt }) => recordedAt),
  ]);
  return slices.findLast(({ startedAt }) => startedAt <= (cleanUntil ?? clocks.time)) ?? null;
};

/** What was known of a wearer at an instant, and what was in force. */
export const foldTo = (past: PastFold, clocks: TwoClocks): Readonly<{ core: Core; era: Era }> => {
  const base = lastCleanSlice(past, clocks) ?? blankSlice(past.known);
  const inputs = past.slices
    .filter(({ startedAt }) => startedAt >= base.startedAt)
    .flatMap((slice) => slice.inputs)
    .filter((event) => isKnownOf(clocks, event));
  const { time: until, knownAt } = clocks;
  const foldUntil = foldableUntil(past.known, inputs, laterOf(until, knownAt));
  const cutWith = { anchors: {}, until, foldUntil };
  const { folded, era, waiting } = cutSlices(past.known, { ...base, inputs }, cutWith);
  const standing = { until, waiting: { inputs: waiting, foldedUntil: foldUntil } };
  return { core: settle(folded.core, era.supervision, standing), era };
};
