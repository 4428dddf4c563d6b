import { type EvaluateInput, type Evaluation, evaluate } from '#domain/evaluate/evaluate.ts';
import { mayReconcile, reconcile } from '#domain/evaluate/reconcile.ts';
import { compareInputs } from '#domain/evaluate/slice.ts';
import type { Supervision } from '#domain/evaluate/supervision.ts';
import type { WearerState } from '#domain/evaluate/wearer-state.ts';
import type { WearerRef } from '#domain/model/ids.ts';
import { type Instant, instant, laterOf } from '#domain/model/instant.ts';
import type { Clock } from '../adapters/clock/system-clock.ts';
import { statePk } from '../adapters/dynamodb/keys.ts';
import type { Trail } from '../adapters/dynamodb/trail.ts';
import {
  type LoadedState,
  NO_STATE,
  readable,
  type StoredState,
  type WearerStates,
} from '../adapters/dynamodb/wearer-states.ts';
import { errorName, type Telemetry } from '../adapters/log/log.ts';
import type { ArmTimer } from '../adapters/scheduler/arm-timer.ts';
import { type BatchResponse, failuresOf, queueBatchSchema } from '../middleware/batch.ts';
import type { Effects } from './effects.ts';
import { groupByWearer, readMessage, type WearerWork } from './read-messages.ts';
import type { SupervisionCache } from './supervision-cache.ts';

export type EvaluateDeps = Readonly<{
  now: Clock;
  states: WearerStates;
  supervisions: SupervisionCache;
  effectsOf: Effects;
  slicesFrom: Trail['slicesFrom'];
  armTimer: ArmTimer;
  telemetry: Telemetry;
}>;

const MOST_TRIES = 6;

/**
 * Input: a batch of the events queue. Output: the messages that must be given again.
 * Course: group the batch by wearer, read their states at once; for each wearer fold what came into
 * what was known, save on the epoch that was read, and arm the next timer.
 */
export const run =
  (deps: EvaluateDeps) =>
  async (input: unknown): Promise<BatchResponse> => {
    const records = queueBatchSchema.parse(input).Records.map(readMessage);
    const unreadable = records.filter((record) => 'unreadable' in record);
    const work = groupByWearer(records.filter((record) => 'message' in record));
    const states = await deps.states.load(work.flatMap(([first]) => (first ? [first.wearer] : [])));
    const failed = await Promise.all(work.map((parts) => workOnAll(deps, parts, states)));
    for (const { messageId } of unreadable) {
      deps.telemetry.log.error('message is none of ours', { messageId });
    }
    return failuresOf([...unreadable.map(({ messageId }) => messageId), ...failed.flat()]);
  };

/** Works on one wearer's messages, part after part; returns the ids of those to be given again. */
const workOnAll = async (
  deps: EvaluateDeps,
  parts: readonly WearerWork[],
  states: ReadonlyMap<string, LoadedState>,
): Promise<string[]> => {
  const failed: string[] = [];
  for (const [i, part] of parts.entries()) {
    const known = i === 0 ? (states.get(statePk(part.wearer)) ?? NO_STATE) : null;
    failed.push(...(await workOn(deps, part, known)));
  }
  return failed;
};

/** Works on a part of one wearer's messages; returns the ids of those to be given again. */
const workOn = async (
  deps: EvaluateDeps,
  work: WearerWork,
  known: LoadedState | null,
): Promise<readonly string[]> => {
  try {
    const stored = known === null ? await deps.states.loadOne(work.wearer) : readable(known);
    await foldAndSave(deps, work, stored);
    return [];
  } catch (error) {
    // Retry: this wearer's messages come again, and nobody else's; after the last try they are
    // parked.
    const { agencyId, wearerId } = work.wearer;
    deps.telemetry.log.error('wearer not evaluated', {
      agencyId,
      wearerId,
      error: errorName(error),
    });
    return work.messageIds;
  }
};

const foldAndSave = async (deps: EvaluateDeps, work: WearerWork, first: StoredState) => {
  let stored = first;
  for (let tries = 0; tries < MOST_TRIES; tries += 1) {
    const until = await dueOrHeard(deps, work, stored.state);
    if (until === null) return;
    const supervision = await deps.supervisions(work.wearer, {
      key: stored.state?.supervisionKey ?? null,
      mustLoad: work.isSupervisionChanged,
    });
    const { events } = work;
    const result = await fold(deps, { supervision, state: stored.state, events, until });
    const state = { ...result.state, nextDueAt: keptDue(stored.state, result.state, until) };
    if (isUnchanged(stored.state, state, result)) return;
    const beside = deps.effectsOf({
      supervision,
      result,
      epoch: stored.epoch + 1,
      detectedAt: until,
    });
    const save = { wearer: work.wearer, epoch: stored.epoch, state, beside, cause: work.cause };
    if ((await deps.states.save(save)) === 'saved') {
      report(deps, work, result, supervision);
      await armNext(deps, work.wearer, stored.state, state);
      return;
    }
    stored = await deps.states.loadOne(work.wearer);
  }
  throw new Error('somebody else kept writing this wearer');
};

