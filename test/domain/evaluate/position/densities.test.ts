import { describe, expect, it } from 'vitest';
import type { LearnedPlace } from '#domain/evaluate/position/known-place.ts';
import { accuracyFactor, knownPlace, learnedAs } from '#domain/evaluate/position/known-place.ts';
import {
  checkLikelihood,
  fixLikelihood,
  OUTLIER_DENSITY,
  placeReachMetres,
  scatterDensity,
} from '#domain/evaluate/position/likelihood.ts';
import {
  askAboutPlace,
  askAboutPlaces,
  askAboutZone,
  askOutsideZone,
  depthMetres,
  fromPlacesMetres,
  sight,
} from '#domain/evaluate/position/question.ts';
import { compileZone } from '#domain/geo/compiled-zone.ts';
import { position } from '#domain/geo/position.ts';
import { parseZoneShape } from '#domain/geo/zone-shape.ts';
import { placeSchema } from '#domain/model/place.ts';
import { check, fix } from '#test/support/events.ts';
import { at, HOME } from '#test/support/supervisions.ts';

const AT = at('2026-06-01T12:00:00Z');
const PLACE = placeSchema.parse(HOME);
const LEARNED: LearnedPlace = {
  ...{ ...position(51.5001, -0.1), scatterMetres: 20 },
  accuracyFactors: [0.5, 1, 2, 1, 1, 1, 3],
};
const known = learnedAs(PLACE, LEARNED);
const KEPT = 0.985;

describe('a place as the model knows it', () => {
  it('is as the order states it, or as it was learned, and keeps what was stated', () => {
    const stated = knownPlace(PLACE);
    expect(stated).toMatchObject({
      lat: 51.5,
      stated: { lat: 51.5, lon: -0.1 },
      hasHomeUnit: true,
    });
    expect(stated.accuracyFactors).toEqual([]);
    expect(stated.varianceSquareMetres).toBeCloseTo(1.3 * PLACE.scatterMetres ** 2, 9);
    expect(known).toMatchObject({ lat: 51.5001, stated: { lat: 51.5, lon: -0.1 } });
    expect(known.varianceSquareMetres).toBeCloseTo(1.3 * 400, 9);
    expect(knownPlace(known)).toBe(known);
  });

  it('has a factor for each accuracy, and none for the coarsest', () => {
    expect([4.5, 4.6, 9, 60, 61].map((sigma) => accuracyFactor(known, sigma))).toEqual([
      0.5, 1, 2, 3, 1,
    ]);
    expect(accuracyFactor(knownPlace(PLACE), 5)).toBe(1);
  });
});

describe('how likely a fix is, a square metre', () => {
  const sighting = { sigmaMetres: 8, placeDistancesMetres: [50], depthMetres: 4 };
  const densities = { places: [known], insideAreaSquareMetres: 1e5, hasZone: true };

  it('is at home the scatter about the place, as telling as its accuracy, on the floor', () => {
    const own = 2 * KEPT * scatterDensity(50, known.varianceSquareMetres) + OUTLIER_DENSITY;
    expect(fixLikelihood(sighting, densities).home).toBeCloseTo(own, 15);
    const coarse = { ...sighting, sigmaMetres: 50 };
    const wide = 3 * KEPT * scatterDensity(50, 2_500) + OUTLIER_DENSITY;
    expect(fixLikelihood(coarse, densities).home).toBeCloseTo(wide, 15);
  });

  it('is the floor alone beyond 200 m, or four sigmas of a coarser fix', () => {
    const off = (metres: number, sigmaMetres = 8) =>
      fixLikelihood({ ...sighting, sigmaMetres, placeDistancesMetres: [metres] }, densities).home;
    expect(off(200.1)).toBe(OUTLIER_DENSITY);
    expect(off(200)).toBeGreaterThan(OUTLIER_DENSITY);
    expect(off(400, 100)).toBeGreaterThan(OUTLIER_DENSITY);
    expect(off(400.1, 100)).toBe(OUTLIER_DENSITY);
    expect([placeReachMetres(50), placeReachMetres(60)]).toEqual([200, 240]);
  });

  it('is spread over the area of elsewhere and of the inside, as much as lies inside', () => {
    const [share, rest] = [0.691_462_5, 0.308_537_5];
    const { elsewhere, inside } = fixLikelihood(sighting, densities);
    expect(elsewhere).toBeCloseTo((KEPT * rest) / 2e5 + OUTLIER_DENSITY, 11);
    expect(inside).toBeCloseTo((KEPT * share) / 1e5 + OUTLIER_DENSITY, 11);
    const nowhere = fixLikelihood(sighting, { ...densities, hasZone: false });
    expect(nowhere.inside).toBe(OUTLIER_DENSITY);
    expect(nowhere.elsewhere).toBeCloseTo(KEPT / 2e5 + OUTLIER_DENSITY, 15);
  });

  it('is spread over no less than three times the area that a fix speaks of', () => {
    const coarse = { ...sighting, sigmaMetres: 200, depthMetres: 0 };
    const area = 3 * 2 * Math.PI * 40_000;
    const { elsewhere, inside } = fixLikelihood(coarse, densities);
    expect(elsewhere).toBeCloseTo((KEPT * 0.5) / area + OUTLIER_DENSITY, 12);
    expect(inside).toBeCloseTo((KEPT * 0.5) / area + OUTLIER_DENSITY, 12);
  });

  it('is that of the likelier of two places; the home unit speaks for its own alone', () => {
    const other = { ...known, hasHomeUnit: false };
    const both = { ...densities, places: [known, other] };
    const near = { ...sighting, placeDistancesMetres: [150, 10] };
    const at = (places: readonly (typeof known)[], metres: readonly number[], homeUnit: 'seen') =>
      fixLikelihood(
        { ...sighting, placeDistancesMetres: metres },
        { ...densities, places },
        { motion: 'still', homeUnit },
      ).home;
    const one = fixLikelihood({ ...sighting, placeDistancesMetres: [10] }, densities).home;
    expect(fixLikelihood(near, both).home).toBe(one);
    expect(at([known], [10], 'seen')).toBeCloseTo(one * 0.92 * 0.97, 12);
    expect(at([other], [10], 'seen')).toBeCloseTo(one * 0.92 * 0.03, 12);
    expect(fixLikelihood(sighting, { ...densities, places: [] }).home).toBe(0);
  });

  it('is weighed by the flags that came with it', () => {
    const flags = { motion: 'moving', homeUnit: 'not-seen' } as const;
    const plain = fixLikelihood(sighting, densities);
    const flagged = fixLikelihood(sighting, densities, flags);
    expect(flagged.home / plain.home).toBeCloseTo(0.08 * 0.03, 12);
    expect(flagged.elsewhere / plain.elsewhere).toBeCloseTo(0.4 * 0.97, 12);
    expect(flagged.inside / plain.inside).toBeCloseTo(0.3 * 0.97, 12);
  });

  it('is of a check what its kind is worth, inside a zone as elsewhere', () => {
    const said = check(AT, 'present', 'phone');
    if (said.kind !== 'check') throw new Error('not a check');
    expect(checkLikelihood(said)).toEqual({ home: 0.9, elsewhere: 0.03, inside: 0.03 });
    expect(checkLikelihood({ ...said, result: 'undetermined' })).toBeNull();
  });
});

