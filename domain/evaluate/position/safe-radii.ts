import { distanceMetres } from '../../geo/plane.ts';
import { ACCURACY_BINS_METRES } from './accuracy-bins.ts';
import type { Hypothesis } from './hypotheses.ts';
import { fromPlacesMetres, type Question } from './question.ts';
import {
  bounds,
  classAt,
  type FixClass,
  type Flags,
  FURTHEST_CLEARANCE_METRES,
} from './safe-bounds.ts';
import { clearanceAt, type Spot } from './safe-region.ts';

/** A plane's distances agree with each other to far less than this over so short a way. */
export const DISC_ERROR_METRES = 1;
const WIDEST_DISC_METRES = 2_000;

const radiusOfClass = (
  question: Question,
  fixClass: FixClass,
  at: Spot & Readonly<{ settled: Hypothesis }>,
): number => {
  const bound = bounds(question, fixClass);
  const from = question.places.map((place) => distanceMetres(place, at.centre));
  if (at.settled === 'home') {
    return Math.max(...from.map((metres, i) => (bound.homeRadii[i] ?? -Infinity) - metres));
  }
  const clear = clearanceAt(question, at) - bound.zoneMargin;
  return from.reduce((least, m, i) => Math.min(least, m - (bound.placeMargins[i] ?? 0)), clear);
};

/**
 * For each accuracy bin, the metres round a spot within which every fix with these flags is certain
 * to leave a settled belief unchanged; 0 or less where there are none.
 */
export const safeRadiiMetres = (
  question: Question,
  settled: Hypothesis,
  at: Spot & Readonly<{ flags: Flags }>,
): number[] =>
  ACCURACY_BINS_METRES.map((_, bin) => {
    const fixClass = classAt(at.flags, bin);
    if (fixClass === null || settled === 'inside') return 0;
    const radius = radiusOfClass(question, fixClass, { ...at, settled });
    return Math.min(WIDEST_DISC_METRES, radius) - DISC_ERROR_METRES;
  });

/**
 * The same for cell positions, which are as coarse as they say: they must lie within three
 * deviations less `fromHomeMetres`, and so many short of `clearMetres`. Null: no such bound.
 */
export type CoarseBounds = Readonly<{ fromHomeMetres: number | null; clearMetres: number | null }>;

export const coarseBounds = (question: Question, settled: Hypothesis, at: Spot): CoarseBounds => {
  const fromPlace = Math.min(fromPlacesMetres(question, at.centre), FURTHEST_CLEARANCE_METRES);
  if (settled === 'home') {
    return { fromHomeMetres: fromPlace + DISC_ERROR_METRES, clearMetres: null };
  }
  const clear = Math.min(fromPlace, clearanceAt(question, at));
  return { fromHomeMetres: null, clearMetres: clear - DISC_ERROR_METRES };
};
