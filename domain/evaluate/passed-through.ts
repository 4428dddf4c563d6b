import * as z from 'zod';
import { distanceMetres } from '../geo/plane.ts';
import { type Position, position } from '../geo/position.ts';
import { depthIn, wayIn } from '../geo/zone-or-list.ts';
import type { Fix } from '../model/device-event.ts';
import { type Instant, instant, secondsBetween } from '../model/instant.ts';
import type { Condition } from '../model/order.ts';
import type { Core } from './core.ts';
import { CLOSING_PROBABILITY } from './position/constants.ts';
import { normalShare, sigmaMetres } from './position/likelihood.ts';
import type { Memory, Past, Seen } from './rule.ts';

/** What a way between two fixes must be like before it is held against anybody. */
export const passingThresholds = z.object({
  /** Probability from which the way is said to lead through the zone; 1: never. */
  passedCertainty: z.number().min(0.5).max(1),
  /** Fixes further apart in time say nothing of the way between them. */
  passedGapSeconds: z.number().int().min(0).max(900),
  /** Nobody went faster than this: one of the two fixes is wrong. */
  passedSpeedMps: z.number().min(5).max(100),
  /** A line that leads less deep than so many deviations of its two ends cuts off a corner. */
  passedDepthDeviations: z.number().min(1).max(10),
  /** How much somebody's pace varies from one gap to the next, as a share: one deviation. */
  passedPaceShare: z.number().min(0.05).max(1),
});
type PassingThresholds = z.infer<typeof passingThresholds>;

export const USUAL_PASSING: PassingThresholds = {
  passedCertainty: 0.7,
  passedGapSeconds: 300,
  passedSpeedMps: 55,
  passedDepthDeviations: 2,
  passedPaceShare: 0.2,
};
export const BASIS_OF_PASSING: Readonly<Record<keyof PassingThresholds, string>> = {
  passedCertainty: 'our choice: lower than for a stay, and told less gravely; a line is no route',
  passedGapSeconds: 'a gap of more than five minutes is missing data (MoJ map help)',
  passedSpeedMps: 'about 200 km/h: faster than any road or local train',
  passedDepthDeviations: 'our choice: the error of both ends together explains less in 95 of 100',
  passedPaceShare:
    'our choice: whoever went round a corner went further than the line, and so seems slower',
};

type Asked = Seen<Condition, PassingThresholds & Readonly<Record<string, number>>>;
type From = NonNullable<Core['lastFix']>;

/** A line through the zone, and the least way round what it cuts off. */
type Line = Readonly<{ lengthMetres: number; roundMetres: number; deviationMetres: number }>;

/** A way that led through, until the next fix bears it out: a stray fix and its return do not. */
const asMemory = (from: From, to: Fix, { roundMetres, deviationMetres }: Line): Memory => ({
  ...{ fromAt: from.at, fromLat: from.lat, fromLon: from.lon },
  ...{ toAt: to.recordedAt, toLat: to.lat, toLon: to.lon },
  ...{ roundMetres, deviationMetres },
});

const spotIn = (memory: Memory, end: 'from' | 'to'): Position =>
  position(memory[`${end}Lat`] ?? 0, memory[`${end}Lon`] ?? 0);

const instantIn = (memory: Memory, end: 'from' | 'to'): Instant => instant(memory[`${end}At`] ?? 0);

/**
 * The probability that somebody who would have come so far in the time, more or less, cannot have
 * gone round.
 */
const certaintyAt = (
  reachMetres: number,
  { roundMetres, deviationMetres }: Omit<Line, 'lengthMetres'>,
  { passedPaceShare }: PassingThresholds,
): number => {
  const spread = Math.hypot(passedPaceShare * reachMetres, deviationMetres);
  return normalShare((roundMetres - reachMetres) / spread);
};

/**
 * How sure a way is once the next fix is there. It bears the way out where the wearer goes on, away
 * from where it began, and at a pace that is not another: how far they would have come at that pace
 * says whether they had time to go round. Else 0: nothing is known of the pace.
 */
const borneOut = (memory: Memory, next: Fix, thresholds: PassingThresholds): number => {
  const [from, to] = [spotIn(memory, 'from'), spotIn(memory, 'to')];
  const seconds = secondsBetween(instantIn(memory, 'to'), next.recordedAt);
  const onMetres = distanceMetres(to, next);
  const goesOn = onMetres < distanceMetres(from, next);
  if (seconds <= 0 || seconds > thresholds.passedGapSeconds || !goesOn) return 0;
  const lengthMetres = distanceMetres(from, to);
  const gapSeconds = secondsBetween(instantIn(memory, 'from'), instantIn(memory, 'to'));
  const reachMetres = (onMetres / seconds) * gapSeconds;
  if (reachMetres < (1 - thresholds.passedPaceShare) * lengthMetres) return 0;
  const { roundMetres = 0, deviationMetres = 0 } = memory;
  const line = { roundMetres, deviationMetres };
  return certaintyAt(Math.max(reachMetres, lengthMetres), line, thresholds);
};

