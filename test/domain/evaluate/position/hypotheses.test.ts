import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  CLOSING_PROBABILITY,
  PLACE_FLOOR,
  ZONE_FLOOR,
} from '#domain/evaluate/position/constants.ts';
import {
  floorOdds,
  normalise,
  predict,
  settledWeights,
} from '#domain/evaluate/position/hypotheses.ts';

/** The highest certainty that an order may ask for (domain/model/order.ts). */
const HIGHEST_CERTAINTY = 0.98;
const mostOdds = (probability: number) => (1 - probability) / probability;
const PLACE = { applies: { home: true, elsewhere: true, inside: false }, floors: PLACE_FLOOR };

describe('given the floors of the position model', () => {
  it('lets a zone violation open at every certainty that an order may ask for', () => {
    const floors = ZONE_FLOOR.inside.home + ZONE_FLOOR.inside.elsewhere;
    expect(floors).toBeLessThan(mostOdds(HIGHEST_CERTAINTY));
  });

  it('lets a curfew violation open at every certainty that an order may ask for', () => {
    expect(PLACE_FLOOR.elsewhere.home).toBeLessThan(mostOdds(HIGHEST_CERTAINTY));
  });

  it('lets every zone violation close again', () => {
    const closing = CLOSING_PROBABILITY / (1 - CLOSING_PROBABILITY);
    expect(ZONE_FLOOR.home.inside).toBeLessThan(closing);
    expect(ZONE_FLOOR.elsewhere.inside).toBeLessThan(closing);
  });

  it('gives a hypothesis against itself odds of one', () => {
    expect(floorOdds(PLACE, 'home', 'home')).toBe(1);
    expect(floorOdds(PLACE, 'home', 'elsewhere')).toBe(PLACE_FLOOR.home.elsewhere);
  });
});

describe('given weights that are predicted a step on', () => {
  const weight = fc.double({ min: 0.001, max: 1, noNaN: true });
  const weights = fc.record({ home: weight, elsewhere: weight, inside: weight }).map(normalise);
  const motion = fc.constantFrom('moving' as const, 'still' as const, 'unknown' as const);

  it('keeps their sum, and none below zero, for any time and motion', () => {
    fc.assert(
      fc.property(
        weights,
        fc.double({ min: 0, max: 600, noNaN: true }),
        motion,
        (w, minutes, m) => {
          const after = predict(w, minutes, m);
          expect(after.home + after.elsewhere + after.inside).toBeCloseTo(1, 9);
          expect(Math.min(after.home, after.elsewhere, after.inside)).toBeGreaterThanOrEqual(0);
        },
      ),
    );
  });

  it('moves nothing into a hypothesis that does not apply', () => {
    const settled = settledWeights('home', PLACE);
    expect(predict(settled, 10, 'moving').inside).toBe(0);
  });

  it('widens no further after ten minutes: gaps widen, they do not decide', () => {
    const settled = settledWeights('home', PLACE);
    expect(predict(settled, 600, 'unknown')).toEqual(predict(settled, 10, 'unknown'));
  });
});
