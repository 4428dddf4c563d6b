import { instant, secondsBetween } from '#domain/model/instant.ts';
import type { KeptEvents } from '../adapters/dynamodb/parking.ts';
import type { StoredState } from '../adapters/dynamodb/wearer-states.ts';
import type { EvaluateDeps } from './evaluate-deps.ts';
import { foldAndSave, Parked, TooMuchAtOnce } from './fold-and-save.ts';
import { halves, type WearerWork } from './read-messages.ts';
import { Unevaluable } from './unevaluable.ts';

/**
 * Works on a part of one wearer's messages: folds them; or keeps them, where the wearer is parked;
 * or parks the wearer, where folding cannot succeed. Throws where the messages must come again.
 */
export const workOnWearer = async (
  deps: EvaluateDeps,
  work: WearerWork,
  known: StoredState | null,
): Promise<void> => {
  const stored = known ?? (await deps.states.find(work.wearer));
  try {
    if (work.isUnparking) await unpark(deps, work, stored);
    else await foldInParts(deps, work, stored);
  } catch (error) {
    if (error instanceof Parked) await keep(deps, work);
    else if (error instanceof Unevaluable) await park(deps, work, error);
    else throw error;
  }
};

/** What is too much for one transaction is folded in two goes, the earlier events first. */
const foldInParts = async (
  deps: EvaluateDeps,
  work: WearerWork,
  stored: StoredState,
): Promise<void> => {
  try {
    await foldAndSave(deps, work, stored);
  } catch (error) {
    // Record: or park, where there is nothing to halve; it would be too much each time.
    if (!(error instanceof TooMuchAtOnce)) throw error;
    if (work.events.length < 2) throw new Unevaluable('fold-failed', error);
    for (const half of halves(work)) {
      await foldInParts(deps, half, await deps.states.find(work.wearer));
    }
  }
};

/** Keeps what came for a parked wearer. Ticks are dropped: unparking reckons with the time. */
const keep = async (deps: EvaluateDeps, work: WearerWork): Promise<void> => {
  if (work.events.length === 0) return;
  const outcome = await deps.parking.keep(work.wearer, work.events);
  if (outcome === 'conflict') throw new Error('the wearer was unparked in the meantime');
  deps.telemetry.measure('eventsKeptOfParked', work.events.length);
};

const park = async (deps: EvaluateDeps, work: WearerWork, error: Unevaluable): Promise<void> => {
  const { agencyId, wearerId } = work.wearer;
  const { reason } = error;
  // As it stands now: parts of this work may have been saved before one of them failed.
  const { epoch, parkedAt, state } = await deps.states.find(work.wearer);
  if (parkedAt !== null) {
    await keep(deps, work);
  } else {
    const evaluatedUntil = state?.core.foldedUntil ?? instant(0);
    const mark = { epoch, parkedAt: deps.now(), evaluatedUntil, events: work.events };
    const outcome = await deps.parking.park(work.wearer, mark);
    if (outcome === 'conflict') throw new Error('somebody else wrote the wearer to be parked');
  }
  const cause = error.cause instanceof Error ? error.cause.name : 'unknown';
  deps.telemetry.log.error('wearer parked', { agencyId, wearerId, reason, cause });
};

/**
 * Folds what was kept of a wearer, the oldest first, together with what has come. The mark goes
 * with the last of it; what somebody kept until then is there afterwards, and no more can come.
 */
const unpark = async (deps: EvaluateDeps, work: WearerWork, first: StoredState): Promise<void> => {
  let stored = first;
  let kept = await deps.parking.load(work.wearer);
  await foldKept(deps, { ...work, isUnparking: true }, { stored, kept });
  do {
    stored = await deps.states.find(work.wearer);
    kept = await deps.parking.load(work.wearer);
    if (kept.keys.length > 0) {
      await foldKept(deps, { ...work, events: [], isSupervisionChanged: false }, { stored, kept });
    }
  } while (kept.keys.length > 0);
  if (first.parkedAt === null) return;
  const { agencyId, wearerId } = work.wearer;
  const parkedSeconds = secondsBetween(first.parkedAt, deps.now());
  deps.telemetry.log.info('wearer unparked', { agencyId, wearerId, parkedSeconds });
};

const foldKept = async (
  deps: EvaluateDeps,
  work: WearerWork,
  { stored, kept }: Readonly<{ stored: StoredState; kept: KeptEvents }>,
): Promise<void> => {
  const cause = [work.cause, ...kept.keys.map(({ sk }) => sk)].join('\n');
  const events = [...kept.events, ...work.events];
  await foldInParts(deps, { ...work, events, hasMoreKept: kept.hasMore, cause }, stored);
  await deps.parking.remove(kept.keys);
};