const pastOf = (memory: Memory, certainty: number): Past => ({
  ...{ reason: 'passed-through', certainty },
  ...{ since: instantIn(memory, 'from'), until: instantIn(memory, 'to') },
});

/**
 * The least way from one end of a line to the other that keeps out of the zone: where the line is
 * deepest a circle of that depth lies in the zone, and the way leads round it. It is shortest where
 * that is in the middle of the line.
 */
const roundMetresOf = (lengthMetres: number, depthMetres: number): number => {
  const half = lengthMetres / 2;
  const radius = Math.min(depthMetres, half);
  return 2 * (Math.sqrt(half ** 2 - radius ** 2) + radius * Math.asin(radius / half));
};

/** The line between two fixes, where it leads through the zone deep enough to say so. */
const lineThrough = (seen: Asked, from: From, to: Fix): Line | null => {
  const { question, thresholds } = seen.watch;
  const lengthMetres = distanceMetres(from, to);
  const seconds = secondsBetween(from.at, to.recordedAt);
  const { passedGapSeconds, passedSpeedMps, passedDepthDeviations } = thresholds;
  if (seconds > passedGapSeconds || lengthMetres > seconds * passedSpeedMps) return null;
  const zone = question?.zone ?? null;
  // No way goes deeper into a zone than half of what it is long beyond both ends' clearance.
  if (zone === null || depthIn(zone, to) + lengthMetres < 0) return null;
  const outside = [from, to].map((end) => -depthIn(zone, end));
  if (outside.some((clear) => clear < 0)) return null;
  if (outside.reduce((sum, clear) => sum + clear, 0) > lengthMetres) return null;
  const { deepestMetres } = wayIn(zone, from, to);
  const deviationMetres = Math.hypot(from.sigmaMetres, sigmaMetres(to));
  if (deepestMetres < passedDepthDeviations * deviationMetres) return null;
  return { lengthMetres, roundMetres: roundMetresOf(lengthMetres, deepestMetres), deviationMetres };
};

/** Whether the rule had been asked about both ends: neither before its hours nor its order. */
const isWatchedSince = ({ core, watch }: Asked, from: From, startAt: number): boolean =>
  from.at >= startAt && from.at >= (core.watches[watch.watchId]?.validFrom ?? 0);

/** A way through that ends with this fix, to be borne out by the next; nothing where none does. */
const wayThrough = (seen: Asked, to: Fix, startAt: number): Memory => {
  const { cameFrom, believed, watch } = seen;
  const isAtHome = believed.home > CLOSING_PROBABILITY || to.motion === 'still';
  if (cameFrom === null || isAtHome || !isWatchedSince(seen, cameFrom, startAt)) return {};
  const line = lineThrough(seen, cameFrom, to);
  if (line === null) return {};
  const most = certaintyAt(line.lengthMetres, line, watch.thresholds);
  return most < watch.thresholds.passedCertainty ? {} : asMemory(cameFrom, to, line);
};

/**
 * Follows the ways between fixes: what to remember, and a way through that has been borne out.
 * `startAt` is when the hours began; null while the wearer is not clear of the zone, for then the
 * fixes themselves tell.
 */
export const watchWays = (
  seen: Asked,
  startAt: number | null,
): Readonly<{ memory: Memory; past?: Past; rests?: boolean }> => {
  const { input, memory, watch } = seen;
  if (startAt === null) return { memory: {} };
  const isWaiting = memory.toAt !== undefined;
  if (input?.kind !== 'fix' || input.source === 'cell') {
    return { memory, ...(isWaiting ? { rests: false } : {}) };
  }
  const certainty = isWaiting ? borneOut(memory, input, watch.thresholds) : 0;
  const isThrough = isWaiting && certainty >= watch.thresholds.passedCertainty;
  const next = isWaiting && !isThrough ? {} : wayThrough(seen, input, startAt);
  return {
    memory: next,
    ...(isThrough ? { past: pastOf(memory, certainty) } : {}),
    ...(next.toAt === undefined ? {} : { rests: false }),
  };
};
