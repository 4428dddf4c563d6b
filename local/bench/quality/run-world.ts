import { BASELINES } from './baselines.ts';
import { bandOf } from './groups.ts';
import {
  type Dial,
  isUsual,
  learnHome,
  type OurRun,
  type Outcome,
  runOurs,
  SIGNALS,
  type Signals,
} from './ours.ts';
import { isTrueAlert, NOTHING, STAY_MINUTES, score, type Tally, together } from './score.ts';
import { seenFixes } from './seen-fix.ts';
import type { WearerDays } from './world/wearer.ts';

/** A published rule's figures, and the same by where the wearers live. */
export type BaselineRow = Readonly<{ name: string; tally: Tally; bands: Map<string, Tally> }>;

/** Our rule's figures at one dial, with what it said of its own certainty. */
export type OurRow = Readonly<{
  signals: Signals;
  dial: Dial;
  tally: Tally;
  bands: Map<string, Tally>;
  /** Sum of the certainties at which its alerts opened. */
  said: number;
  passes: number;
  falsePasses: number;
}>;

/** Stays of which a fix was received, and those of them that were told or shown within 2 min. */
export type Shown = Readonly<{
  stays: number;
  shown: number;
  undeterminedFixes: number;
  /** Times that the officer was told that nobody could tell for two hours. */
  prompts: number;
}>;

export type WorldResult = Readonly<{
  days: number;
  baselines: readonly BaselineRow[];
  ours: readonly OurRow[];
  fixes: number;
  skipped: Readonly<Record<Signals, number>>;
  shown: Readonly<Record<Signals, Shown>>;
}>;

const addTo = (bands: Map<string, Tally>, band: string, tally: Tally) =>
  new Map(bands).set(band, together(bands.get(band) ?? NOTHING, tally));

const SHOWN_WITHIN_MINUTES = 2;

/** Of the stays with a fix, how many were an alert or undetermined soon after the first. */
const shownOf = (
  wearer: WearerDays,
  outcome: Outcome | undefined,
  { undetermined, prompts }: OurRun,
): Shown => {
  const seen = seenFixes(wearer);
  const stays = wearer.inside.flatMap((stay) => {
    if (stay.toMinute - stay.fromMinute < STAY_MINUTES) return [];
    const first = seen.find(
      ({ minute, depthMetres }) =>
        depthMetres > 0 && minute >= stay.fromMinute && minute <= stay.toMinute,
    );
    return first === undefined ? [] : [first.minute];
  });
  const isShown = (minute: number): boolean => {
    const until = minute + SHOWN_WITHIN_MINUTES;
    const isTold = outcome?.alerts.some((a) => a.fromMinute <= until && a.toMinute >= minute);
    return isTold === true || [...undetermined].some((m) => m >= minute && m <= until);
  };
  const shown = stays.filter(isShown).length;
  return { stays: stays.length, shown, undeterminedFixes: undetermined.size, prompts };
};

const addShown = (a: Shown, b: Shown): Shown => ({
  stays: a.stays + b.stays,
  shown: a.shown + b.shown,
  undeterminedFixes: a.undeterminedFixes + b.undeterminedFixes,
  prompts: a.prompts + b.prompts,
});

const addOurs = (row: OurRow | undefined, outcome: Outcome, of: Of): OurRow => {
  const { wearer, signals } = of;
  const tally = score(outcome.alerts, wearer);
  const before = row ?? {
    ...{ signals, dial: outcome.dial, tally: NOTHING, bands: new Map<string, Tally>() },
    ...{ said: 0, passes: 0, falsePasses: 0 },
  };
  const falsePasses = outcome.passes.filter((pass) => !isTrueAlert(pass, wearer.inside)).length;
  return {
    ...before,
    tally: together(before.tally, tally),
    bands: addTo(before.bands, bandOf(wearer), tally),
    said: before.said + outcome.certainties.reduce((sum, one) => sum + one, 0),
    passes: before.passes + outcome.passes.length,
    falsePasses: before.falsePasses + falsePasses,
  };
};
type Of = Readonly<{ wearer: WearerDays; signals: Signals }>;

const NO_STAYS: Shown = { stays: 0, shown: 0, undeterminedFixes: 0, prompts: 0 };
const bySignals = <T>(value: T): Record<Signals, T> => ({
  positions: value,
  'with motion': value,
  'with motion and home unit': value,
});

/** Runs every rule over the same wearers, one after another. */
export const runWorld = (wearers: Iterable<WearerDays>): WorldResult => {
  const baselines = new Map<string, BaselineRow>();
  const ours = new Map<string, OurRow>();
  const [skipped, shown] = [bySignals(0), bySignals(NO_STAYS)];
  let [days, fixes] = [0, 0];
  for (const wearer of wearers) {
    days += wearer.days;
    fixes += wearer.fixes.length;
    const seen = seenFixes(wearer);
    const home = learnHome(wearer);
    for (const { name, alerts } of BASELINES) {
      const tally = score(alerts(seen), wearer);
      const { tally: all, bands } = baselines.get(name) ?? { tally: NOTHING, bands: new Map() };
      const row = { name, tally: together(all, tally), bands: addTo(bands, bandOf(wearer), tally) };
      baselines.set(name, row);
    }
    for (const signals of SIGNALS) {
      const run = runOurs(home, signals);
      skipped[signals] += run.skipped;
      for (const outcome of run.outcomes) {
        const key = `${signals} ${JSON.stringify(outcome.dial)}`;
        ours.set(key, addOurs(ours.get(key), outcome, { wearer, signals }));
      }
      const usual = run.outcomes.find(({ dial }) => isUsual(dial));
      shown[signals] = addShown(shown[signals], shownOf(wearer, usual, run));
    }
  }
  const rows = { baselines: [...baselines.values()], ours: [...ours.values()] };
  return { days, ...rows, fixes, skipped, shown };
};
