import { COEFFICIENTS } from './coefficients.ts';
import {
  type Conduct,
  FEATURE_NAMES,
  type FeatureName,
  type Features,
  featuresOf,
} from './features.ts';

/** Weights of the features, and what the odds are without any. */
export type Coefficients = Readonly<{
  intercept: number;
  weights: Readonly<Record<FeatureName, number>>;
}>;

/** The probability that a logit stands for. */
export const probabilityOf = (logit: number): number => 1 / (1 + Math.exp(-logit));

/** The logit of some features: the weighted sum. */
export const logitOf = ({ intercept, weights }: Coefficients, features: Features): number =>
  FEATURE_NAMES.reduce((sum, name) => sum + weights[name] * features[name], intercept);

/** With fewer days than these of which anything was seen nothing is forecast. */
export const LEAST_DAYS = 14;

/** Every probability is kept within: no four weeks make anybody certain. */
const LEAST = 0.02;
const MOST = 0.95;

/** What a feature adds to the odds (as a logit), against somebody of whom nothing was found. */
export type Contribution = Readonly<{ name: FeatureName; logit: number }>;

export type Forecast =
  | Readonly<{ is: 'too-little-data'; daysSeen: number; leastDays: number }>
  | Readonly<{
      is: 'forecast';
      /** Of a violation that counts, in the next 14 days. */
      probability: number;
      /** What speaks for one, the most first; and what speaks against. */
      raising: readonly Contribution[];
      lowering: readonly Contribution[];
    }>;

/** Contributions that hardly move the odds are not worth a word. */
const WORTH_A_WORD = 0.1;

/** Of whom nothing was found and who has worn a device for long: what others are held against. */
const BASELINE: Features = {
  ...{ violationDays7: 0, violationDays28: 0, lateTrend: 0, missedAppointments: 0 },
  ...{ lateChecks: 0, missedCharging: 0, run: 0, begin: 0 },
};

/**
 * How likely a violation is in the next 14 days, by what somebody did in four weeks, and why. It is
 * a reason to help, and for no decision against anybody: nothing of evaluation, escalation or what
 * liaisons and courts are told may rest on it (a test of the layers holds that).
 */
export const forecast = (conduct: Conduct, by: Coefficients = COEFFICIENTS): Forecast => {
  const { daysSeen } = conduct;
  if (daysSeen < LEAST_DAYS) return { is: 'too-little-data', daysSeen, leastDays: LEAST_DAYS };
  const features = featuresOf(conduct);
  const contributions = FEATURE_NAMES.map((name) => ({
    name,
    logit: by.weights[name] * (features[name] - BASELINE[name]),
  })).filter(({ logit }) => Math.abs(logit) >= WORTH_A_WORD);
  const probability = Math.min(MOST, Math.max(LEAST, probabilityOf(logitOf(by, features))));
  return {
    is: 'forecast',
    probability,
    raising: contributions.filter(({ logit }) => logit > 0).sort((a, b) => b.logit - a.logit),
    lowering: contributions.filter(({ logit }) => logit < 0).sort((a, b) => a.logit - b.logit),
  };
};
