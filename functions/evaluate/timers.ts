import type { WearerState } from '#domain/evaluate/wearer-state.ts';
import type { WearerRef } from '#domain/model/ids.ts';
import { type Instant, instant, laterOf } from '#domain/model/instant.ts';
import type { Clock } from '../adapters/clock/system-clock.ts';
import { statePk } from '../adapters/dynamodb/keys.ts';
import { errorName, type Telemetry } from '../adapters/log/log.ts';
import type { ArmTimer } from '../adapters/scheduler/arm-timer.ts';
import type { WearerWork } from './read-messages.ts';

export type TimerDeps = Readonly<{ now: Clock; armTimer: ArmTimer; telemetry: Telemetry }>;

const tickTimer = (wearer: WearerRef, dueAt: Instant) => ({
  name: `${statePk(wearer)} ${dueAt}`,
  dueAt,
  message: { kind: 'tick', ...wearer, dueAt },
});

/** Up to when to evaluate; null where the messages are only ticks that have nothing to say. */
export const dueOrHeard = async (
  deps: TimerDeps,
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
export const keptDue = (
  before: WearerState | null,
  after: WearerState,
  until: Instant,
): Instant | null => {
  const stored = before?.nextDueAt ?? null;
  const isAhead = stored !== null && stored > until;
  const isEarlier = stored !== null && (after.nextDueAt === null || stored < after.nextDueAt);
  return isAhead && isEarlier ? stored : after.nextDueAt;
};

/** Arms the timer of the next due instant, where it is another one than before. */
export const armNext = async (
  deps: TimerDeps,
  wearer: WearerRef,
  { before, after }: Readonly<{ before: WearerState | null; after: WearerState }>,
): Promise<void> => {
  const { nextDueAt } = after;
  if (nextDueAt === null || nextDueAt === before?.nextDueAt) return;
  try {
    await deps.armTimer(tickTimer(wearer, nextDueAt), deps.now());
  } catch (error) {
    // Record: what is due stands in the table, and the sweep finds it there within a minute or so.
    deps.telemetry.log.warn('timer not armed', { ...wearer, error: errorName(error) });
  }
};
