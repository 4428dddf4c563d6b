import * as z from 'zod';
import { distanceMetres } from '../../geo/plane.ts';
import { latitudeSchema, longitudeSchema, type Position } from '../../geo/position.ts';
import type { Fix } from '../../model/device-event.ts';
import { type Instant, instant, instantSchema, secondsBetween } from '../../model/instant.ts';
import { sigmaMetres } from '../position/likelihood.ts';

/** How fast somebody can be, and how many fixes must agree before an impossible one is believed. */
export const plausibilitySchema = z.object({
  fastestMetresPerSecond: z.number().min(10).max(1_000),
  flightMetresPerSecond: z.number().min(10).max(1_000),
  slackMetres: z.number().min(0).max(100_000),
  agreeingFixes: z.number().int().min(2).max(10),
  alertFixes: z.number().int().min(2).max(10),
  windowSeconds: z.number().int().min(600).max(86_400),
});
export type Plausibility = z.infer<typeof plausibilitySchema>;

const spotSchema = z.object({ at: instantSchema, lat: latitudeSchema, lon: longitudeSchema });

/** What is remembered of fixes that cannot be true beside the last one that was believed. */
export const movementSchema = z.object({
  /** Nothing has agreed yet with the fix that is believed: it may be the wrong one itself. */
  isLone: z.boolean(),
  /** The other place that fixes speak of, by the last of them, and how many have agreed on it. */
  other: spotSchema.extend({ fixes: z.number().int(), canBeFlown: z.boolean() }).nullable(),
  /** When fixes were set aside: the last few. */
  asideAt: z.array(instantSchema),
});
export type Movement = z.infer<typeof movementSchema>;

type Spot = Position & Readonly<{ at: Instant; sigmaMetres?: number }>;

/** So many deviations of both fixes are their error, and no way that was gone. */
const ERROR_SIGMAS = 3;

/** Whether somebody can have come from a spot to a fix at a speed, metres a second. */
const isWithin = (from: Spot, fix: Fix, by: Readonly<{ mps: number; slackMetres: number }>) => {
  const errorMetres = ERROR_SIGMAS * ((from.sigmaMetres ?? 0) + sigmaMetres(fix));
  const seconds = Math.max(0, secondsBetween(from.at, fix.recordedAt));
  return distanceMetres(from, fix) <= by.slackMetres + errorMetres + by.mps * seconds;
};

/** What of the thresholds tells a fix that is plausible; kept where the orders are not read. */
export type Reach = Pick<Plausibility, 'fastestMetresPerSecond' | 'slackMetres'>;

/** Whether somebody can have gone from the last fix to this one. A cell position tells nothing. */
export const isReachable = (from: Spot | null, fix: Fix, by: Reach): boolean =>
  fix.source === 'cell' ||
  from === null ||
  isWithin(from, fix, { mps: by.fastestMetresPerSecond, slackMetres: by.slackMetres });

/** Nothing is under question: a plausible fix leaves this as it is. */
export const isAtRest = (movement: Movement | null): boolean =>
  movement === null || (!movement.isLone && movement.other === null);

export type Weighed = Readonly<{ isBelieved: boolean; movement: Movement | null }>;
type Known = Readonly<{ lastFix: Spot | null; movement: Movement | null }>;

const NOTHING: Movement = { isLone: false, other: null, asideAt: [] };

/** With one more set aside; those that nobody will ask about any more are dropped. */
const withAside = (asideAt: readonly Instant[], at: Instant, by: Plausibility): Instant[] => {
  const since = at - by.windowSeconds * 1000;
  return [...asideAt.filter((one) => one > since), at].slice(-by.alertFixes);
};

/** One form for what leaves nothing to remember: equal cores are equal to the bit. */
const agreedOn = (asideAt: Instant[]): Movement | null =>
  asideAt.length === 0 ? null : { isLone: false, other: null, asideAt };

const believedElsewhere = (movement: Movement, at: Instant, by: Plausibility): Movement | null => {
  const { other, isLone, asideAt } = movement;
  const agreed = other?.fixes ?? 0;
  // The first fix of all was the wrong one, or the wearer has flown: nothing was impossible.
  const isExplained = isLone || other?.canBeFlown === true;
  const left = isExplained
    ? asideAt.slice(0, Math.max(0, asideAt.length - agreed))
    : withAside(asideAt, at, by);
  return agreedOn(left);
};

type Unreachable = Readonly<{ last: Spot; known: Movement }>;

/** A fix that cannot be reached from the last believed one. */
const weighOther = ({ last, known }: Unreachable, fix: Fix, by: Plausibility): Weighed => {
  const { recordedAt: at, lat, lon } = fix;
  const flight = { mps: by.flightMetresPerSecond, slackMetres: by.slackMetres };
  const agrees = known.other !== null && isWithin(known.other, fix, flight);
  const fixes = agrees ? (known.other?.fixes ?? 0) + 1 : 1;
  if (fixes >= by.agreeingFixes) {
    return { isBelieved: true, movement: believedElsewhere(known, at, by) };
  }
  const canBeFlown = agrees ? known.other?.canBeFlown === true : isWithin(last, fix, flight);
  const other = { at, lat, lon, fixes, canBeFlown };
  const asideAt = withAside(known.asideAt, at, by);
  return { isBelieved: false, movement: { ...known, other, asideAt } };
};

/**
 * Whether a fix can be true beside what is known, and what is remembered of it. One that cannot is
 * set aside, and believed when the next ones agree with it: the fix before may have been wrong, or
 * the wearer has truly moved. Whoever sends fixes of two places by turns is never believed at both.
 */
export const plausibility = ({ lastFix, movement }: Known, fix: Fix, by: Plausibility): Weighed => {
  if (fix.source === 'cell') return { isBelieved: true, movement };
  const known = movement ?? NOTHING;
  if (lastFix === null) return { isBelieved: true, movement: { ...known, isLone: true } };
  if (!isReachable(lastFix, fix, by)) return weighOther({ last: lastFix, known }, fix, by);
  return { isBelieved: true, movement: agreedOn(known.asideAt) };
};

/** Since when so many fixes have been set aside within the window; null where fewer were. */
export const persistsSince = (
  movement: Movement | null,
  at: Instant,
  by: Plausibility,
): Instant | null => {
  const recent = (movement?.asideAt ?? []).filter((one) => one > at - by.windowSeconds * 1000);
  const first = recent.at(-by.alertFixes);
  return first === undefined ? null : instant(first);
};
