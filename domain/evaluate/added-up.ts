import { type Instant, MINUTE_MILLISECONDS } from '../model/instant.ts';
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
