import type { Instant } from '../model/instant.ts';
import { absencesIn, addedUp } from './added-minutes.ts';
import type { Core } from './core.ts';
import { stateOf } from './judge-all.ts';
import type { Watch } from './supervision.ts';

const MINUTE = 60_000;
const DAY_MINUTES = 1_440;

/** What unexcused absences add up to, and of what they are the sum. */
export type AddedUp = Readonly<{
  minutes: number;
  limitMinutes: number;
  /** The last may still run. */
  absences: readonly Readonly<{ from: number; until: number | null }>[];
}>;

/** The sum of a watch that adds absences up, as of an instant; null for any other. */
export const addedUpBy = (watch: Watch, core: Core, at: Instant): AddedUp | null => {
  if (watch.rule !== 'accumulated-time' || watch.tier !== '') return null;
  const { atvMinutes = 0, atvDays = 0 } = watch.thresholds;
  const known = absencesIn(stateOf(core, watch).memory);
  const limit = { window: atvDays * DAY_MINUTES * MINUTE, most: atvMinutes * MINUTE };
  const running = known.since === null ? [] : [{ from: known.since, until: null }];
  return {
    minutes: Math.round((addedUp(known, limit, at) / MINUTE) * 10) / 10,
    limitMinutes: atvMinutes,
    absences: [...known.ended, ...running],
  };
};
