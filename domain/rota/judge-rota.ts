import type { Instant } from '../model/instant.ts';
import type { Rota } from '../model/rota.ts';
import { layerProblems } from './layer-problems.ts';
import { overrideProblems } from './override-problems.ts';
import { inWords, type RotaProblem } from './problem.ts';
import { shiftProblems } from './shift-problems.ts';
import { GAP_WEEKS, gapHorizon, gapsOf } from './shifts-between.ts';
import type { HolidayDates, Stretch } from './stretch.ts';

type Situation = Readonly<{ now: Instant; holidays: HolidayDates }>;

/** What is wrong with a rota that takes the place of another, its gaps apart. */
export const rotaProblems = (
  rota: Rota,
  before: Rota | null,
  situation: Situation,
): RotaProblem[] => {
  const ofLayers = layerProblems(rota);
  // Turns that overlap say nothing of who is on call, which overrides are held against.
  if (ofLayers.length > 0) return ofLayers;
  return [...shiftProblems(rota), ...overrideProblems(rota, before, situation)];
};

/** The gaps of the weeks ahead. */
export const gapsAhead = (rota: Rota, { now, holidays }: Situation): Stretch[] =>
  gapsOf(rota, gapHorizon(now), holidays);

const beyond = (gaps: readonly Stretch[], known: readonly Stretch[]): Stretch[] =>
  gaps.filter((gap) => !known.some((one) => one.startAt <= gap.startAt && gap.endAt <= one.endAt));

/** The gaps that a change of a rota opens, or makes longer; what was open before is not told. */
export const gapsOpened = (rota: Rota, before: Rota, situation: Situation): Stretch[] =>
  beyond(gapsAhead(rota, situation), gapsAhead(before, situation));

const MOST_GAPS_TOLD = 20;

/** Each gap as a reason to refuse a rota. */
export const gapProblems = (gaps: readonly Stretch[]): RotaProblem[] => {
  const told = gaps.slice(0, MOST_GAPS_TOLD).map((gap): RotaProblem => {
    const message =
      `nobody is on call ${inWords(gap)}: fill it, say who covers otherwise, or send force with ` +
      `by and reason; gaps of the next ${GAP_WEEKS} weeks are not taken by themselves`;
    return { code: 'gap', path: 'otherwise', message };
  });
  const left = gaps.length - told.length;
  if (left <= 0) return told;
  return [...told, { code: 'gap', path: 'otherwise', message: `and ${left} more such gaps` }];
};

/** The gaps that other holidays open in a rota. */
export const gapsOpenedBy = (
  rota: Rota,
  { now, before, after }: Readonly<{ now: Instant; before: HolidayDates; after: HolidayDates }>,
): Stretch[] =>
  beyond(gapsAhead(rota, { now, holidays: after }), gapsAhead(rota, { now, holidays: before }));
