import { type EvaluateInput, type Evaluation, evaluate } from '#domain/evaluate/evaluate.ts';
import { evaluateInDisc } from '#domain/evaluate/evaluate-in-disc.ts';
import { mayReconcile, reconcile } from '#domain/evaluate/reconcile.ts';
import { compareInputs, eventsNotIn } from '#domain/evaluate/slice.ts';
import type { Supervision } from '#domain/evaluate/supervision.ts';
import type { WearerState } from '#domain/evaluate/wearer-state.ts';
import { earlierOf, type Instant, instant } from '#domain/model/instant.ts';
import type { Clock } from '../adapters/clock/system-clock.ts';
import type { Parking } from '../adapters/dynamodb/parking.ts';
import type { Trail } from '../adapters/dynamodb/trail.ts';
import { firstKeptDay, utcDay } from '../adapters/dynamodb/trail-day.ts';
import type { StoredState, WearerStates } from '../adapters/dynamodb/wearer-states.ts';
import type { Telemetry } from '../adapters/log/log.ts';
import type { ArmTimer } from '../adapters/scheduler/arm-timer.ts';
import type { Effects } from './effects.ts';
import type { WearerWork } from './read-messages.ts';
import { report } from './report.ts';
import type { SupervisionCache, Wanted } from './supervision-cache.ts';
import { armNext, dueOrHeard, keptDue } from './timers.ts';
import { foldedOrUnevaluable, orUnevaluable, Unevaluable } from './unevaluable.ts';

export type EvaluateDeps = Readonly<{
  now: Clock;
  states: WearerStates;
  supervisions: SupervisionCache;
  effectsOf: Effects;
  slicesFrom: Trail['slicesFrom'];
  armTimer: ArmTimer;
  parking: Parking;
  /** Puts a message that nobody can read where somebody will look at it. */
  parkMessage: (body: string) => Promise<void>;
  telemetry: Telemetry;
}>;

const MOST_TRIES = 6;
/** A transaction holds 100 items, the state among them. */
const MOST_BESIDE = 99;

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
    const { supervision, result } = await foldInDiscOrUnderNewest(deps, work, {
      state: stored.state,
      until,
    });
    const state = { ...result.state, nextDueAt: keptDue(stored.state, result.state, until) };
    const parkedAt = work.hasMoreKept ? stored.parkedAt : null;
    if (isUnchanged(stored.state, state, result) && parkedAt === stored.parkedAt) return;
    const effects = deps.effectsOf({
      ...{ wearer: work.wearer, supervision, result },
      ...{ epoch: stored.epoch + 1, detectedAt: heardAt },
      sliceStartedAt: stored.state?.slice.startedAt ?? instant(0),
    });
    if (effects.beside.length > MOST_BESIDE) throw new TooMuchAtOnce();
    const { wearer, cause } = work;
    const save = { wearer, epoch: stored.epoch, state, parkedAt, ...effects, cause };
    if ((await deps.states.save(save)) === 'saved') {
      report(deps.telemetry, work.wearer, { supervision, result });
      await armNext(deps, work.wearer, { before: stored.state, after: state });
      return;
    }
    stored = await deps.states.find(work.wearer);
  }
  throw new Error('somebody else kept writing this wearer');
};

type Standing = Readonly<{ state: WearerState | null; until: Instant }>;

type Folded = Readonly<{ supervision: Supervision | null; result: Evaluation }>;

/** Where everything lies in the safe disc no orders are read: most messages end here. */
const foldInDiscOrUnderNewest = async (
  deps: EvaluateDeps,
  work: WearerWork,
  standing: Standing,
): Promise<Folded> => {
  const { state, until } = standing;
  const isSpared = state !== null && !work.isSupervisionChanged;
  const result = isSpared
    ? foldedOrUnevaluable(() => evaluateInDisc(state, work.events, until))
    : null;
  return result === null ? foldUnderNewest(deps, work, standing) : { supervision: null, result };
};

/**
 * Folds under the supervision that the state rests on. Events of a device that it does not know
 * may be of one that was put on since: then under the newest.
 */
const foldUnderNewest = async (deps: EvaluateDeps, work: WearerWork, standing: Standing) => {
  const key = standing.state?.supervisionKey ?? null;
  const { events, isSupervisionChanged: mustLoad, wearer } = work;
  const supervisionNow = (wanted: Wanted) =>
    orUnevaluable('orders-unreadable', () => deps.supervisions(wearer, wanted));
  const supervision = await supervisionNow({ key, mustLoad });
  const result = await fold(deps, { supervision, events, ...standing });
  if (result.setAside.length === 0 || mustLoad) return { supervision, result };
  const newest = await supervisionNow({ key, mustLoad: true });
  return {
    supervision: newest,
    result: await fold(deps, { supervision: newest, events, ...standing }),
  };
};

/** Folds events in; those of an earlier slice into the trail, as far as it can be folded again. */
const fold = async (deps: EvaluateDeps, input: EvaluateInput): Promise<Evaluation> => {
  const result = foldedOrUnevaluable(() => evaluate(input));
  const { state, supervision } = input;
  const [oldest] = [...result.older].sort(compareInputs);
  if (oldest === undefined || state === null) return result;
  const { agencyId, wearerId } = supervision.wearer;
  const range = { at: oldest.recordedAt, before: state.slice.startedAt };
  // What is left in the table of so long ago may begin anywhere: it is nothing to fold from.
  const isArchived = utcDay(oldest.recordedAt) < firstKeptDay(deps.now());
  const slices = isArchived
    ? null
    : await orUnevaluable('state-unreadable', () => deps.slicesFrom(supervision.wearer, range));
  const why = isArchived ? 'archived' : 'too-many-slices';
  const may = slices === null ? why : mayReconcile(slices, supervision);
  if (slices !== null && may === 'may') {
    const events = input.events.filter((event) => !result.setAside.includes(event));
    const { setAside } = result;
    const reconciled = foldedOrUnevaluable(() => reconcile({ ...input, events, state, slices }));
    return { ...reconciled, setAside };
  }
  // What those slices hold already is a repeat, whatever the orders were: it is no late news.
  const older = eventsNotIn(slices ?? [], result.older);
  if (older.length > 0) {
    deps.telemetry.measure('lateEventsNotFolded', older.length);
    deps.telemetry.log.warn('late events kept unevaluated', { agencyId, wearerId, reason: may });
  }
  return { ...result, older };
};

/** A repeat of what is known: nothing is written for it. */
const isUnchanged = (before: WearerState | null, after: WearerState, result: Evaluation): boolean =>
  before !== null &&
  before.supervisionKey === after.supervisionKey &&
  before.nextDueAt === after.nextDueAt &&
  result.fresh.length + result.closed.length + result.changes.length === 0 &&
  result.older.length + result.setAside.length === 0;
