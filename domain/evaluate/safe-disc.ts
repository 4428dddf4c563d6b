import * as z from 'zod';
import { distanceMetres } from '../geo/plane.ts';
import { latitudeSchema, longitudeSchema } from '../geo/position.ts';
import { type DeviceEvent, type Fix, homeUnitSchema, motionSchema } from '../model/device-event.ts';
import { type Instant, instantSchema, secondsAfter } from '../model/instant.ts';
import type { Core } from './core.ts';
import { type Anchors, settledFor } from './fold.ts';
import { SILENCE_SECONDS } from './position/constants.ts';
import { sigmaMetres } from './position/likelihood.ts';
import { discSigmaMetres, safeRadiusMetres } from './position/safe-region.ts';
import type { Supervision } from './supervision.ts';

/** A smaller disc would hardly hold the scatter of a still receiver. */
const LEAST_RADIUS_METRES = 10;

/**
 * Where a wearer may go on being without any condition taking notice: a part of the safe region
 * that can be told without the orders. What it says is known beforehand, so it changes no outcome.
 */
export const safeDiscSchema = z.object({
  lat: latitudeSchema,
  lon: longitudeSchema,
  radiusMetres: z.number(),
  /** For fixes with these flags, no coarser than this. */
  motion: motionSchema,
  homeUnit: homeUnitSchema,
  mostSigmaMetres: z.number(),
  /** Without a fix for so long, some condition would take notice. */
  patienceSeconds: z.number(),
  /** When the device comes off the wearer; null: not foreseen. */
  endsAt: instantSchema.nullable(),
});
export type SafeDisc = z.infer<typeof safeDiscSchema>;

/** Decimetres, downwards: what is kept of a disc lies within it. */
const inDecimetres = (metres: number): number => Math.floor(metres * 10) / 10;

/** The disc round a wearer's last input; null where some condition is not at rest. */
export const safeDiscOf = (
  folded: Readonly<{ core: Core; anchors: Anchors; last: DeviceEvent | undefined }>,
  supervision: Supervision,
): SafeDisc | null => {
  const { core, anchors, last } = folded;
  if (last?.kind !== 'fix' || core.isSilent || core.lastFix?.at !== last.recordedAt) return null;
  const mostSigmaMetres = discSigmaMetres(last);
  const activation = supervision.activations.find((a) => a.activationId === last.activationId);
  if (mostSigmaMetres === null || activation === undefined) return null;
  const radii = supervision.conditions.map((supervised) => {
    const settled = settledFor(core, supervised);
    if (settled === null) return 0;
    const anchor = anchors[supervised.condition.conditionId] ?? null;
    return safeRadiusMetres(supervised.question, settled, { fix: last, anchor });
  });
  const radiusMetres = inDecimetres(Math.min(2_000, ...radii));
  if (radiusMetres < LEAST_RADIUS_METRES) return null;
  const { lat, lon, motion, homeUnit } = last;
  const patience = supervision.conditions.map((supervised) => supervised.staleAfterSeconds);
  return {
    ...{ lat, lon, radiusMetres, motion, homeUnit, mostSigmaMetres },
    patienceSeconds: Math.min(SILENCE_SECONDS, ...patience),
    endsAt: activation.endsAt,
  };
};

/** Until when a disc holds without another fix: something falls due then at the earliest. */
export const discHoldsUntil = (disc: SafeDisc, lastFixAt: Instant): Instant =>
  secondsAfter(lastFixAt, disc.patienceSeconds);

/** Whether a fix lies in the disc, and is of the kind for which the disc is good. */
export const isInDisc = (disc: SafeDisc, fix: Fix): boolean =>
  fix.motion === disc.motion &&
  fix.homeUnit === disc.homeUnit &&
  (disc.endsAt === null || fix.recordedAt < disc.endsAt) &&
  sigmaMetres(fix) <= disc.mostSigmaMetres &&
  distanceMetres(disc, fix) <= disc.radiusMetres;
