import type { Signals } from './ours.ts';
import type { OurRow, WorldResult } from './run-world.ts';
import { falsePerMonth, missedShare, quantile, type Tally } from './score.ts';

/** The rule at its best against one published rule: at no more misses, at most a fix later. */
export type Comparison = Readonly<{
  baseline: string;
  /** How many times fewer false alerts; null where no dial misses so little so soon. */
  timesFewer: number | null;
  /** The comparison is against a single false alert or none: at least so many times. */
  isAtLeast: boolean;
  dial: OurRow['dial'] | null;
}>;

const FIX_MINUTES = 1;

/** Where nobody ever went in there is nothing to miss, and nothing to be late for. */
const isAsGood = (ours: Tally, theirs: Tally): boolean =>
  theirs.stays === 0 ||
  (missedShare(ours) <= missedShare(theirs) &&
    quantile(ours.delays, 0.5) <= quantile(theirs.delays, 0.5) + FIX_MINUTES);

/** Compares our rule with each published one, whichever dial is the best for it. */
export const compare = ({ baselines, ours }: WorldResult, signals: Signals): Comparison[] =>
  baselines.map(({ name, tally }) => {
    const fit = ours.filter((row) => row.signals === signals && isAsGood(row.tally, tally));
    const best = (tally.falseAlerts === 0 ? [] : fit).reduce<OurRow | null>(
      (least, row) =>
        least === null || row.tally.falseAlerts < least.tally.falseAlerts ? row : least,
      null,
    );
    if (best === null) return { baseline: name, timesFewer: null, isAtLeast: false, dial: null };
    // Of none at all nothing can be said but that they are fewer than one.
    const least = Math.max(1, best.tally.falseAlerts) / best.tally.days;
    const timesFewer =
      falsePerMonth(tally) / falsePerMonth({ ...tally, falseAlerts: least * tally.days });
    return {
      baseline: name,
      timesFewer,
      isAtLeast: best.tally.falseAlerts === 0,
      dial: best.dial,
    };
  });
