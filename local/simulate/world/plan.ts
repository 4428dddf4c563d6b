import type { Dice } from '../engine/dice.ts';
import { dice as diceOf } from '../engine/dice.ts';
import type { Climate } from '../engine/weather.ts';
import { drawHappenings, type Happening } from './happenings.ts';
import { drawOffice, type Office } from './office.ts';

/** What of the timers is cut off for the whole of a world: never both, for then nothing is left. */
export type Cut = Readonly<{ timers: boolean; sweeps: boolean }>;

/** Everything that a seed stands for; the same seed, the same world. */
export type Plan = Readonly<{
  seed: number;
  startAt: number;
  /** Until then things may go wrong. */
  stormUntil: number;
  endAt: number;
  climate: Climate;
  cut: Cut;
  /** Whether the auditor and the canary look on, and functions may be down for a while. */
  isWatched: boolean;
  office: Office;
  happenings: readonly Happening[];
}>;

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const FIRST_DAY = Date.UTC(2026, 0, 1);
/** After the last fault everything must come to rest, and go on as it should for so long. */
const CALM_HOURS = 1.5;

const CLIMATES: readonly Climate[] = [
  { calls: 0, deliveries: 0, deploysADay: 0 },
  { calls: 0.01, deliveries: 0.05, deploysADay: 4 },
  { calls: 0.03, deliveries: 0.1, deploysADay: 12 },
  { calls: 0.08, deliveries: 0.2, deploysADay: 24 },
];

const NO_CUT: Cut = { timers: false, sweeps: false };

/** Without the sweep nothing makes good what is lost: then nothing else goes wrong. */
const drawCut = (dice: Dice, { calls }: Climate): Cut => {
  if (dice.happens(0.15)) return { timers: true, sweeps: false };
  return calls === 0 && dice.happens(0.2) ? { timers: false, sweeps: true } : NO_CUT;
};

/** An instant of the year, now and then on the eve of a change of clocks. */
const drawStart = (dice: Dice): number => {
  const eves = [Date.UTC(2026, 2, 28, 18), Date.UTC(2026, 9, 24, 18), Date.UTC(2026, 2, 7, 18)];
  const at = dice.happens(0.3) ? dice.pick(eves) : FIRST_DAY + dice.below(360) * DAY;
  return at + dice.below(6 * HOUR);
};

export const planOf = (seed: number): Plan => {
  const dice = diceOf(seed).named('plan');
  const startAt = drawStart(dice);
  const hours = dice.pick([1, 1, 2, 2, 2, 3, 3, 4, 6, 26]);
  const stormUntil = startAt + hours * HOUR;
  const office = drawOffice(dice.named('office'), startAt);
  const climate = dice.pick(CLIMATES);
  const cut = drawCut(dice, climate);
  // A feed that sends twice and never again is found silent, and rightly so.
  const mayBeWatched = hours === 1 && office.liveIds.length === 0 && !cut.timers && !cut.sweeps;
  const isWatched = mayBeWatched && dice.happens(0.3);
  const span = { startAt, stormUntil, deploysADay: climate.deploysADay, isWatched };
  return {
    ...{ seed, startAt, stormUntil, climate, office },
    endAt: stormUntil + CALM_HOURS * HOUR,
    ...{ cut, isWatched },
    happenings: drawHappenings(dice.named('happenings'), span, office),
  };
};
