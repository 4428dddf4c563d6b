import type { Change } from '#domain/evaluate/changes.ts';
import { type Evaluation, evaluate } from '#domain/evaluate/evaluate.ts';
import { reconcile } from '#domain/evaluate/reconcile.ts';
import type { ClosedSlice, Slice } from '#domain/evaluate/slice.ts';
import { type InForce, justBefore } from '#domain/evaluate/timeline.ts';
import type { WearerState } from '#domain/evaluate/wearer-state.ts';
import type { DeviceEvent } from '#domain/model/device-event.ts';
import { earliest, type Instant, instant } from '#domain/model/instant.ts';

/** A wearer's state and trail in memory, told of batches and changes as evaluation is. */
export const simulatedTrail = (supervision: InForce) => {
  let state: WearerState | null = null;
  let inForce = supervision;
  const slices = new Map<Instant, ClosedSlice>();
  const changes: Change[] = [];

  const slicesFrom = (at: Instant): ClosedSlice[] => {
    const inOrder = [...slices.values()].sort((a, b) => a.startedAt - b.startedAt);
    const reaching = inOrder.findLastIndex((slice) => slice.startedAt <= at);
    return inOrder.slice(Math.max(0, reaching));
  };

  type Told = Readonly<{ events: readonly DeviceEvent[]; until: Instant; from: Instant | null }>;
  const fold = ({ events, until, from }: Told): Evaluation => {
    const input = { supervision: inForce, events, until };
    const first = evaluate({ ...input, state });
    const oldest = earliest([...first.older.map(({ recordedAt }) => recordedAt), from]);
    const isOlder = state !== null && oldest !== null && oldest < state.slice.startedAt;
    const result =
      state === null || !isOlder || oldest === null
        ? first
        : reconcile({ ...input, state, slices: slicesFrom(oldest) });
    for (const slice of result.closed) slices.set(slice.startedAt, slice);
    changes.push(...result.changes);
    state = result.state;
    return result;
  };

  return {
    tell: (events: readonly DeviceEvent[], until: Instant): Evaluation =>
      fold({ events, until, from: null }),
    /** Something else is in force from an instant on, as becomes known only now. */
    change: (to: InForce, from: Instant, until: Instant): Evaluation => {
      inForce = to;
      return fold({ events: [], until, from: justBefore(from) });
    },
    state: (): WearerState => {
      if (state === null) throw new Error('nothing was told');
      return state;
    },
    changes: (): readonly Change[] => changes,
    /** The trail, oldest slice first, and the one that is being filled. */
    slices: (): Slice[] => [...slicesFrom(instant(0)), ...(state === null ? [] : [state.slice])],
    /** Every event that is kept, in the trail or in the current slice. */
    kept: (): DeviceEvent[] => [
      ...slicesFrom(instant(0)).flatMap(({ inputs }) => inputs),
      ...(state?.slice.inputs ?? []),
    ],
  };
};
