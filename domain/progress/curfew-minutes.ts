import { type ActiveInterval, common, unite } from '../time/interval-sets.ts';
import type { Followed, Found, ProgressFacts, Said } from './facts.ts';
import { isHeldAgainst, stretchOf } from './standing.ts';
import { minutesOf, stretch, within } from './stretches.ts';

/**
 * The minutes of curfews, each in one of four: kept (at home, or out for no longer than the grace),
 * broken, excused afterwards, or unobserved: nothing speaks for either. Permitted ones beside them
 * are no minutes of a curfew. Exact, in minutes of time that passes, whatever clocks show.
 */
export type CurfewMinutes = Readonly<{
  boundMinutes: number;
  keptMinutes: number;
  brokenMinutes: number;
  excusedMinutes: number;
  unobservedMinutes: number;
  permittedMinutes: number;
  /** Of those that the data can speak for, 0 to 1; null where they speak for none. */
  keptShare: number | null;
}>;

const asStretches = (said: readonly Said[]): ActiveInterval[] =>
  unite(said.map(({ startAt, endAt }) => stretch(startAt, endAt)));

/** Whether evidence was there by which an absence is told, and to be told of. */
const isAway = ({ verdict, reason }: Said): boolean =>
  verdict === 'violated' || reason === 'within-grace';

const absencesOf = (followed: Followed, facts: ProgressFacts, counts: (one: Found) => boolean) =>
  unite(
    facts.violations
      .filter(({ conditionId, reason }) => conditionId === followed.conditionId && reasons(reason))
      .filter(counts)
      .map((one) => stretchOf(one, facts.period.toAt))
      .map(({ startAt, endAt }) => stretch(startAt, endAt)),
  );

/** The absences themselves: that minutes have added up is told beside them. */
const reasons = (reason: Found['reason']): boolean => !reason.startsWith('atv-');

const minutesOfOne = (followed: Followed, facts: ProgressFacts): CurfewMinutes => {
  const bound = within(followed.hours, facts.period);
  const inHours = (all: readonly ActiveInterval[]) => common(all, bound);
  const away = inHours(asStretches(followed.said.filter(isAway)));
  const home = inHours(asStretches(followed.said.filter(({ verdict }) => verdict === 'satisfied')));
  const held = absencesOf(followed, facts, isHeldAgainst);
  const found = absencesOf(followed, facts, () => true);
  const boundMinutes = minutesOf(bound);
  const brokenMinutes = minutesOf(common(away, held));
  const excusedMinutes = minutesOf(common(away, found)) - brokenMinutes;
  const outInGrace = followed.said.filter(({ reason }) => reason === 'within-grace');
  const grace = inHours(asStretches(outInGrace));
  const keptMinutes = minutesOf(home) + minutesOf(grace) - minutesOf(common(grace, found));
  return {
    ...{ boundMinutes, keptMinutes, brokenMinutes, excusedMinutes },
    unobservedMinutes: boundMinutes - keptMinutes - brokenMinutes - excusedMinutes,
    permittedMinutes: minutesOf(within(followed.permitted, facts.period)),
    keptShare: shareOf(keptMinutes, brokenMinutes),
  };
};

const shareOf = (kept: number, broken: number): number | null =>
  kept + broken <= 0 ? null : kept / (kept + broken);

const NOTHING: CurfewMinutes = {
  ...{ boundMinutes: 0, keptMinutes: 0, brokenMinutes: 0, excusedMinutes: 0 },
  ...{ unobservedMinutes: 0, permittedMinutes: 0, keptShare: null },
};

/** Of all curfews of a wearer: two that bind at the same minute count it twice. */
export const curfewMinutes = (facts: ProgressFacts): CurfewMinutes =>
  facts.followed
    .filter(({ rule }) => rule === 'curfew-absence')
    .map((followed) => minutesOfOne(followed, facts))
    .reduce((sum, one) => {
      const keptMinutes = sum.keptMinutes + one.keptMinutes;
      const brokenMinutes = sum.brokenMinutes + one.brokenMinutes;
      return {
        ...{ keptMinutes, brokenMinutes, keptShare: shareOf(keptMinutes, brokenMinutes) },
        boundMinutes: sum.boundMinutes + one.boundMinutes,
        excusedMinutes: sum.excusedMinutes + one.excusedMinutes,
        unobservedMinutes: sum.unobservedMinutes + one.unobservedMinutes,
        permittedMinutes: sum.permittedMinutes + one.permittedMinutes,
      };
    }, NOTHING);
