import { FEATURE_NAMES, type FeatureName, featuresOf } from '#domain/forecast/features.ts';
import { type Coefficients, probabilityOf } from '#domain/forecast/model.ts';
import type { Example } from './cohort.ts';

/** Solves a system of linear equations by elimination with the largest pivot. */
const solve = (rows: readonly (readonly number[])[], right: readonly number[]): number[] => {
  const a = rows.map((row, i) => [...row, right[i] ?? 0]);
  const n = a.length;
  const at = (i: number, j: number): number => a[i]?.[j] ?? 0;
  for (let k = 0; k < n; k += 1) {
    let best = k;
    for (let i = k + 1; i < n; i += 1) if (Math.abs(at(i, k)) > Math.abs(at(best, k))) best = i;
    const [pivot, other] = [a[best] ?? [], a[k] ?? []];
    [a[k], a[best]] = [pivot, other];
    for (let i = k + 1; i < n; i += 1) {
      const factor = at(i, k) / at(k, k);
      a[i] = (a[i] ?? []).map((value, j) => value - factor * (pivot[j] ?? 0));
    }
  }
  const found = new Array<number>(n).fill(0);
  for (let i = n - 1; i >= 0; i -= 1) {
    const rest = found.reduce((sum, value, j) => (j > i ? sum + at(i, j) * value : sum), 0);
    found[i] = (at(i, n) - rest) / at(i, i);
  }
  return found;
};

const STEPS = 25;
const CLOSE_ENOUGH = 1e-9;

/**
 * Logistic regression by Newton's method (iteratively reweighted least squares), with a ridge on
 * the weights and none on the intercept. Source: Hastie, Tibshirani and Friedman, The Elements of
 * Statistical Learning (2009), 4.4.1 and 3.4.1.
 */
export const regress = (examples: readonly Example[], ridge: number): Coefficients => {
  const xs = examples.map(({ conduct }) => {
    const features = featuresOf(conduct);
    return [1, ...FEATURE_NAMES.map((name) => features[name])];
  });
  const size = FEATURE_NAMES.length + 1;
  let beta = new Array<number>(size).fill(0);
  for (let step = 0; step < STEPS; step += 1) {
    const gradient = beta.map((value, j) => (j === 0 ? 0 : -ridge * value));
    const hessian = beta.map((_, i) => beta.map((__, j) => (i === j && i > 0 ? ridge : 1e-9)));
    for (const [n, x] of xs.entries()) {
      const p = probabilityOf(x.reduce((sum, value, j) => sum + value * (beta[j] ?? 0), 0));
      const error = (examples[n]?.happened ? 1 : 0) - p;
      const weight = p * (1 - p);
      for (let i = 0; i < size; i += 1) {
        const xi = x[i] ?? 0;
        if (xi === 0) continue;
        gradient[i] = (gradient[i] ?? 0) + xi * error;
        const row = hessian[i] ?? [];
        for (let j = 0; j < size; j += 1) row[j] = (row[j] ?? 0) + weight * xi * (x[j] ?? 0);
      }
    }
    const move = solve(hessian, gradient);
    beta = beta.map((value, j) => value + (move[j] ?? 0));
    if (move.every((value) => Math.abs(value) < CLOSE_ENOUGH)) break;
  }
  return named(beta);
};

const thousandths = (value: number): number => Math.round(value * 1_000) / 1_000;

/** As they are committed: more digits would claim more than there is. */
const named = (beta: readonly number[]): Coefficients => {
  const weightOf = (name: FeatureName): number =>
    thousandths(beta[FEATURE_NAMES.indexOf(name) + 1] ?? 0);
  return {
    intercept: thousandths(beta[0] ?? 0),
    weights: {
      violationDays7: weightOf('violationDays7'),
      violationDays28: weightOf('violationDays28'),
      lateTrend: weightOf('lateTrend'),
      missedAppointments: weightOf('missedAppointments'),
      lateChecks: weightOf('lateChecks'),
      missedCharging: weightOf('missedCharging'),
      run: weightOf('run'),
      begin: weightOf('begin'),
    },
  };
};
