import { type Core, emptyCore, type WatchState } from '#domain/evaluate/core.ts';
import type { Instant } from '#domain/model/instant.ts';

/** What is known at an instant at which watches said so; of all else nothing. */
export const coreOf = (
  at: Instant,
  said: Readonly<Record<string, Partial<WatchState>>>,
  more: Partial<Core> = {},
): Core => ({
  ...emptyCore(at),
  ...more,
  watches: Object.fromEntries(
    Object.entries(said).map(([watchId, state]): [string, WatchState] => [
      watchId,
      {
        ...{ version: `${watchId}.1`, validFrom: at, belief: null, verdict: 'undetermined' },
        ...{ reason: 'uncertain', memory: {}, dueAt: null, rests: false },
        ...state,
      },
    ]),
  ),
});
