import type { ConditionId } from '../model/ids.ts';
import { type Instant, instant, laterOf, MINUTE_MILLISECONDS } from '../model/instant.ts';
import { absencesIn, addedUp, limitOf } from './added-minutes.ts';
import type { Core } from './core.ts';
import { stateOf } from './judge-all.ts';
import type { Watch } from './supervision.ts';

/** What unexcused absences add up to, and of what they are the sum. */
type AddedUp = Readonly<{
  minutes: number;
  limitMinutes: number;
  /** The last may still run. */
  absences: readonly Readonly<{ from: number; until: number | null }>[];
}>;

/** The sum of a watch that adds absences up, as of an instant; null for any other. */
export const addedUpBy = (watch: Watch, core: Core, at: Instant): AddedUp | null => {
  if (watch.rule !== 'accumulated-time' || watch.tier !== '') return null;
  const known = absencesIn(stateOf(core, watch).memory);
  const limit = limitOf(watch.thresholds);
  const running = known.since === null ? [] : [{ from: known.since, until: null }];
  return {
    minutes: Math.round((addedUp(known, limit, at) / MINUTE_MILLISECONDS) * 10) / 10,
    limitMinutes: limit.most / MINUTE_MILLISECONDS,
    absences: [...known.ended, ...running],
  };
};

/** A stretch of absence as far as it counts. */
export type CountedAbsence = Readonly<{ from: Instant; until: Instant }>;

/** Minutes of absence that are held against somebody, and of what they are the sum. */
export type Minutes = Readonly<{
  conditionId: ConditionId;
  minutes: number;
  limitMinutes: number;
  pieces: readonly CountedAbsence[];
}>;

/** How long some absences were, minutes to a tenth. */
export const minutesIn = (pieces: readonly CountedAbsence[]): number => {
  const sum = pieces.reduce((all, { from, until }) => all + (until - from), 0);
  return Math.round((sum / MINUTE_MILLISECONDS) * 10) / 10;
};

/**
 * The same as it can be held against somebody: an absence that runs counts until the last evidence
 * that there was of it, and no minute counts of which nobody knows.
 */
export const minutesHeld = (watch: Watch, core: Core, at: Instant): Minutes | null => {
  const sum = addedUpBy(watch, core, at);
  if (sum === null) return null;
  const since = at - limitOf(watch.thresholds).window;
  const seen = [core.lastFix?.at, core.lastCheckAt].flatMap((one) => one ?? []);
  const seenAt = seen.length === 0 ? since : seen.reduce(laterOf);
  const pieces = sum.absences
    .map(({ from, until }) => {
      return { from: Math.max(from, since), until: Math.min(until ?? seenAt, at) };
    })
    .filter(({ from, until }) => until > from)
    .map(({ from, until }) => ({ from: instant(from), until: instant(until) }));
  const { conditionId } = watch.condition;
  return { conditionId, minutes: minutesIn(pieces), limitMinutes: sum.limitMinutes, pieces };
};