describe('what a condition asks', () => {
  const read = parseZoneShape({
    ...{ type: 'Circle', centre: { lat: 51.51, lon: -0.1 }, radiusMetres: 200 },
  });
  if (!read.ok) throw new Error('the test zone is unsound');
  const zone = compileZone(read.shape);
  const nextDoor = placeSchema.parse({ label: 'flat', lat: 51.5075, lon: -0.1 });

  it('is of places: home or elsewhere, whatever the zones', () => {
    const question = askAboutPlaces([PLACE, nextDoor]);
    expect(question.frame.applies).toEqual({ home: true, elsewhere: true, inside: false });
    expect(question).toMatchObject({ zone: null, bufferMetres: 0 });
    expect(question.densities).toMatchObject({ insideAreaSquareMetres: 2e5, hasZone: false });
    expect(question.clearancesMetres).toEqual([Infinity, Infinity]);
    expect(askAboutPlace(PLACE)).toEqual(askAboutPlaces([PLACE]));
    expect(depthMetres(question, PLACE)).toBe(-Infinity);
  });

  it('is of a zone: only places count whose fixes may seem to lie inside', () => {
    const asked = { zone, bufferMetres: 30, places: [PLACE, nextDoor] };
    const question = askAboutZone(asked);
    expect(question.places.map(({ lat }) => lat)).toEqual([51.5075]);
    expect(question.frame.applies).toEqual({ home: true, elsewhere: true, inside: true });
    expect(question.clearancesMetres[0]).toBeCloseTo(278.2 - 200 - 30, 0);
    expect(question.densities.insideAreaSquareMetres).toBe(1e5);
    expect(askAboutZone({ ...asked, places: [PLACE] }).frame.applies.home).toBe(false);
    expect(question).not.toHaveProperty('mindsFixesInside');
    expect(askAboutZone({ ...asked, mindsFixesInside: true }).mindsFixesInside).toBe(true);
  });

  it('is entered the seldomer, the smaller the area inside, and no oftener over a larger', () => {
    const entered = (insideAreaSquareMetres?: number) => {
      const { frame } = askAboutZone({ zone, bufferMetres: 0, places: [], insideAreaSquareMetres });
      return [frame.floors.elsewhere.inside, frame.ratesPerMinute.elsewhere.inside];
    };
    expect(entered(2e5)).toEqual([0.08, 0.05]);
    expect(entered(5e4)).toEqual([0.02, 0.0125]);
    expect(entered(1e6)).toEqual([0.08, 0.05]);
    expect(entered()).toEqual([0.04, 0.025]);
  });

  it('is of what lies outside a zone the same, turned round', () => {
    const [inside, outside] = [
      askAboutZone({ zone, bufferMetres: 0, places: [] }),
      askOutsideZone(zone),
    ];
    const where = position(51.511, -0.1);
    expect(depthMetres(inside, where)).toBeCloseTo(88.7, 0);
    expect(depthMetres(outside, where)).toBe(-depthMetres(inside, where));
    expect(depthMetres({ ...inside, bufferMetres: 30 }, where)).toBeCloseTo(118.7, 0);
  });

  it('sees of a fix how far each place is, and the zone', () => {
    const question = askAboutZone({ zone, bufferMetres: 0, places: [nextDoor] });
    const made = fix(AT, { lat: 51.5075, lon: -0.101 });
    if (made.kind !== 'fix') throw new Error('not a fix');
    const seen = sight(question, made);
    expect(seen.placeDistancesMetres.map(Math.round)).toEqual([69]);
    expect(Math.round(seen.depthMetres)).toBe(-87);
    expect(Math.round(fromPlacesMetres(askAboutPlaces([PLACE, nextDoor]), made))).toBe(69);
    expect(fromPlacesMetres(askOutsideZone(zone), made)).toBe(Infinity);
  });
});
