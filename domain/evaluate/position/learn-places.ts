import * as z from 'zod';
import { distanceMetres } from '../../geo/plane.ts';
import { type Position, position, positionSchema } from '../../geo/position.ts';
import type { Fix } from '../../model/device-event.ts';
import { ACCURACY_BINS_METRES, binOf } from './accuracy-bins.ts';
import type { LearnedPlace } from './known-place.ts';
import { sigmaMetres } from './likelihood.ts';

/** What was learned of one place, as it is kept: never changed, and good from a day on. */
export const learnedVersionSchema = z.object({
  /** The place as the order states it. */
  at: positionSchema,
  /** The first day, in UTC, on which it holds: what was decided before stays decided. */
  fromDay: z.iso.date(),
  /** How many nights it rests on. */
  nights: z.int().min(1),
  place: positionSchema.extend({
    scatterMetres: z.number().positive(),
    accuracyFactors: z.array(z.number().positive()).readonly(),
  }),
});
export type LearnedVersion = z.infer<typeof learnedVersionSchema>;

/** Everything learned of one wearer, as one document with versions. */
export const learnedPlacesSchema = z.object({ places: z.array(learnedVersionSchema) });
export type LearnedPlaces = z.infer<typeof learnedPlacesSchema>;

/** What a place is learned from: a wearer's fixes of some days. */
export type PlaceTrail = Readonly<{
  /** Fixes of each night during which the wearer had to be at the place. */
  nights: readonly (readonly Fix[])[];
  /** All fixes of the days, nights included. */
  days: readonly Fix[];
}>;

/** Further off than this a fix of a night counts as so far off: it is an outlier, or an outing. */
const CLIP_METRES = 90;
/** A night counts as spent at the place with so many fixes, and such a share of them, near it. */
const LEAST_FIXES = 30;
const LEAST_SHARE_NEAR = 0.8;
/** What is thought before anything is known, and how many nights that is worth. */
const PRIOR = { scatterMetres: 18, nights: 2, centreNights: 4 } as const;
/** However widely fixes scatter, a place may not grow to hide a zone. */
const MOST_SCATTER_METRES = 45;
/** Fixes so far from the place are elsewhere; they count once they have moved on so far. */
const ELSEWHERE_FROM_METRES = 150;
const ELSEWHERE_MOVED_METRES = 50;
/** Bins of accuracy start as if so many fixes had been alike here and elsewhere. */
const PRIOR_FIXES = 20;
/** However telling an accuracy seems, it counts no more than this. */
const FACTORS = { least: 0.08, most: 4 } as const;

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

const isGood = (fix: Fix): boolean => fix.source !== 'cell' && binOf(sigmaMetres(fix)) >= 0;

/** The fixes of nights that were spent at the place, as far as can be told. */
const nightsAt = (place: Position, nights: PlaceTrail['nights']): Fix[][] =>
  nights.flatMap((night) => {
    const good = night.filter(isGood);
    const near = good.filter((fix) => distanceMetres(place, fix) <= CLIP_METRES);
    const isThere = near.length >= LEAST_FIXES && near.length >= LEAST_SHARE_NEAR * good.length;
    return isThere ? [good] : [];
  });

const centreOf = (place: Position, nights: readonly (readonly Fix[])[]): Position => {
  const middles = nights.map((night) => {
    const near = night.filter((fix) => distanceMetres(place, fix) <= CLIP_METRES);
    return { lat: mean(near.map(({ lat }) => lat)), lon: mean(near.map(({ lon }) => lon)) };
  });
  const share = middles.length / (middles.length + PRIOR.centreNights);
  return position(
    place.lat + share * (mean(middles.map(({ lat }) => lat)) - place.lat),
    place.lon + share * (mean(middles.map(({ lon }) => lon)) - place.lon),
  );
};

const scatterOf = (centre: Position, nights: readonly (readonly Fix[])[]): number => {
  const variances = nights.map((night) =>
    mean(night.map((fix) => Math.min(CLIP_METRES, distanceMetres(centre, fix)) ** 2 / 2)),
  );
  const sum = variances.reduce((all, one) => all + one, PRIOR.nights * PRIOR.scatterMetres ** 2);
  return Math.min(MOST_SCATTER_METRES, Math.sqrt(sum / (PRIOR.nights + nights.length)));
};

/** Fixes taken away from the place, each once for where it was taken. */
const fixesElsewhere = (place: Position, days: readonly Fix[]): Fix[] => {
  const found: Fix[] = [];
  for (const fix of days) {
    if (!isGood(fix) || distanceMetres(place, fix) < ELSEWHERE_FROM_METRES) continue;
    const last = found.at(-1);
    if (last === undefined || distanceMetres(last, fix) >= ELSEWHERE_MOVED_METRES) found.push(fix);
  }
  return found;
};

const counts = (fixes: readonly Fix[]): number[] => {
  const counted = ACCURACY_BINS_METRES.map(() => 0);
  for (const fix of fixes) {
    const bin = binOf(sigmaMetres(fix));
    counted[bin] = (counted[bin] ?? 0) + 1;
  }
  return counted;
};

const factorsOf = (here: readonly Fix[], elsewhere: readonly Fix[]): number[] => {
  const [atPlace, away] = [counts(here), counts(elsewhere)];
  return ACCURACY_BINS_METRES.map((_, bin) => {
    const [n, m] = [atPlace[bin] ?? 0, away[bin] ?? 0];
    const pooled = (n / Math.max(1, here.length) + m / Math.max(1, elsewhere.length)) / 2;
    const share = (n + PRIOR_FIXES * pooled) / (here.length + PRIOR_FIXES);
    const other = (m + PRIOR_FIXES * pooled) / (elsewhere.length + PRIOR_FIXES);
    const factor = other === 0 ? 1 : share / other;
    return Math.round(Math.min(FACTORS.most, Math.max(FACTORS.least, factor)) * 1e3) / 1e3;
  });
};

/**
 * Learns a place from a wearer's trail: its middle, the scatter of fixes there, and which
 * accuracies a receiver states there more often than elsewhere. Null where no night was spent
 * there, as far as can be told. Pure: the same trail gives the same place.
 */
export const learnPlace = (
  place: Position,
  trail: PlaceTrail,
): (LearnedPlace & Readonly<{ nights: number }>) | null => {
  const nights = nightsAt(place, trail.nights);
  if (nights.length === 0) return null;
  const centre = centreOf(place, nights);
  return {
    ...centre,
    nights: nights.length,
    scatterMetres: Math.round(scatterOf(centre, nights) * 10) / 10,
    accuracyFactors: factorsOf(nights.flat(), fixesElsewhere(place, trail.days)),
  };
};
