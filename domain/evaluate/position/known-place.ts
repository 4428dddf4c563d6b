import type { Position } from '../../geo/position.ts';
import type { Place } from '../../model/place.ts';
import { binOf } from './accuracy-bins.ts';
import { SCATTER_MARGIN } from './constants.ts';

/** What is learned of a place from the trail: its middle, its scatter, and how its fixes look. */
export type LearnedPlace = Position &
  Readonly<{
    /** Deviation an axis, metres. */
    scatterMetres: number;
    /** By accuracy bin: how many times likelier a fix of it is here than elsewhere. */
    accuracyFactors: readonly number[];
  }>;

/** A place as the model knows it: where, how widely fixes scatter there, and how they look. */
export type KnownPlace = Position &
  Readonly<{
    /** As the order states it: what a question is about, whatever is learned. */
    stated: Position;
    /** Square of the scale of the scatter, an axis. */
    varianceSquareMetres: number;
    accuracyFactors: readonly number[];
    /** Whether the home unit stands here. */
    hasHomeUnit: boolean;
  }>;

/** A place as an order states it, or one of which more is known. */
export type StatedPlace = Place | KnownPlace;

const asKnown = (place: Place | LearnedPlace, stated: Position): KnownPlace => ({
  lat: place.lat,
  lon: place.lon,
  stated: { lat: stated.lat, lon: stated.lon },
  varianceSquareMetres: SCATTER_MARGIN * place.scatterMetres ** 2,
  accuracyFactors: 'accuracyFactors' in place ? place.accuracyFactors : [],
  hasHomeUnit: true,
});

/** A place as the order alone describes it. */
export const knownPlace = (place: StatedPlace): KnownPlace =>
  'stated' in place ? place : asKnown(place, place);

/** A place of an order, as it was learned. */
export const learnedAs = (place: Place, learned: LearnedPlace): KnownPlace =>
  asKnown(learned, place);

/** How many times likelier a fix of this sigma is at the place than elsewhere. */
export const accuracyFactor = (place: KnownPlace, sigmaMetres: number): number =>
  place.accuracyFactors[binOf(sigmaMetres)] ?? 1;
