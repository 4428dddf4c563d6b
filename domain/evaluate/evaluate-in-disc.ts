import type { DeviceEvent } from '../model/device-event.ts';
import { earliest, type Instant, laterOf } from '../model/instant.ts';
import type { Core } from './core.ts';
import { nextDueAt } from './due-instants.ts';
import { type Evaluation, isCarried } from './evaluate.ts';
import { withFix } from './fold.ts';
import { isReachable } from './movement/plausibility.ts';
import { discHoldsUntil, isInDisc, type SafeDisc } from './safe-disc.ts';
import {
  beginsSlice,
  type ClosedSlice,
  closeSlice,
  type OpenSlice,
  sliceAfter,
  unseen,
} from './slice.ts';
import type { WearerState } from './wearer-state.ts';

type Resting = WearerState & Readonly<{ disc: SafeDisc }>;

/** Whether nothing falls due before an instant, or at it, without another fix. */
const isQuietUntil = ({ disc }: Resting, core: Core, at: Instant): boolean => {
  const dueAt = nextDueAt(core, core.foldedUntil);
  const heldUntil = core.lastFix === null ? null : discHoldsUntil(disc, core.lastFix.at);
  const isWithin = (limit: Instant | null): boolean => limit === null || at < limit;
  return heldUntil !== null && at < heldUntil && isWithin(dueAt) && isWithin(disc.endsAt);
};

/** The core after one more input; null where that input may matter to some condition. */
const afterInput = (resting: Resting, core: Core, input: DeviceEvent): Core | null => {
  const isNext =
    input.recordedAt > core.foldedUntil && isQuietUntil(resting, core, input.recordedAt);
  const isOurs = input.activationId === resting.slice.inputs.at(-1)?.activationId;
  if (!isNext || !isOurs || input.kind !== 'fix' || !isInDisc(resting.disc, input)) return null;
  const { reach } = resting.disc;
  if (reach !== null && !isReachable(core.lastFix, input, reach)) return null;
  return withFix(core, input);
};

/**
 * Whether the state can be gone on from: every due instant passed so far lies before its last
 * input, so that folding its slice again would come to the same core.
 */
const isResting = (state: WearerState): state is Resting =>
  state.disc !== null && state.core.foldedUntil === state.slice.inputs.at(-1)?.recordedAt;

/**
 * Folds events that all lie in the safe disc, without the orders. The same as `evaluate` would come
 * to, to the bit; null where it takes `evaluate` to know. This is most of what ever arrives, and it
 * costs no read beside the state's.
 */
export const evaluateInDisc = (
  state: WearerState,
  events: readonly DeviceEvent[],
  until: Instant,
): Evaluation | null => {
  const fresh = unseen(state.slice, events);
  if (!isResting(state) || fresh.length === 0) return null;
  const closed: ClosedSlice[] = [];
  let core: Core = state.core;
  let slice: OpenSlice = { ...state.slice, inputs: [...state.slice.inputs] };
  for (const input of fresh) {
    const folded = afterInput(state, core, input);
    if (folded === null) return null;
    const last = slice.inputs.at(-1);
    if (last !== undefined && beginsSlice(slice.inputs, input)) {
      closed.push(closeSlice(slice, core));
      slice = sliceAfter(last, core, slice);
    }
    slice.inputs.push(input);
    core = folded;
  }
  const settledUntil = [until, state.settledUntil, core.foldedUntil].reduce(laterOf);
  if (!isQuietUntil(state, core, settledUntil)) return null;
  const marks = core.marks.filter((mark) => isCarried(mark, slice));
  return {
    state: {
      ...state,
      slice,
      core: { ...core, marks },
      settledUntil,
      nextDueAt: earliest([nextDueAt(core, settledUntil), state.disc.endsAt]),
    },
    ...{ closed, fresh, changes: [], older: [], setAside: [] },
    ...{ fixes: fresh.length, safeFixes: fresh.length },
  };
};
