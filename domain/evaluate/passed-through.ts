import * as z from 'zod';
import { distanceMetres } from '../geo/plane.ts';
import { type Position, position } from '../geo/position.ts';
import { depthIn, wayIn } from '../geo/zone-or-list.ts';
import type { Fix } from '../model/device-event.ts';
import { instant, secondsBetween } from '../model/instant.ts';
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
  /** How far a way bends off the straight line, as a share of its length: one deviation. */
  passedBendShare: z.number().min(0).max(1),
});
type PassingThresholds = z.infer<typeof passingThresholds>;

export const USUAL_PASSING: PassingThresholds = {
  passedCertainty: 0.7,
  passedGapSeconds: 300,
  passedSpeedMps: 55,
  passedBendShare: 0.15,
};
export const BASIS_OF_PASSING: Readonly<Record<keyof PassingThresholds, string>> = {
  passedCertainty: 'our choice: lower than for a stay, and told less gravely; a line is no route',
  passedGapSeconds: 'a gap of more than five minutes is missing data (MoJ map help)',
  passedSpeedMps: 'about 200 km/h: faster than any road or local train',
  passedBendShare:
    'our choice: a road bends off the straight line by about a seventh of its length',
};

type Asked = Seen<Condition, PassingThresholds & Readonly<Record<string, number>>>;
type From = NonNullable<Core['lastFix']>;

/** A way that led through, until the next fix bears it out: a stray fix and its return do not. */
const asMemory = (from: From, to: Fix, certainty: number): Memory => ({
  ...{ fromAt: from.at, fromLat: from.lat, fromLon: from.lon },
  ...{ toAt: to.recordedAt, toLat: to.lat, toLon: to.lon, certainty },
});

const spotIn = (memory: Memory, end: 'from' | 'to'): Position =>
  position(memory[`${end}Lat`] ?? 0, memory[`${end}Lon`] ?? 0);

/** Whether the next fix bears a way out: the wearer is nearer to where it led than to its start. */
const isBorneOut = (memory: Memory, next: Fix, { passedGapSeconds }: PassingThresholds): boolean =>
  secondsBetween(instant(memory.toAt ?? 0), next.recordedAt) <= passedGapSeconds &&
  distanceMetres(spotIn(memory, 'to'), next) < distanceMetres(spotIn(memory, 'from'), next);

const pastOf = ({ fromAt = 0, toAt = 0, certainty = 0 }: Memory): Past => ({
  ...{ reason: 'passed-through', certainty },
  ...{ since: instant(fromAt), until: instant(toAt) },
});

/**
 * The probability that a way led through the zone: the line goes so deep into it, and both fixes
 * and the way itself lie off the line by some deviation, taken as normal.
 */
const certaintyOf = (seen: Asked, from: From, to: Fix): number => {
  const { question, thresholds } = seen.watch;
  const metres = distanceMetres(from, to);
  const seconds = secondsBetween(from.at, to.recordedAt);
  const { passedGapSeconds, passedSpeedMps, passedBendShare } = thresholds;
  if (seconds > passedGapSeconds || metres > seconds * passedSpeedMps) return 0;
  const zone = question?.zone ?? null;
  // No way goes deeper into a zone than half of what it is long beyond both ends' clearance.
  if (zone === null || depthIn(zone, to) + metres < 0) return 0;
  const outside = [from, to].map((end) => -depthIn(zone, end));
  if (outside.some((clear) => clear < 0)) return 0;
  if (outside.reduce((sum, clear) => sum + clear, 0) > metres) return 0;
  const { deepestMetres } = wayIn(zone, from, to);
  const deviation = Math.hypot(from.sigmaMetres, sigmaMetres(to), passedBendShare * metres);
  return deepestMetres <= 0 ? 0 : normalShare(deepestMetres / deviation);
};

/** Whether the rule had been asked about both ends: neither before its hours nor its order. */
const isWatchedSince = ({ core, watch }: Asked, from: From, startAt: number): boolean =>
  from.at >= startAt && from.at >= (core.watches[watch.watchId]?.validFrom ?? 0);

/** A way through that ends with this fix, to be borne out by the next; nothing where none does. */
const wayThrough = (seen: Asked, to: Fix, startAt: number): Memory => {
  const { cameFrom, believed, watch } = seen;
  const isAtHome = believed.home > CLOSING_PROBABILITY || to.motion === 'still';
  if (cameFrom === null || isAtHome || !isWatchedSince(seen, cameFrom, startAt)) return {};
  const certainty = certaintyOf(seen, cameFrom, to);
  return certainty < watch.thresholds.passedCertainty ? {} : asMemory(cameFrom, to, certainty);
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
  const isThrough = isWaiting && isBorneOut(memory, input, watch.thresholds);
  const next = isWaiting && !isThrough ? {} : wayThrough(seen, input, startAt);
  return {
    memory: next,
    ...(isThrough ? { past: pastOf(memory) } : {}),
    ...(next.toAt === undefined ? {} : { rests: false }),
  };
};
