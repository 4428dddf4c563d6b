import type { Evaluation } from '#domain/evaluate/evaluate.ts';
import type { WearerState } from '#domain/evaluate/wearer-state.ts';
import { earlierOf, instant } from '#domain/model/instant.ts';
import type { StoredState } from '../adapters/dynamodb/wearer-states.ts';
import type { EvaluateDeps } from './evaluate-deps.ts';
import { type Folded, fold } from './fold.ts';
import type { WearerWork } from './read-messages.ts';
import { report } from './report.ts';
import { fitsOne, saveInParts } from './save-in-parts.ts';
import { pairsOf, tellPairs } from './tell-pairs.ts';
import { armNext, dueOrHeard, keptDue } from './timers.ts';
import { Unevaluable } from './unevaluable.ts';

const MOST_TRIES = 6;

/** More changes than one transaction holds: the caller folds the events in two goes. */
export class TooMuchAtOnce extends Error {
  constructor() {
    super('more slices and violations than one transaction holds');
    this.name = 'TooMuchAtOnce';
  }
}

/** The wearer is parked, or has been in the meantime: their events are kept instead. */
export class Parked extends Error {
  constructor() {
    super('the wearer is parked');
    this.name = 'Parked';
  }
}

/**
 * Folds a wearer's messages into what was known of them, saves it on the epoch that was read, and
 * arms the next timer. Where somebody else wrote in between it reads and folds again. Throws where
 * that goes on and on: the messages come again.
 */
export const foldAndSave = async (
  deps: EvaluateDeps,
  work: WearerWork,
  first: StoredState,
): Promise<void> => {
  let stored = first;
  for (let tries = 0; tries < MOST_TRIES; tries += 1) {
    if (stored.unreadable !== null) throw new Unevaluable('state-unreadable', stored.unreadable);
    if (stored.parkedAt !== null && !work.isUnparking) throw new Parked();
    const heardAt = await dueOrHeard(deps, work, stored.state);
    if (heardAt === null) return;
    const until = earlierOf(heardAt, work.notAfter ?? heardAt);
    const folded = await fold(deps, work, { stored, until });
    const { result } = folded;
    const ofPairs = pairsOf(stored.state, folded.timeline, result);
    const nextDueAt = keptDue(stored.state, result.state, until);
    const state = { ...result.state, ...ofPairs, nextDueAt };
    const told = { pairs: state.pairs ?? [], setAside: result.setAside };
    const parkedAt = work.hasMoreKept ? stored.parkedAt : null;
    if (isUnchanged(stored, state, folded) && parkedAt === stored.parkedAt) {
      return tellPairs(deps.toPairs, work, told);
    }
    const effects = deps.effectsOf({
      ...{ wearer: work.wearer, timeline: folded.timeline, result },
      ...{ epoch: stored.epoch + 1, detectedAt: heardAt, writtenAt: deps.now() },
      unparkedOf: parkedAt === null ? stored.parkedAt : null,
      sliceStartedAt: stored.state?.slice.startedAt ?? instant(0),
    });
    const { refold } = folded;
    if (refold === null && !fitsOne(effects)) throw new TooMuchAtOnce();
    const { wearer, cause } = work;
    const save = { wearer, epoch: stored.epoch, state, parkedAt, cause };
    if ((await saveInParts(deps, { save, effects, stored, refold })) === 'saved') {
      await deps.parking.remove(refold?.lateKeys ?? []);
      await tellPairs(deps.toPairs, work, told);
      report(deps.telemetry, work.wearer, folded);
      await deps.askToLearn(wearer, result.closed);
      await armNext(deps, work.wearer, { before: stored.state, after: state });
      return;
    }
    stored = await deps.states.find(work.wearer);
  }
  throw new Error('somebody else kept writing this wearer');
};

const nothingOf = ({ fresh, closed, changes, older, setAside }: Evaluation): boolean =>
  fresh.length + closed.length + changes.length + older.length + setAside.length === 0;

/** A repeat of what is known: nothing is written for it. */
const isUnchanged = (
  { state: before, refoldFrom }: StoredState,
  after: WearerState,
  { result, refold }: Folded,
): boolean =>
  before !== null &&
  refoldFrom === null &&
  (refold?.lateKeys ?? []).length === 0 &&
  before.supervisionKey === after.supervisionKey &&
  before.nextDueAt === after.nextDueAt &&
  before.slice.startedAt === after.slice.startedAt &&
  nothingOf(result);
