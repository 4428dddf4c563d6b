import * as z from 'zod';
import { distanceMetres } from '../geo/plane.ts';
import { latitudeSchema, longitudeSchema, type Position } from '../geo/position.ts';
import { type DeviceEvent, type Fix, homeUnitSchema, motionSchema } from '../model/device-event.ts';
import type { WatchId } from '../model/ids.ts';
import { type Instant, instantSchema, secondsAfter } from '../model/instant.ts';
import type { Core } from './core.ts';
import { type Anchors, settledOn } from './fold.ts';
import { stateOf } from './judge-all.ts';
import { isAtRest } from './movement/plausibility.ts';
import { SILENCE_SECONDS } from './position/constants.ts';
import type { Hypothesis } from './position/hypotheses.ts';
import { sigmaMetres } from './position/likelihood.ts';
import type { Question } from './position/question.ts';
import { accuracyBin } from './position/safe-bounds.ts';
import { coarseBounds, DISC_ERROR_METRES, safeRadiiMetres } from './position/safe-radii.ts';
import { COARSE_SIGMAS, clearanceAt, type Spot } from './position/safe-region.ts';
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
  /** For fixes with this flag. */
  homeUnit: homeUnitSchema,
  /** Metres round the centre, for each motion and bin of accuracy from the finest. */
  radiiMetres: z.record(motionSchema, z.array(z.number())),
  /** For cell positions: how far from all homes the centre lies, and how far short of all else. */
  fromHomeMetres: z.number().nullable(),
  clearMetres: z.number().nullable(),
  /** How far a fix may be from the one before; null: nobody minds. */
  reach: z
    .object({ fastestMetresPerSecond: z.number(), slackMetres: z.number() })
    .nullable()
    .default(null),
  /** Without a fix for so long, some condition would take notice. */
  patienceSeconds: z.number(),
  /** When the device comes off the wearer, or orders change; null: not foreseen. */
  endsAt: instantSchema.nullable(),
});
export type SafeDisc = z.infer<typeof safeDiscSchema>;

/** Whole metres, on the safe side: what is kept of a disc lies within it. */
const down = (metres: number): number => Math.max(0, Math.floor(metres));

type Folded = Readonly<{ core: Core; anchors: Anchors; last: DeviceEvent | undefined }>;
/** A watch that asks something, and what its belief has settled on. */
type Settled = Readonly<{
  watchId: WatchId;
  question: Question;
  settled: Hypothesis;
  mindsWays: boolean;
}>;

const leastOf = (all: readonly (number | null)[]): number | null =>
  all.reduce((least, one) => (one === null || (least !== null && least < one) ? least : one), null);

type Watched = Readonly<{ all: readonly Settled[]; anchors: Anchors }>;

const spotOf = (centre: Position, { watchId }: Settled, anchors: Anchors) => ({
  centre,
  anchor: anchors[watchId] ?? null,
});

/** A disc is convex: where all of it lies clear of a zone, every straight way within it does. */
const clearOfZone = ({ question }: Settled, spot: Spot, metres: number): number =>
  Math.min(metres, clearanceAt(question, spot) - DISC_ERROR_METRES);

/** For each bin of accuracy, the least radius that any condition allows. */
const radiiFor = (
  centre: Position,
  flags: Pick<Fix, 'motion' | 'homeUnit'>,
  { all, anchors }: Watched,
): number[] => {
  const each = all.map((one) => {
    const spot = spotOf(centre, one, anchors);
    const radii = safeRadiiMetres(one.question, one.settled, { ...spot, flags });
    const mindsWay = one.mindsWays && one.settled !== 'home';
    return mindsWay ? radii.map((metres) => clearOfZone(one, spot, metres)) : radii;
  });
  const bins = each[0] ?? [];
  return bins.map((_, bin) => down(Math.min(...each.map((radii) => radii[bin] ?? 0))));
};

/** The disc round one spot, for the home unit's flag of one fix. */
const discAt = (centre: Position, { homeUnit }: Fix, watched: Watched) => {
  const each = watched.all.map((one) =>
    coarseBounds(one.question, one.settled, spotOf(centre, one, watched.anchors)),
  );
  const radiiOf = (motion: Fix['motion']) => radiiFor(centre, { motion, homeUnit }, watched);
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
  const homes = all.flatMap(({ settled, question }) => (settled === 'home' ? question.places : []));
  return [...homes, fix];
};

/** Every watch that asks something, all of them at rest; null where one of any kind is not. */
const settledWatches = (core: Core, { watches }: Supervision): Settled[] | null => {
  const found: Settled[] = [];
  for (const watch of watches) {
    const state = stateOf(core, watch);
    if (state.rests !== true) return null;
    if (watch.question === null) continue;
    const settled = settledOn(state);
    if (settled === null) return null;
    const { watchId, question, mindsWays } = watch;
    found.push({ watchId, question, settled, mindsWays });
  }
  return found;
};

const reachOf = ({ plausibility: by }: Supervision): SafeDisc['reach'] =>
  by === undefined
    ? null
    : { fastestMetresPerSecond: by.fastestMetresPerSecond, slackMetres: by.slackMetres };

/** The disc in which a wearer rests after their last input; null where some condition does not. */
export const safeDiscOf = (folded: Folded, supervision: Supervision): SafeDisc | null => {
  const { core, anchors, last } = folded;
  if (last?.kind !== 'fix' || core.isSilent || core.lastFix?.at !== last.recordedAt) return null;
  const activation = supervision.activations.find((a) => a.activationId === last.activationId);
  const all = settledWatches(core, supervision);
  if (activation === undefined || all === null || !isAtRest(core.movement)) return null;
  const patience = supervision.watches.flatMap((watch) => [
    ...(watch.question === null ? [] : [watch.staleAfterSeconds]),
    stateOf(core, watch).fixlessSeconds ?? SILENCE_SECONDS,
  ]);
  const beside = {
    patienceSeconds: Math.min(SILENCE_SECONDS, ...patience),
    endsAt: activation.endsAt,
    reach: reachOf(supervision),
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
