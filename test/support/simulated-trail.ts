import type { Change } from '#domain/evaluate/changes.ts';
import { type Evaluation, evaluate } from '#domain/evaluate/evaluate.ts';
import { reconcile } from '#domain/evaluate/reconcile.ts';
import type { ClosedSlice } from '#domain/evaluate/slice.ts';
import type { Supervision } from '#domain/evaluate/supervision.ts';
import type { WearerState } from '#domain/evaluate/wearer-state.ts';
import type { DeviceEvent } from '#domain/model/device-event.ts';
import { type Instant, instant } from '#domain/model/instant.ts';

/** A wearer's state and trail in memory, told of batches as the evaluate function is. */
export const simulatedTrail = (supervision: Supervision) => {
  let state: WearerState | null = null;
  const slices = new Map<Instant, ClosedSlice>();
  const changes: Change[] = [];

  const slicesFrom = (at: Instant): ClosedSlice[] => {
    const inOrder = [...slices.values()].sort((a, b) => a.startedAt - b.startedAt);
    const reaching = inOrder.findLastIndex((slice) => slice.startedAt <= at);
    return inOrder.slice(Math.max(0, reaching));
  };

  return {
    tell: (events: readonly DeviceEvent[], until: Instant): Evaluation => {
      const first = evaluate({ supervision, state, events, until });
      const oldest = first.older.reduce<Instant | null>(
        (found, { recordedAt }) => (found === null || recordedAt < found ? recordedAt : found),
        null,
      );
      const result =
        oldest === null || state === null
          ? first
          : reconcile({ supervision, state, events, until, slices: slicesFrom(oldest) });
      for (const slice of result.closed) slices.set(slice.startedAt, slice);
      changes.push(...result.changes);
      state = result.state;
      return result;
    },
    state: (): WearerState => {
      if (state === null) throw new Error('nothing was told');
      return state;
    },
    changes: (): readonly Change[] => changes,
    /** Every event that is kept, in the trail or in the current slice. */
    kept: (): DeviceEvent[] => [
      ...slicesFrom(instant(0)).flatMap(({ inputs }) => inputs),
      ...(state?.slice.inputs ?? []),
    ],
  };
};
