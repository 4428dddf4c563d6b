import { type EvaluateInput, type Evaluation, evaluate } from '#domain/evaluate/evaluate.ts';
import { evaluateInDisc } from '#domain/evaluate/evaluate-in-disc.ts';
import type { Timeline } from '#domain/evaluate/timeline.ts';
import type { DeviceEvent } from '#domain/model/device-event.ts';
import { type Instant, instant } from '#domain/model/instant.ts';
import type { Key } from '../adapters/dynamodb/keys.ts';
import type { StoredState } from '../adapters/dynamodb/wearer-states.ts';
import type { EvaluateDeps } from './evaluate-deps.ts';
import type { WearerWork } from './read-messages.ts';
import { isArchived, refold, refoldFrom } from './refold.ts';
import type { Wanted } from './supervision-cache.ts';
import { foldedOrUnevaluable, orUnevaluable } from './unevaluable.ts';

/** What folding came to, and under what; null where it took no orders. */
export type Folded = Readonly<{
  timeline: Timeline | null;
  result: Evaluation;
  /** Of the trail, where it was folded again; null where the current slice was enough. */
  refold: Readonly<{
    from: Instant;
    /** Rows of late events that are part of their slices from now on. */
    lateKeys: readonly Key[];
  }> | null;
}>;

type Standing = Readonly<{ stored: StoredState; until: Instant }>;

/** Where everything lies in the safe disc no orders are read: most messages end here. */
export const fold = async (
  deps: EvaluateDeps,
  work: WearerWork,
  standing: Standing,
): Promise<Folded> => {
  const { state, refoldFrom: isUnfinished } = standing.stored;
  const isSpared = state !== null && !work.isSupervisionChanged && isUnfinished === null;
  const result = isSpared
    ? foldedOrUnevaluable(() => evaluateInDisc(state, work.events, standing.until))
    : null;
  return result === null
    ? foldUnderOrders(deps, work, standing)
    : { timeline: null, result, refold: null };
};

/**
 * Folds under what the state rests on. Events of a device that it does not know may be of one that
 * was put on since: then under the newest.
 */
const foldUnderOrders = async (
  deps: EvaluateDeps,
  work: WearerWork,
  standing: Standing,
): Promise<Folded> => {
  const { state } = standing.stored;
  const key = state?.supervisionKey ?? null;
  const sinceAt = state?.slice.startedAt ?? instant(0);
  const timelineNow = (wanted: Wanted) =>
    orUnevaluable('orders-unreadable', () => deps.supervisions(work.wearer, wanted));
  const mustLoad = work.isSupervisionChanged;
  const timeline = await timelineNow({ key, mustLoad, sinceAt });
  const folded = await foldUnder(deps, work, { ...standing, timeline });
  if (folded.result.setAside.length === 0 || mustLoad) return folded;
  const newest = await timelineNow({ key, mustLoad: true, sinceAt });
  return foldUnder(deps, work, { ...standing, timeline: newest });
};

/** Folds events in, and whatever of the trail they or a change of orders make another. */
const foldUnder = async (
  deps: EvaluateDeps,
  work: WearerWork,
  { stored, until, timeline }: Standing & Readonly<{ timeline: Timeline }>,
): Promise<Folded> => {
  const { state } = stored;
  const input: EvaluateInput = { supervision: timeline, state, events: work.events, until };
  const result = foldedOrUnevaluable(() => evaluate(input));
  const from = refoldFrom({ work, stored, timeline, result, now: deps.now() });
  reportArchived(deps, work, result.older);
  if (from === null || state === null) return { timeline, result, refold: null };
  return refold(deps, { ...input, state, first: result, from, stored, wearer: work.wearer });
};

/** What is too old to be folded in is kept, and somebody hears of it. */
const reportArchived = (
  { telemetry, now }: EvaluateDeps,
  { wearer: { agencyId, wearerId } }: WearerWork,
  older: readonly DeviceEvent[],
): void => {
  const archived = older.filter((event) => isArchived(now(), event));
  if (archived.length === 0) return;
  telemetry.measure('lateEventsNotFolded', archived.length);
  telemetry.log.warn('late events kept unevaluated', { agencyId, wearerId, reason: 'archived' });
};
