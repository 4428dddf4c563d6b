import { FEATURE_NAMES } from '#domain/forecast/features.ts';
import type { Coefficients } from '#domain/forecast/model.ts';
import type { Bin } from './score.ts';
import type { Measured } from './trained.ts';

const share = (value: number): string => `${(100 * value).toFixed(1)} %`;
const number = (value: number): string => value.toFixed(4);

const row = ({ name, ...one }: Measured): string =>
  [
    `| ${name} | ${one.examples} | ${share(one.rate)} | ${number(one.brier)}`,
    `${number(one.skillToRate)} | ${number(one.skillToRule)} | ${share(one.calibrationError)} |`,
  ].join(' | ');

const bin = ({ said, came, count }: Bin, i: number): string =>
  `| ${i + 1} | ${share(said)} | ${share(came)} | ${count} |`;

/** What was measured, as tables of docs/forecast.md between its two marks. */
export const measuredTables = (by: Coefficients, all: readonly Measured[]): string =>
  [
    '| Feature | Weight |',
    '|---|---|',
    `| (none: the intercept) | ${by.intercept} |`,
    ...FEATURE_NAMES.map((name) => `| \`${name}\` | ${by.weights[name]} |`),
    '',
    '| Cohort | Examples | A violation came | Brier score | Skill to the usual rate | Skill to the simple rule | Mean error of calibration |',
    '|---|---|---|---|---|---|---|',
    ...all.map(row),
    '',
    'The people held out, a tenth at a time, by what was forecast:',
    '',
    '| Tenth | Forecast | Came | Examples |',
    '|---|---|---|---|',
    ...(all[0]?.bins ?? []).map(bin),
  ].join('\n');

const BEGIN = '<!-- measured -->';
const END = '<!-- /measured -->';

/** The page with its tables written anew. */
export const withTables = (page: string, tables: string): string => {
  const [before = '', rest = ''] = page.split(BEGIN);
  const [, after = ''] = rest.split(END);
  return `${before}${BEGIN}\n${tables}\n${END}${after}`;
};
