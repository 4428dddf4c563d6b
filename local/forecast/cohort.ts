import { type Conduct, LOOK_AHEAD_DAYS, LOOK_BACK_DAYS } from '#domain/forecast/features.ts';
import { between, chance, normal } from '../worlds/chance.ts';

/**
 * What a simulated cohort is made by. None of it was estimated from people: every number is an
 * assumption of ours, chosen so that cohorts differ as agencies may.
 */
export type Assumptions = Readonly<{
  /** Log-odds of a violation on a usual day of a usual person, and how people differ in it. */
  meanLogit: number;
  betweenSd: number;
  /** Life gets harder and easier: what a day's state keeps of the day before, and what is new. */
  keeps: number;
  driftSd: number;
  /** A day on which life breaks down (a job lost, somebody ill), and by how much. */
  shockChance: number;
  shock: number;
  /** The first weeks of an order are harder. */
  beginning: number;
  /** A violation makes the next one likelier, for some days. */
  contagion: number;
  /** How much of somebody's state shows in small signs: late checks, charging, late returns. */
  shows: number;
  /** Days of which nothing is heard. */
  darkChance: number;
}>;

export const USUAL: Assumptions = {
  ...{ meanLogit: -4.4, betweenSd: 1.1, keeps: 0.94, driftSd: 0.3, shockChance: 0.004, shock: 1.6 },
  ...{ beginning: 0.7, contagion: 0.9, shows: 0.8, darkChance: 0.03 },
};

/** Cohorts that are not as the one that was learned from. */
export const SHIFTED: Readonly<Record<string, Assumptions>> = {
  'calmer people': { ...USUAL, meanLogit: USUAL.meanLogit - 1 },
  'people in harder straits': { ...USUAL, meanLogit: USUAL.meanLogit + 1 },
  'lives that change suddenly': { ...USUAL, shockChance: 0.02, keeps: 0.85, betweenSd: 0.5 },
  'people whose small signs say nothing': { ...USUAL, shows: 0 },
  'devices that are heard on six days of ten': { ...USUAL, darkChance: 0.4 },
};

const DAYS = 180;
const sigmoid = (logit: number): number => 1 / (1 + Math.exp(-logit));

type Lived = Readonly<{
  isDark: boolean;
  isViolation: boolean;
  lateMinutes: number;
  isCheck: boolean;
  isCheckLate: boolean;
  isChargingMissed: boolean;
  isAppointmentMissed: boolean;
}>;

/** One person's days under an order; `seed` and `person` are all that they follow from. */
const liveDays = (by: Assumptions, seed: number, person: number): Lived[] => {
  const own = by.betweenSd * normal(seed, person, 1);
  const carelessness = 0.6 * normal(seed, person, 2);
  let state = 0;
  let stirred = 0;
  return Array.from({ length: DAYS }, (_, day) => {
    const draw = (what: number): number => chance(seed, person, day, what);
    state = by.keeps * state + by.driftSd * normal(seed, person, day, 3);
    if (draw(4) < by.shockChance) state += by.shock;
    stirred *= 0.8;
    const early = by.beginning * Math.exp(-day / 30);
    const isViolation = draw(5) < sigmoid(by.meanLogit + own + state + stirred + early);
    if (isViolation) stirred += by.contagion;
    const sign = by.shows * (own + state) + carelessness;
    const isLate = draw(6) < sigmoid(-3 + sign);
    return {
      ...{ isViolation, isDark: draw(7) < by.darkChance, isCheck: draw(8) < 0.4 },
      lateMinutes: isLate && isViolation ? between(6, 45, seed, person, day, 9) : 0,
      isCheckLate: draw(10) < sigmoid(-2.2 + sign),
      isChargingMissed: draw(11) < sigmoid(-3.2 + sign),
      isAppointmentMissed: day % 7 === 2 && draw(12) < sigmoid(-3.2 + sign),
    };
  });
};

const count = (days: readonly Lived[], holds: (day: Lived) => boolean): number =>
  days.filter(holds).length;

/** The same counts as those that are made of a record, of the days before one. */
const conductBefore = (all: readonly Lived[], day: number): Conduct => {
  const days = all.slice(Math.max(0, day - LOOK_BACK_DAYS), day);
  const seen = days.filter(({ isDark }) => !isDark);
  const week = days.slice(-7);
  const isTold = ({ isDark, isViolation }: Lived): boolean => isViolation && !isDark;
  const late = (some: readonly Lived[]): number =>
    some.filter(isTold).reduce((sum, { lateMinutes }) => sum + lateMinutes, 0);
  const lastTold = days.findLastIndex(isTold);
  return {
    ...{ daysSeen: seen.length, daysSeen7: count(week, ({ isDark }) => !isDark) },
    ...{ violationDays7: count(week, isTold), violationDays28: count(days, isTold) },
    ...{ lateMinutes14: late(days.slice(-14)), lateMinutesBefore: late(days.slice(0, -14)) },
    missedAppointments: count(seen, ({ isAppointmentMissed }) => isAppointmentMissed),
    lateChecks: count(seen, ({ isCheck, isCheckLate }) => isCheck && isCheckLate),
    checks: count(seen, ({ isCheck }) => isCheck),
    missedCharging: count(seen, ({ isChargingMissed }) => isChargingMissed),
    runDays: count(days.slice(lastTold + 1), ({ isDark }) => !isDark),
    daysSinceStart: day,
  };
};

/** What was known of somebody on a day, and whether a violation came in the 14 days after it. */
export type Example = Readonly<{ person: number; conduct: Conduct; happened: boolean }>;

/** Every second week of some people's orders, from the third on. */
export const cohort = (
  by: Assumptions,
  seed: number,
  people: Readonly<{ from: number; to: number }>,
): Example[] =>
  Array.from({ length: people.to - people.from }, (_, i) => people.from + i).flatMap((person) => {
    const days = liveDays(by, seed, person);
    const asked: Example[] = [];
    for (let day = 15; day + LOOK_AHEAD_DAYS <= DAYS; day += LOOK_AHEAD_DAYS) {
      const next = days.slice(day, day + LOOK_AHEAD_DAYS);
      const happened = next.some(({ isViolation }) => isViolation);
      asked.push({ person, conduct: conductBefore(days, day), happened });
    }
    return asked;
  });
