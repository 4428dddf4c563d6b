import type { CompiledZone } from '../../geo/compiled-zone.ts';
import { distanceMetres } from '../../geo/plane.ts';
import type { Position } from '../../geo/position.ts';
import { signedDistanceMetres } from '../../geo/signed-distance.ts';
import type { Fix } from '../../model/device-event.ts';
import type { Place } from '../../model/place.ts';
import {
  ELSEWHERE_AREA_SQUARE_METRES,
  PLACE_FLOOR,
  PLACE_NEAR_ZONE_METRES,
  SCATTER_MARGIN,
  ZONE_FLOOR,
} from './constants.ts';
import type { Frame } from './hypotheses.ts';
import { type Densities, type Sighting, sigmaMetres } from './likelihood.ts';

/** What a condition asks of the position model, prepared once a version. */
export type Question = Readonly<{
  frame: Frame;
  densities: Densities;
  place: Position | null;
  zone: CompiledZone | null;
  /** Added to the depth in the zone: a buffer makes the zone reach further. */
  bufferMetres: number;
  /** Metres from the known place to the zone's edge; infinite without a place or a zone. */
  placeClearanceMetres: number;
}>;

const scatterVariance = (place: Place | null): number =>
  place === null ? 0 : SCATTER_MARGIN * place.scatterMetres ** 2;

/** "Is the wearer at this place?" */
export const askAboutPlace = (place: Place): Question => ({
  frame: { applies: { home: true, elsewhere: true, inside: false }, floors: PLACE_FLOOR },
  densities: {
    scatterVarianceSquareMetres: scatterVariance(place),
    insideAreaSquareMetres: ELSEWHERE_AREA_SQUARE_METRES,
    hasZone: false,
  },
  place,
  zone: null,
  bufferMetres: 0,
  placeClearanceMetres: Number.POSITIVE_INFINITY,
});

export type ZoneQuestion = Readonly<{
  zone: CompiledZone;
  bufferMetres: number;
  place: Place | null;
}>;

/** "Is the wearer in this zone?", a place counting only where its fixes may seem to lie inside. */
export const askAboutZone = ({ zone, bufferMetres, place }: ZoneQuestion): Question => {
  const clearance =
    place === null ? Number.POSITIVE_INFINITY : -signedDistanceMetres(zone, place) - bufferMetres;
  const isNear = clearance <= PLACE_NEAR_ZONE_METRES;
  return {
    frame: { applies: { home: isNear, elsewhere: true, inside: true }, floors: ZONE_FLOOR },
    densities: {
      scatterVarianceSquareMetres: scatterVariance(place),
      insideAreaSquareMetres: Math.max(ELSEWHERE_AREA_SQUARE_METRES, zone.areaSquareMetres),
      hasZone: true,
    },
    place: isNear ? place : null,
    zone,
    bufferMetres,
    placeClearanceMetres: clearance,
  };
};

/** Metres inside the zone, its buffer included; negative outside, 0 on the edge. */
export const depthMetres = (question: Question, at: Position): number =>
  question.zone === null
    ? Number.NEGATIVE_INFINITY
    : signedDistanceMetres(question.zone, at) + question.bufferMetres;

/** What a fix looks like to this question. */
export const sight = (question: Question, fix: Fix): Sighting => ({
  sigmaMetres: sigmaMetres(fix),
  placeDistanceMetres: question.place === null ? 0 : distanceMetres(question.place, fix),
  depthMetres: depthMetres(question, fix),
});
