import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CLOSING_PROBABILITY } from '#domain/evaluate/position/constants.ts';
import {
  floorOdds,
  normalise,
  predict,
  settledWeights,
} from '#domain/evaluate/position/hypotheses.ts';
import { askAboutPlace, askAboutZone } from '#domain/evaluate/position/question.ts';
import { placeSchema } from '#domain/model/place.ts';
import { circle } from '#test/support/zones.ts';

/** The highest certainty that an order may ask for (domain/model/conditions/certainty.ts). */
const HIGHEST_CERTAINTY = 0.98;
const mostOdds = (probability: number) => (1 - probability) / probability;
const HOME = placeSchema.parse({ label: 'home', lat: 51.5, lon: -0.1 });

const zone = () => circle({ lat: 51.502, lon: -0.1 }, 150);

const PLACE = askAboutPlace(HOME).frame;
/** Every area of inside that a condition may ask for. */
const AREAS = [1e4, 5e4, 1e5, 2e5, 1e6];
const zoneFrame = (insideAreaSquareMetres: number) =>
  askAboutZone({ zone: zone(), bufferMetres: 0, places: [HOME], insideAreaSquareMetres }).frame;

describe.each(AREAS)('given the floors of a zone whose inside spreads over %d m2', (area) => {
  const frame = zoneFrame(area);

  it('lets a violation open at every certainty that an order may ask for', () => {
    const floors = floorOdds(frame, 'inside', 'home') + floorOdds(frame, 'inside', 'elsewhere');
    expect(floors).toBeLessThan(mostOdds(HIGHEST_CERTAINTY));
  });

  it('lets every violation close again', () => {
    const closing = CLOSING_PROBABILITY / (1 - CLOSING_PROBABILITY);
    expect(floorOdds(frame, 'home', 'inside')).toBeLessThan(closing);
    expect(floorOdds(frame, 'elsewhere', 'inside')).toBeLessThan(closing);
  });
});

describe('given the floors of a place', () => {
  it('lets a curfew violation open at every certainty that an order may ask for', () => {
    expect(floorOdds(PLACE, 'elsewhere', 'home')).toBeLessThan(mostOdds(HIGHEST_CERTAINTY));
  });

  it('gives a hypothesis against itself odds of one', () => {
    expect(floorOdds(PLACE, 'home', 'home')).toBe(1);
    expect(floorOdds(PLACE, 'home', 'elsewhere')).toBeLessThan(1);
  });
});

describe('given weights that are predicted a step on', () => {
  const weight = fc.double({ min: 0.001, max: 1, noNaN: true });
  const weights = fc.record({ home: weight, elsewhere: weight, inside: weight }).map(normalise);
  const motion = fc.constantFrom('moving' as const, 'still' as const, 'unknown' as const);
  const minutes = fc.double({ min: 0, max: 600, noNaN: true });

  it('keeps their sum, and none below zero, for any time, motion and area', () => {
    fc.assert(
      fc.property(weights, minutes, motion, fc.constantFrom(...AREAS), (w, m, moving, area) => {
        const after = predict(w, { minutes: m, motion: moving }, zoneFrame(area));
        expect(after.home + after.elsewhere + after.inside).toBeCloseTo(1, 9);
        expect(Math.min(after.home, after.elsewhere, after.inside)).toBeGreaterThanOrEqual(0);
      }),
    );
  });

  it('moves nothing into a hypothesis that does not apply', () => {
    const settled = settledWeights('home', PLACE);
    expect(predict(settled, { minutes: 10, motion: 'moving' }, PLACE).inside).toBe(0);
  });

  it('widens no further after ten minutes: gaps widen, they do not decide', () => {
    const settled = settledWeights('home', PLACE);
    const widened = (m: number) => predict(settled, { minutes: m, motion: 'unknown' }, PLACE);
    expect(widened(600)).toEqual(widened(10));
  });
});
