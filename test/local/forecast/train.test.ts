import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { calibrationSvg } from '#local/forecast/calibration-svg.ts';
import { cohort, USUAL } from '#local/forecast/cohort.ts';
import { measuredTables, withTables } from '#local/forecast/measured-page.ts';
import { regress } from '#local/forecast/regress.ts';
import { brier, calibrationError, reliability, skill } from '#local/forecast/score.ts';
import { coefficientsFile, type Measured, measured, train } from '#local/forecast/trained.ts';

const committed = (path: string): string =>
  readFileSync(new URL(`../../../${path}`, import.meta.url), 'utf8');

let trained: ReturnType<typeof train>;
let all: readonly Measured[];
beforeAll(() => {
  trained = train();
  all = measured(trained);
});

describe('the training', () => {
  it('comes to the committed weights', () => {
    expect(coefficientsFile(trained)).toBe(committed('domain/forecast/coefficients.ts'));
  });

  it('comes to the committed tables and plot', () => {
    const page = committed('docs/forecast.md');
    expect(withTables(page, measuredTables(trained.coefficients, all))).toBe(page);
    expect(calibrationSvg(all)).toBe(committed('docs/forecast-calibration.svg'));
  });

  it('forecasts people who were held out better than the usual rate and the simple rule do', () => {
    const [heldOut] = all;
    expect(heldOut?.skillToRate).toBeGreaterThan(0.15);
    expect(heldOut?.skillToRule).toBeGreaterThan(0.1);
    expect(heldOut?.calibrationError).toBeLessThan(0.03);
  });

  it('makes the same people of the same seed, whoever else is made', () => {
    const few = cohort(USUAL, 7, { from: 3, to: 5 });
    const more = cohort(USUAL, 7, { from: 0, to: 9 });
    expect(more.filter(({ person }) => person === 3 || person === 4)).toEqual(few);
  });
});

describe('the regression', () => {
  it('finds weights at which no feature is left to explain', () => {
    const some = cohort(USUAL, 3, { from: 0, to: 200 });
    const loose = regress(some, 0.001);
    const tight = regress(some, 1e6);
    const sizeOf = ({ weights }: typeof loose): number =>
      Object.values(weights).reduce((sum, weight) => sum + weight ** 2, 0);
    expect(sizeOf(tight)).toBeLessThan(sizeOf(loose));
    // With weights held at nothing, what is left is the usual rate.
    const rate = some.filter(({ happened }) => happened).length / some.length;
    expect(1 / (1 + Math.exp(-tight.intercept))).toBeCloseTo(rate, 2);
  });
});

describe('the scores', () => {
  const said = [
    { probability: 0.8, happened: true },
    { probability: 0.4, happened: false },
  ];

  it('are what one counts by hand', () => {
    expect(brier(said)).toBeCloseTo((0.04 + 0.16) / 2);
    const halves = said.map(({ happened }) => ({ probability: 0.5, happened }));
    expect(skill(said, halves)).toBeCloseTo(1 - 0.1 / 0.25);
    const bins = reliability(said, 2);
    expect(bins.map(({ said: told, came }) => [told, came])).toEqual([
      [0.4, 0],
      [0.8, 1],
    ]);
    expect(calibrationError(bins)).toBeCloseTo(0.3);
  });
});
