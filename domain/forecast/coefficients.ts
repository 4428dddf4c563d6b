import type { Coefficients } from './model.ts';

/**
 * Written by `npm run forecast:train` (seed 20260302, ridge 3) from simulated people alone; a
 * test holds it to that. docs/forecast.md says how well it forecasts, and where it fails.
 */
export const COEFFICIENTS: Coefficients = {
  intercept: -1.41,
  weights: {
    violationDays7: 2.678,
    violationDays28: 1.711,
    lateTrend: 0.485,
    missedAppointments: 0.082,
    lateChecks: 1.327,
    missedCharging: 0.766,
    run: -0.518,
    begin: 0.301,
  },
};
