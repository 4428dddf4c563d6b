import { DAY_MILLISECONDS } from '../model/instant.ts';
import type { RuleName } from '../model/rule-name.ts';
import type { Core, WatchState } from './core.ts';
import type { Memory } from './rule.ts';

/** What early signs are kept by: few numbers, and none where there is nothing to keep. */
export type Kept = Record<string, number>;

/** The states of a rule's watches; a state is named for the rule that it is of. */
export const statesOf = (core: Core, rule: RuleName): WatchState[] =>
  Object.values(core.watches).filter(({ version }) => version.startsWith(`${rule}.`));

/** A mean in which what is new has a share, and what was before fades. */
export const blended = (mean: number | undefined, sample: number, newShare: number): number =>
  (mean ?? 0) + newShare * (sample - (mean ?? 0));

/** A count in which each past one fades with the days since. */
export const counted = (
  kept: Readonly<{ count: number | undefined; countedAt: number | undefined }>,
  at: number,
  memoryDays: number,
): number => {
  const days = kept.countedAt === undefined ? 0 : (at - kept.countedAt) / DAY_MILLISECONDS;
  return (kept.count ?? 0) * Math.exp(-days / memoryDays) + 1;
};

/** Rounded to what is kept, without what has faded to nothing. */
export const asMemory = (kept: Readonly<Kept>): Memory =>
  Object.fromEntries(
    Object.entries(kept)
      .map(([name, value]): [string, number] => [name, Math.round(value * 1_000) / 1_000])
      .filter(([, value]) => value !== 0),
  );
