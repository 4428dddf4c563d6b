import type { EvaluateInput, Evaluation } from '#domain/evaluate/evaluate.ts';
import { reconcile } from '#domain/evaluate/reconcile.ts';
import { eachOnce } from '#domain/evaluate/slice.ts';
import { eraAt, justBefore, type Timeline } from '#domain/evaluate/timeline.ts';
import type { WearerState } from '#domain/evaluate/wearer-state.ts';
import type { DeviceEvent } from '#domain/model/device-event.ts';
import type { WearerRef } from '#domain/model/ids.ts';
import { earliest, type Instant, instant, laterOf } from '#domain/model/instant.ts';
import { firstKeptDay, startOfDay, utcDay } from '../adapters/dynamodb/trail-day.ts';
import type { StoredState } from '../adapters/dynamodb/wearer-states.ts';
import type { EvaluateDeps } from './evaluate-deps.ts';
import type { Folded } from './fold.ts';
import type { WearerWork } from './read-messages.ts';
import { foldedOrUnevaluable, orUnevaluable } from './unevaluable.ts';

/** Recorded so long ago that the trail of then is in the archive, and closed. */
export const isArchived = (now: Instant, { recordedAt }: DeviceEvent): boolean =>
  utcDay(recordedAt) < firstKeptDay(now);

type Found = Readonly<{
  work: WearerWork;
  stored: StoredState;
  timeline: Timeline;
  result: Evaluation;
  now: Instant;
}>;

/** Since when something else was in force, as is now known, than the current slice began under. */
const changedSince = ({ slice }: WearerState, timeline: Timeline): Instant | null => {
  const era = eraAt(timeline, slice.startedAt);
  return slice.supervisionKey === '' || slice.supervisionKey === era.key ? null : era.fromAt;
};

/**
 * From when the trail must be folded again: the oldest late event, a change of orders that is in
 * force from earlier on, or where somebody had to stop. Null where the current slice is enough.
 */
export const refoldFrom = ({ work, stored, timeline, result, now }: Found): Instant | null => {
  const { state } = stored;
  if (state === null) return null;
  const late = result.older.filter((event) => !isArchived(now, event));
  const changes = [work.changedFrom, changedSince(state, timeline)];
  const from = earliest([
    ...late.map(({ recordedAt }) => recordedAt),
    ...changes.map((at) => (at === null ? null : justBefore(at))),
    stored.refoldFrom,
  ]);
  if (from === null || (from >= state.slice.startedAt && stored.refoldFrom === null)) return null;
  return laterOf(from, startOfDay(firstKeptDay(now)));
};

type Refold = EvaluateInput &
  Readonly<{
    wearer: WearerRef;
    state: WearerState;
    stored: StoredState;
    /** What folding the current slice alone came to. */
    first: Evaluation;
    from: Instant;
  }>;

/** Folds the trail again from an instant on, with what came late, as things stood then. */
export const refold = async (deps: EvaluateDeps, asked: Refold): Promise<Folded> => {
  const { wearer, state, stored, first, from } = asked;
  const before = state.slice.startedAt;
  const slices = await orUnevaluable('state-unreadable', () =>
    deps.trail.slicesFrom(wearer, { at: from, before }),
  );
  const late = await deps.trail.lateFrom(wearer, { at: from, before });
  const sinceAt = slices[0]?.startedAt ?? instant(0);
  const timeline = await orUnevaluable('orders-unreadable', () =>
    deps.loadTimeline(wearer, { sinceAt }),
  );
  // Parts of an earlier try may have been written: then the slices no longer say what is on record.
  const isGoingOn = stored.refoldFrom !== null;
  const onRecord = isGoingOn ? { onRecord: await deps.loadMarks(wearer, sinceAt) } : {};
  const now = deps.now();
  const older = first.older.filter((event) => isArchived(now, event));
  const gone = new Set([...first.setAside, ...older]);
  const events = eachOnce([...late.events, ...asked.events.filter((event) => !gone.has(event))]);
  const input = { ...asked, supervision: timeline, events, slices, ...onRecord };
  const result = foldedOrUnevaluable(() => reconcile(input));
  deps.telemetry.measure('slicesRefolded', slices.length);
  return {
    timeline,
    result: { ...result, older, setAside: first.setAside },
    refold: { from, lateKeys: late.keys },
  };
};
