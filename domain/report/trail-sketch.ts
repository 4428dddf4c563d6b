import { depthMetres, type Question } from '../evaluate/position/question.ts';
import { distanceMetres } from '../geo/plane.ts';
import type { DeviceEvent, Fix } from '../model/device-event.ts';
import { type Instant, secondsBetween } from '../model/instant.ts';
import type { ReportPeriod } from './asked-report.ts';
import { GAP_SECONDS } from './trail-digest.ts';
import { gatherStays, type Stay } from './trail-stays.ts';

/** Fixes that followed each other without a gap, as far as they are drawn. */
export type Stretch = Readonly<{
  fromAt: Instant;
  untilAt: Instant;
  fixes: number;
  /** The first and the last always; no fix lies further from those before it than is said. */
  points: readonly Fix[];
  /** The fix before it, more than five minutes earlier; null: the first of the window. */
  after: Fix | null;
}>;

/** What of a trail is drawn, whatever its length. */
export type Sketch = Readonly<{
  window: ReportPeriod;
  /** Fixes of the window that a line may be drawn through. */
  fixes: number;
  /** Fixes by the cell alone, kilometres wide: counted, and never drawn. */
  cellFixes: number;
  stretches: readonly Stretch[];
  /** Stretches left out for their number; stays within them are drawn. */
  leftOut: number;
  /** Each fix lies within so many metres of a point of its stretch; 0: each is a point. */
  withinMetres: number;
  stays: readonly Stay[];
  /** What else was heard, in order, as far as there is room. */
  heard: readonly DeviceEvent[];
  /** Fixes that were asked for by their instants. */
  wanted: readonly Fix[];
}>;

/** Bounds of one picture, so that a year fits a page: points of lines, stretches, other events. */
export const MOST_POINTS = 400;
export const MOST_STRETCHES = 40;
const MOST_HEARD = 40;
const FIRST_STEP_METRES = 5;

type OpenStretch = { after: Fix | null; last: Fix; fixes: number; points: Fix[] };

const pointsOf = ({ points, last }: OpenStretch): Fix[] =>
  points.at(-1) === last ? points : [...points, last];

const thinned = (points: readonly Fix[], stepMetres: number): Fix[] => {
  const kept: Fix[] = [];
  for (const point of points) {
    const before = kept.at(-1);
    if (before === undefined || distanceMetres(before, point) > stepMetres) kept.push(point);
  }
  return kept;
};

/** Draws lines through fixes that follow each other, with so few points as there is room for. */
const drawStretches = () => {
  const stretches: OpenStretch[] = [];
  let [stepMetres, points, leftOut] = [0, 0, 0];

  const dropSmallest = (): void => {
    const closed = stretches.slice(0, -1);
    const least = Math.min(...closed.map(({ fixes }) => fixes));
    const [dropped] = stretches.splice(
      closed.findIndex(({ fixes }) => fixes === least),
      1,
    );
    points -= dropped?.points.length ?? 0;
    leftOut += 1;
  };

  const thin = (): void => {
    while (points > MOST_POINTS) {
      stepMetres = stepMetres === 0 ? FIRST_STEP_METRES : 2 * stepMetres;
      for (const one of stretches) one.points = thinned(one.points, stepMetres);
      points = stretches.reduce((sum, one) => sum + one.points.length, 0);
    }
  };

  /** Says whether it begins a stretch. */
  const add = (fix: Fix): boolean => {
    const open = stretches.at(-1);
    const isNew =
      open === undefined || secondsBetween(open.last.recordedAt, fix.recordedAt) > GAP_SECONDS;
    if (isNew) {
      stretches.push({ after: open?.last ?? null, last: fix, fixes: 1, points: [fix] });
      points += 1;
      if (stretches.length > MOST_STRETCHES) dropSmallest();
    } else {
      open.last = fix;
      open.fixes += 1;
      const before = open.points.at(-1);
      if (before === undefined || distanceMetres(before, fix) > stepMetres || stepMetres === 0) {
        open.points.push(fix);
        points += 1;
      }
    }
    thin();
    return isNew;
  };

  const end = () => ({
    leftOut,
    // What was thinned several times lies within the sum of the steps: less than twice the last.
    withinMetres: 2 * stepMetres,
    stretches: stretches.map(
      (one): Stretch => ({
        fromAt: one.points[0]?.recordedAt ?? one.last.recordedAt,
        untilAt: one.last.recordedAt,
        ...{ fixes: one.fixes, points: pointsOf(one), after: one.after },
      }),
    ),
  });
  return { add, end };
};

/** What a window is looked through for. */
export type Looked = Readonly<{
  window: ReportPeriod;
  /** What the rule asked of a position; null: it asked nothing of one. */
  question: Question | null;
  wantedAt: ReadonlySet<Instant>;
}>;

/**
 * Sketches a stretch of a trail while it is read, in the order of time. However long it is, few
 * points are kept, no line leads over a gap, and no stay inside what was asked about is left out.
 */
export const sketchTrail = ({ window, question, wantedAt }: Looked) => {
  const lines = drawStretches();
  const stays = gatherStays();
  const heard: DeviceEvent[] = [];
  const wanted: Fix[] = [];
  let [fixes, cellFixes] = [0, 0];

  const addFix = (fix: Fix): void => {
    if (wantedAt.has(fix.recordedAt)) wanted.push(fix);
    if (fix.source === 'cell') {
      cellFixes += 1;
      return;
    }
    fixes += 1;
    if (lines.add(fix)) stays.close();
    const depth = question === null ? -1 : depthMetres(question, fix);
    if (depth >= 0) stays.add(fix, depth);
    else stays.close();
  };

  const add = (event: DeviceEvent): void => {
    if (event.recordedAt < window.fromAt || event.recordedAt >= window.untilAt) return;
    if (event.kind === 'fix') addFix(event);
    else if (heard.length < MOST_HEARD) heard.push(event);
  };

  const end = (): Sketch => ({
    ...{ window, fixes, cellFixes, heard, wanted },
    ...{ ...lines.end(), stays: stays.end() },
  });
  return { add, end };
};
