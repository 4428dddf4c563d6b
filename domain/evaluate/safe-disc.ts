import * as z from 'zod';
import { distanceMetres } from '../geo/plane.ts';
import { latitudeSchema, longitudeSchema, type Position } from '../geo/position.ts';
import { type DeviceEvent, type Fix, homeUnitSchema, motionSchema } from '../model/device-event.ts';
import { type Instant, instantSchema, secondsAfter } from '../model/instant.ts';
import type { Core } from './core.ts';
import { type Anchors, settledFor } from './fold.ts';
import { SILENCE_SECONDS } from './position/constants.ts';
import { sigmaMetres } from './position/likelihood.ts';
import { accuracyBin } from './position/safe-bounds.ts';
import { coarseBounds, safeRadiiMetres } from './position/safe-radii.ts';
import { COARSE_SIGMAS } from './position/safe-region.ts';
import type { SupervisedCondition, Supervision } from './supervision.ts';

/** A smaller disc would hardly hold the scatter of a still receiver. */
const LEAST_RADIUS_METRES = 10;

/**
 * Where a wearer may go on being without any condition taking notice: a part of the safe region
 * that can be told without the orders. What it says is known beforehand, so it changes no outcome.
 */
export const safeDiscSchema = z.object({
  lat: latitudeSchema,
  lon: longitudeSchema,
  /** For fixes with this flag. */
  homeUnit: homeUnitSchema,
  /** Metres round the centre, for each motion and bin of accuracy from the finest. */
  radiiMetres: z.record(motionSchema, z.array(z.number())),
  /** For cell positions: how far from all homes the centre lies, and how far short of all else. */
  fromHomeMetres: z.number().nullable(),
  clearMetres: z.number().nullable(),
  /** Without a fix for so long, some condition would take notice. */
  patienceSeconds: z.number(),
  /** When the device comes off the wearer; null: not foreseen. */
  endsAt: instantSchema.nullable(),
});
export type SafeDisc = z.infer<typeof safeDiscSchema>;

/** Whole metres, on the safe side: what is kept of a disc lies within it. */
const down = (metres: number): number => Math.max(0, Math.floor(metres));

type Folded = Readonly<{ core: Core; anchors: Anchors; last: DeviceEvent | undefined }>;
type Settled = Readonly<{
  supervised: SupervisedCondition;
  settled: NonNullable<ReturnType<typeof settledFor>>;
}>;

const leastOf = (all: readonly (number | null)[]): number | null =>
  all.reduce((least, one) => (one === null || (least !== null && least < one) ? least : one), null);

type Conditions = Readonly<{ all: readonly Settled[]; anchors: Anchors }>;

const spotOf = (centre: Position, { condition }: SupervisedCondition, anchors: Anchors) => ({
  centre,
  anchor: anchors[condition.conditionId] ?? null,
});

/** For each bin of accuracy, the least radius that any condition allows. */
const radiiFor = (
  centre: Position,
  flags: Pick<Fix, 'motion' | 'homeUnit'>,
  { all, anchors }: Conditions,
): number[] => {
  const each = all.map(({ supervised, settled }) =>
    safeRadiiMetres(supervised.question, settled, {
      ...spotOf(centre, supervised, anchors),
      flags,
    }),
  );
  const bins = each[0] ?? [];
  return bins.map((_, bin) => down(Math.min(...each.map((radii) => radii[bin] ?? 0))));
};

/** The disc round one spot, for the home unit's flag of one fix. */
const discAt = (centre: Position, { homeUnit }: Fix, conditions: Conditions) => {
  const { all, anchors } = conditions;
  const each = all.map(({ supervised, settled }) =>
    coarseBounds(supervised.question, settled, spotOf(centre, supervised, anchors)),
  );
  const radiiOf = (motion: Fix['motion']) => radiiFor(centre, { motion, homeUnit }, conditions);
  const fromHome = each.flatMap(({ fromHomeMetres }) => fromHomeMetres ?? []);
  const clear = leastOf(each.map(({ clearMetres }) => clearMetres));
  return {
    ...{ lat: centre.lat, lon: centre.lon, homeUnit },
    radiiMetres: {
      moving: radiiOf('moving'),
      still: radiiOf('still'),
      unknown: radiiOf('unknown'),
    },
    fromHomeMetres: fromHome.length === 0 ? null : Math.ceil(Math.max(...fromHome)),
    clearMetres: clear === null ? null : down(clear),
  };
};

/** Round where the wearer lives a disc is widest; anywhere else it lies round the last fix. */
const centresFor = (fix: Fix, all: readonly Settled[]): Position[] => {
  const homes = all.flatMap(({ settled, supervised: { question } }) =>
    settled === 'home' && question.place !== null ? [question.place] : [],
  );
  return [...homes, fix];
};

/** The disc in which a wearer rests after their last input; null where some condition does not. */
export const safeDiscOf = (folded: Folded, supervision: Supervision): SafeDisc | null => {
  const { core, anchors, last } = folded;
  if (last?.kind !== 'fix' || core.isSilent || core.lastFix?.at !== last.recordedAt) return null;
  const activation = supervision.activations.find((a) => a.activationId === last.activationId);
  const all = supervision.conditions.flatMap((supervised) => {
    const settled = settledFor(core, supervised);
    return settled === null ? [] : [{ supervised, settled }];
  });
  if (activation === undefined || all.length !== supervision.conditions.length) return null;
  const patience = supervision.conditions.map((supervised) => supervised.staleAfterSeconds);
  const beside = {
    patienceSeconds: Math.min(SILENCE_SECONDS, ...patience),
    endsAt: activation.endsAt,
  };
  const discs = centresFor(last, all).map((centre) => ({
    ...discAt(centre, last, { all, anchors }),
    ...beside,
  }));
  const widest = (disc: SafeDisc): number => Math.max(0, ...disc.radiiMetres[last.motion]);
  const useful = discs.filter(
    (disc) => widest(disc) >= LEAST_RADIUS_METRES && isInDisc(disc, last),
  );
  return useful.reduce<SafeDisc | null>(
    (best, disc) => (best === null || widest(disc) > widest(best) ? disc : best),
    null,
  );
};

/** Until when a disc holds without another fix: something falls due then at the earliest. */
export const discHoldsUntil = (disc: SafeDisc, lastFixAt: Instant): Instant =>
  secondsAfter(lastFixAt, disc.patienceSeconds);

const isCoarselyIn = (disc: SafeDisc, fix: Fix, metres: number): boolean => {
  const reach = COARSE_SIGMAS * sigmaMetres(fix);
  const isNearHome = disc.fromHomeMetres === null || metres <= reach - disc.fromHomeMetres;
  return isNearHome && (disc.clearMetres === null || metres <= disc.clearMetres - reach);
};

/** Whether a fix lies in the disc, and is of a kind for which the disc is good. */
export const isInDisc = (disc: SafeDisc, fix: Fix): boolean => {
  const isOfItsKind = fix.homeUnit === disc.homeUnit;
  if (!isOfItsKind || (disc.endsAt !== null && fix.recordedAt >= disc.endsAt)) return false;
  const metres = distanceMetres(disc, fix);
  if (fix.source === 'cell') return isCoarselyIn(disc, fix, metres);
  return metres < (disc.radiiMetres[fix.motion][accuracyBin(fix)] ?? 0);
};
