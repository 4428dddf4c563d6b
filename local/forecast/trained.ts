import { FEATURE_NAMES } from '#domain/forecast/features.ts';
import { type Coefficients, forecast } from '#domain/forecast/model.ts';
import { cohort, type Example, SHIFTED, USUAL } from './cohort.ts';
import { regress } from './regress.ts';
import {
  type Bin,
  brier,
  calibrationError,
  logLoss,
  reliability,
  type Said,
  skill,
} from './score.ts';

/** Everything follows from this number. */
export const SEED = 20_260_302;

/** Nobody is in two of them. */
const TRAINED = { from: 0, to: 3_000 };
const VALIDATED = { from: 3_000, to: 4_000 };
const HELD_OUT = { from: 4_000, to: 6_000 };
const RIDGES = [0.1, 1, 3, 10, 30, 100];

/** What the model says of examples of which there is enough to say anything. */
const saidOf = (examples: readonly Example[], by: Coefficients): Said[] =>
  examples.flatMap(({ conduct, happened }) => {
    const told = forecast(conduct, by);
    return told.is === 'forecast' ? [{ probability: told.probability, happened }] : [];
  });

const shareOf = (examples: readonly Example[]): number =>
  examples.filter(({ happened }) => happened).length / Math.max(1, examples.length);

const hadOne = ({ conduct }: Example): boolean => conduct.violationDays28 > 0;

/** What others would say: always the usual rate; or one of two, by whether there was one lately. */
const rivalsOf = (trained: readonly Example[]) => {
  const usual = shareOf(trained);
  const [after, without] = [
    shareOf(trained.filter(hadOne)),
    shareOf(trained.filter((one) => !hadOne(one))),
  ];
  return { usual: () => usual, rule: (one: Example) => (hadOne(one) ? after : without) };
};

/** How well a cohort was forecast. */
export type Measured = Readonly<{
  name: string;
  examples: number;
  rate: number;
  brier: number;
  skillToRate: number;
  skillToRule: number;
  calibrationError: number;
  bins: readonly Bin[];
}>;

type Trained = Readonly<{ coefficients: Coefficients; ridge: number; trained: Example[] }>;

/** The weights, with the ridge that served the people best whom they were not learned from. */
export const train = (): Trained => {
  const trained = cohort(USUAL, SEED, TRAINED);
  const validated = cohort(USUAL, SEED, VALIDATED);
  const tried = RIDGES.map((ridge) => {
    const coefficients = regress(trained, ridge);
    return { ridge, coefficients, loss: logLoss(saidOf(validated, coefficients)) };
  });
  const best = tried.reduce((least, one) => (one.loss < least.loss ? one : least));
  return { coefficients: best.coefficients, ridge: best.ridge, trained };
};

const measureOn = (
  { coefficients, trained }: Trained,
  name: string,
  examples: readonly Example[],
): Measured => {
  const rivals = rivalsOf(trained);
  const asked = examples.filter(({ conduct }) => forecast(conduct, coefficients).is === 'forecast');
  const said = saidOf(asked, coefficients);
  const by = (rival: (one: Example) => number): Said[] =>
    asked.map((one) => ({ probability: rival(one), happened: one.happened }));
  const bins = reliability(said);
  return {
    ...{ name, bins, examples: asked.length, rate: shareOf(asked), brier: brier(said) },
    skillToRate: skill(said, by(rivals.usual)),
    skillToRule: skill(said, by(rivals.rule)),
    calibrationError: calibrationError(bins),
  };
};

/** On people who were held out, and on cohorts that are otherwise than the one learned from. */
export const measured = (trained: Trained): Measured[] => [
  measureOn(trained, 'people held out', cohort(USUAL, SEED, HELD_OUT)),
  ...Object.entries(SHIFTED).map(([name, by], i) =>
    measureOn(trained, name, cohort(by, SEED + 1 + i, HELD_OUT)),
  ),
];

/** The file that holds the weights, as it is committed. */
export const coefficientsFile = ({
  coefficients,
  ridge,
}: Trained): string => `import type { Coefficients } from './model.ts';

/**
 * Written by \`npm run forecast:train\` (seed ${SEED}, ridge ${ridge}) from simulated people alone; a
 * test holds it to that. docs/forecast.md says how well it forecasts, and where it fails.
 */
export const COEFFICIENTS: Coefficients = {
  intercept: ${coefficients.intercept},
  weights: {
${FEATURE_NAMES.map((name) => `    ${name}: ${coefficients.weights[name]},`).join('\n')}
  },
};
`;
