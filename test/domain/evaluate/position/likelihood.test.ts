import { describe, expect, it } from 'vitest';
import { knownPlace } from '#domain/evaluate/position/known-place.ts';
import {
  checkLikelihood,
  fixLikelihood,
  flagLikelihood,
  normalShare,
  OUTLIER_DENSITY,
  scatterDensity,
  sigmaMetres,
} from '#domain/evaluate/position/likelihood.ts';
import type { Check, Fix } from '#domain/model/device-event.ts';
import { placeSchema } from '#domain/model/place.ts';
import { check, fix } from '#test/support/events.ts';
import { at, HOME } from '#test/support/supervisions.ts';

const AT = at('2026-06-01T12:00:00Z');
const fixOf = (fields: Readonly<Record<string, unknown>>): Fix => {
  const made = fix(AT, HOME, fields);
  if (made.kind !== 'fix') throw new Error('not a fix');
  return made;
};
const checkOf = (...args: Parameters<typeof check>): Check => {
  const made = check(...args);
  if (made.kind !== 'check') throw new Error('not a check');
  return made;
};

/** The error function by its series, independent of the formula under test. */
const normalBySeries = (z: number): number => {
  let [term, sum] = [z, z];
  for (let n = 1; n < 200; n += 1) {
    term *= -(z * z) / (2 * n);
    sum += term / (2 * n + 1);
  }
  return 0.5 + sum / Math.sqrt(2 * Math.PI);
};

describe('given the normal distribution function', () => {
  it('agrees with its series to the stated 1.5e-7', () => {
    for (let z = -5; z <= 5; z += 0.01) {
      expect(Math.abs(normalShare(z) - normalBySeries(z))).toBeLessThan(1.5e-7);
    }
  });
});

describe('given the scatter round a place', () => {
  it('is a density: over the plane it adds up to one', () => {
    let sum = 0;
    for (let r = 0; r < 20_000; r += 0.25) sum += scatterDensity(r, 400) * 2 * Math.PI * r * 0.25;
    expect(sum).toBeCloseTo(1, 3);
  });
});

describe('given what a device says of a fix', () => {
  it('takes the stated accuracy at its percentile', () => {
    const at68 = sigmaMetres(fixOf({ accuracyMetres: 30.2, accuracyPercentile: 68 }));
    const at95 = sigmaMetres(fixOf({ accuracyMetres: 30.2, accuracyPercentile: 95 }));
    expect(at68).toBeCloseTo(Math.hypot(20, 3), 6);
    expect(at95).toBeCloseTo(Math.hypot(30.2 / 2.45, 3), 6);
  });

  it('takes the dilution where no accuracy is stated, and the source where neither is', () => {
    expect(sigmaMetres(fixOf({ accuracyMetres: null, hdop: 2 }))).toBeCloseTo(Math.hypot(10, 3), 6);
    expect(sigmaMetres(fixOf({ accuracyMetres: null }))).toBeCloseTo(Math.hypot(15, 3), 6);
  });

  it('believes no receiver better than 3 m, and no cell better than 300 m', () => {
    expect(sigmaMetres(fixOf({ accuracyMetres: 0.1 }))).toBeGreaterThanOrEqual(3);
    expect(sigmaMetres(fixOf({ accuracyMetres: 10, source: 'cell' }))).toBe(300);
  });
});

describe('given a fix under each hypothesis', () => {
  const densities = {
    places: [knownPlace(placeSchema.parse({ label: 'home', lat: 51.5, lon: -0.1 }))],
    insideAreaSquareMetres: 2e5,
    hasZone: true,
  };

  it('never falls below the share of outliers, so no single fix decides', () => {
    const far = { sigmaMetres: 5, placeDistancesMetres: [1e6], depthMetres: -1e6 };
    const weights = fixLikelihood(far, densities);
    expect(weights.home).toBeGreaterThanOrEqual(OUTLIER_DENSITY);
    expect(weights.inside).toBeGreaterThanOrEqual(OUTLIER_DENSITY);
  });

  it('says nothing of inside or outside on the very edge', () => {
    const edge = { sigmaMetres: 5, placeDistancesMetres: [1e6], depthMetres: 0 };
    const weights = fixLikelihood(edge, densities);
    expect(weights.inside).toBeCloseTo(weights.elsewhere, 12);
  });
});

describe('given flags and checks', () => {
  it('takes a home unit that is seen as thirty times likelier at home', () => {
    const weights = flagLikelihood({ motion: 'unknown', homeUnit: 'seen' });
    expect(weights.home / weights.inside).toBeCloseTo(0.97 / 0.03, 9);
  });

  it('takes nothing from a check that failed', () => {
    expect(checkLikelihood(checkOf(AT, 'failed'))).toBeNull();
  });

  it('takes an absent check as evidence against home, and no single one as proof', () => {
    const weights = checkLikelihood(checkOf(AT, 'absent'));
    expect((weights?.elsewhere ?? 0) / (weights?.home ?? 1)).toBeGreaterThan(10);
    expect((weights?.elsewhere ?? 0) / (weights?.home ?? 1)).toBeLessThan(100);
  });
});
