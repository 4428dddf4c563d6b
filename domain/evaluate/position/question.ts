import { distanceMetres } from '../../geo/plane.ts';
import type { Position } from '../../geo/position.ts';
import { depthIn, type ZoneOrList } from '../../geo/zone-or-list.ts';
import type { Fix } from '../../model/device-event.ts';
import {
  CHANGES_PER_MINUTE,
  ELSEWHERE_AREA_SQUARE_METRES,
  ENTERED_AREA_SQUARE_METRES,
  INSIDE_AREA_SQUARE_METRES,
  PLACE_FLOOR,
  PLACE_NEAR_ZONE_METRES,
  ZONE_FLOOR,
} from './constants.ts';
import type { Frame } from './hypotheses.ts';
import { type KnownPlace, knownPlace, type StatedPlace } from './known-place.ts';
import { type Densities, type Sighting, sigmaMetres } from './likelihood.ts';

/** What a condition asks of the position model, prepared once a version. */
export type Question = Readonly<{
  frame: Frame;
  densities: Densities;
  /** The known places that count, and metres from each to the zone's edge; infinite without. */
  places: readonly KnownPlace[];
  clearancesMetres: readonly number[];
  zone: ZoneOrList | null;
  /** Added to the depth in the zone: a buffer makes the zone reach further. */
  bufferMetres: number;
  /** Whether "inside" is what lies outside the zone: the wearer is to be in it. */
  isInverted?: true;
  /** Whether a fix in the zone is looked at, however sure it is that the wearer is at home. */
  mindsFixesInside?: true;
}>;

const PLACE_FRAME: Frame = {
  applies: { home: true, elsewhere: true, inside: false },
  floors: PLACE_FLOOR,
  ratesPerMinute: CHANGES_PER_MINUTE,
};

/** The smaller the area of "inside", the seldomer it is entered: no stray fix decides alone. */
const zoneFrame = (insideAreaSquareMetres: number, home: boolean): Frame => {
  const share = Math.min(1, insideAreaSquareMetres / ENTERED_AREA_SQUARE_METRES);
  const entering = (odds: Readonly<{ home: number; inside: number }>) => ({
    ...odds,
    inside: share * odds.inside,
  });
  return {
    applies: { home, elsewhere: true, inside: true },
    floors: { ...ZONE_FLOOR, elsewhere: entering(ZONE_FLOOR.elsewhere) },
    ratesPerMinute: { ...CHANGES_PER_MINUTE, elsewhere: entering(CHANGES_PER_MINUTE.elsewhere) },
  };
};

/** "Is the wearer at one of these places?" */
export const askAboutPlaces = (stated: readonly StatedPlace[]): Question => {
  const places = stated.map(knownPlace);
  return {
    frame: PLACE_FRAME,
    densities: { places, insideAreaSquareMetres: ELSEWHERE_AREA_SQUARE_METRES, hasZone: false },
    places,
    clearancesMetres: places.map(() => Number.POSITIVE_INFINITY),
    zone: null,
    bufferMetres: 0,
  };
};

/** "Is the wearer at this place?" */
export const askAboutPlace = (place: StatedPlace): Question => askAboutPlaces([place]);

export type ZoneQuestion = Readonly<{
  zone: ZoneOrList;
  bufferMetres: number;
  /** Where the wearer is known to be at times; those far from the zone do not count. */
  places: readonly StatedPlace[];
  /** The area over which a wearer inside may be: see the constant. */
  insideAreaSquareMetres?: number | undefined;
  mindsFixesInside?: boolean;
}>;

/** "Is the wearer in this zone?", a place counting only where its fixes may seem to lie inside. */
export const askAboutZone = (asked: ZoneQuestion): Question => {
  const { zone, bufferMetres, insideAreaSquareMetres = INSIDE_AREA_SQUARE_METRES } = asked;
  const clearanceOf = (place: KnownPlace) => -depthIn(zone, place) - bufferMetres;
  const places = asked.places
    .map(knownPlace)
    .filter((place) => clearanceOf(place) <= PLACE_NEAR_ZONE_METRES);
  return {
    frame: zoneFrame(insideAreaSquareMetres, places.length > 0),
    densities: {
      places,
      insideAreaSquareMetres,
      hasZone: true,
    },
    places,
    clearancesMetres: places.map(clearanceOf),
    zone,
    bufferMetres,
    ...(asked.mindsFixesInside === true ? { mindsFixesInside: true } : {}),
  };
};

/**
 * "Is the wearer out of this zone?": the same question of all that lies outside, so that who is
 * well within is as far from trouble as who is far from a zone that is closed to them.
 */
export const askOutsideZone = (zone: ZoneOrList): Question => ({
  ...askAboutZone({ zone, bufferMetres: 0, places: [] }),
  isInverted: true,
});

/** Metres inside what is asked about, its buffer included; negative outside, 0 on the edge. */
export const depthMetres = (question: Question, at: Position): number => {
  if (question.zone === null) return Number.NEGATIVE_INFINITY;
  const depth = depthIn(question.zone, at) + question.bufferMetres;
  return question.isInverted ? -depth : depth;
};

/** Metres from the nearest known place; infinite where there is none. */
export const fromPlacesMetres = ({ places }: Question, at: Position): number =>
  places.reduce((least, place) => Math.min(least, distanceMetres(place, at)), Infinity);

/** What a fix looks like to this question. */
export const sight = (question: Question, fix: Fix): Sighting => ({
  sigmaMetres: sigmaMetres(fix),
  placeDistancesMetres: question.places.map((place) => distanceMetres(place, fix)),
  depthMetres: depthMetres(question, fix),
});