/** Folds events in; those of an earlier slice into the trail, as far as it can be folded again. */
const fold = async (deps: EvaluateDeps, input: EvaluateInput): Promise<Evaluation> => {
  const result = evaluate(input);
  const { state, supervision } = input;
  const [oldest] = [...result.older].sort(compareInputs);
  if (oldest === undefined || state === null) return result;
  const { agencyId, wearerId } = supervision.wearer;
  const slices = await deps.slicesFrom(supervision.wearer, oldest.recordedAt);
  const may = slices === null ? 'too-many-slices' : mayReconcile(slices, supervision);
  if (slices !== null && may === 'may') {
    const events = input.events.filter((event) => !result.setAside.includes(event));
    const { setAside } = result;
    return { ...reconcile({ ...input, events, state, slices }), setAside };
  }
  deps.telemetry.measure('lateEventsNotFolded', result.older.length);
  deps.telemetry.log.warn('late events kept unevaluated', { agencyId, wearerId, reason: may });
  return result;
};

/** A repeat of what is known: nothing is written for it. */
const isUnchanged = (before: WearerState | null, after: WearerState, result: Evaluation): boolean =>
  before !== null &&
  before.supervisionKey === after.supervisionKey &&
  before.nextDueAt === after.nextDueAt &&
  result.fresh.length + result.closed.length + result.changes.length === 0 &&
  result.older.length === 0;

/** Up to when to evaluate; null where the messages are only ticks that have nothing to say. */
const dueOrHeard = async (
  deps: EvaluateDeps,
  work: WearerWork,
  state: WearerState | null,
): Promise<Instant | null> => {
  const now = deps.now();
  const early = work.ticks.filter((dueAt) => dueAt > now);
  // A schedule wakes us some minutes early: the delay that is exact is armed now.
  await Promise.all(early.map((dueAt) => deps.armTimer(tickTimer(work.wearer, dueAt), now)));
  const nextDueAt = state?.nextDueAt ?? null;
  const isLive = (dueAt: Instant) => nextDueAt !== null && nextDueAt <= dueAt;
  const due = work.ticks.filter((dueAt) => dueAt <= now && isLive(dueAt));
  const said = [...due, ...(work.heardAt === null ? [] : [work.heardAt])];
  return said.length === 0 ? null : said.reduce(laterOf, instant(0));
};

/**
 * The due instant to store: it moves to an earlier one, or on when it has come. One that has become
 * needless is left to fire and find nothing, which costs less than moving it with each fix.
 */
const keptDue = (
  before: WearerState | null,
  after: WearerState,
  until: Instant,
): Instant | null => {
  const stored = before?.nextDueAt ?? null;
  const isAhead = stored !== null && stored > until;
  const isEarlier = stored !== null && (after.nextDueAt === null || stored < after.nextDueAt);
  return isAhead && isEarlier ? stored : after.nextDueAt;
};

const tickTimer = (wearer: WearerRef, dueAt: Instant) => ({
  name: `${statePk(wearer)} ${dueAt}`,
  dueAt,
  message: { kind: 'tick', ...wearer, dueAt },
});

const armNext = async (
  deps: EvaluateDeps,
  wearer: WearerRef,
  before: WearerState | null,
  { nextDueAt }: WearerState,
): Promise<void> => {
  if (nextDueAt === null || nextDueAt === before?.nextDueAt) return;
  try {
    await deps.armTimer(tickTimer(wearer, nextDueAt), deps.now());
  } catch (error) {
    // Record: what is due stands in the table, and the sweep finds it there within a minute or so.
    deps.telemetry.log.warn('timer not armed', { ...wearer, error: errorName(error) });
  }
};

const report = (
  { telemetry }: EvaluateDeps,
  work: WearerWork,
  result: Evaluation,
  supervision: Supervision,
): void => {
  telemetry.measure('eventsFolded', result.fresh.length);
  telemetry.measure('fixesFolded', result.fixes);
  telemetry.measure('fixesInSafeRegion', result.safeFixes);
  const { agencyId, wearerId } = work.wearer;
  if (result.setAside.length > 0) {
    telemetry.measure('eventsSetAside', result.setAside.length);
    telemetry.log.warn('events of a device not on this wearer', { agencyId, wearerId });
  }
  for (const { kind, mark } of result.changes) {
    const { violationId, conditionId, reason } = mark;
    telemetry.log.info(`violation ${kind}`, {
      agencyId,
      wearerId,
      violationId,
      conditionId,
      reason,
    });
  }
  const failing = supervision.conditions.filter(
    ({ condition }) =>
      result.state.core.conditions[condition.conditionId]?.reason === 'rule-failed',
  );
  if (failing.length > 0) telemetry.measure('rulesFailed', failing.length);
};
