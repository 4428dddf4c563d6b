import { compare } from './compare.ts';
import { SIGNALS } from './ours.ts';
import type { OurRow, WorldResult } from './run-world.ts';
import {
  falsePerMonth,
  MONTH_DAYS,
  missedShare,
  quantile,
  type Tally,
  trueShare,
} from './score.ts';

const percent = (share: number, digits = 1): string =>
  Number.isNaN(share) ? '-' : `${(100 * share).toFixed(digits)} %`;

const figures = (tally: Tally): string[] => [
  falsePerMonth(tally).toFixed(2),
  percent(missedShare(tally)),
  quantile(tally.delays, 0.5).toFixed(1),
  quantile(tally.delays, 0.9).toFixed(1),
  percent(trueShare(tally), 0),
  String(tally.alerts),
];

const table = (heads: readonly string[], rows: readonly (readonly string[])[]): string => {
  const all = [heads, ...rows];
  const widths = heads.map((_, i) => Math.max(...all.map((row) => (row[i] ?? '').length)));
  return all
    .map((row) =>
      row
        .map((cell, i) => (i === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[i] ?? 0)))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
};

const HEADS = ['rule', 'false a month', 'missed', 'median min', 'p90 min', 'true', 'alerts'];

const nameOf = ({ signals, dial }: OurRow): string => {
  const area = dial.insideAreaSquareMetres / 1e4;
  return `Homeward, ${signals}, ${dial.certainty}${area === 10 ? '' : `, area ${area} ha`}`;
};

const everyRule = (result: WorldResult): string =>
  table(HEADS, [
    ...result.baselines.map(({ name, tally }) => [name, ...figures(tally)]),
    ...result.ours.map((row) => [nameOf(row), ...figures(row.tally)]),
  ]);

const byDistance = (result: WorldResult): string => {
  const rows = [
    ...result.baselines.filter(({ name }) => name.startsWith('inside by its accuracy, 3')),
    ...result.ours
      .filter(({ dial }) => dial.certainty === 0.95 && dial.insideAreaSquareMetres === 1e5)
      .map((row) => ({ ...row, name: nameOf(row) })),
  ];
  const each = rows.flatMap(({ name, bands }) =>
    [...bands].map(([band, tally]) => [band, name, ...figures(tally)]),
  );
  return table(
    ['homes', ...HEADS],
    each.sort(([a = ''], [b = '']) => (a < b ? -1 : a > b ? 1 : 0)),
  );
};

const calibration = ({ ours }: WorldResult): string =>
  table(
    ['alerts opened at', 'signals', 'said on average', 'true', 'alerts'],
    ours
      .filter(({ dial }) => dial.insideAreaSquareMetres === 1e5)
      .map(({ dial, signals, said, tally }) => [
        String(dial.certainty),
        signals,
        percent(said / tally.alerts, 0),
        percent(trueShare(tally), 0),
        String(tally.alerts),
      ]),
  );

const comparisons = (result: WorldResult): string => {
  const each = SIGNALS.map((signals) => compare(result, signals));
  const cell = (row: number) => (of: (typeof each)[number]) => {
    const found = of[row];
    if (found === undefined || found.timesFewer === null) return 'none so good';
    return `${found.isAtLeast ? '> ' : ''}${found.timesFewer.toFixed(0)} x`;
  };
  return table(
    ['false alerts fewer than', ...SIGNALS],
    result.baselines.map(({ name }, row) => [name, ...each.map(cell(row))]),
  );
};

const skipping = (result: WorldResult): string =>
  table(
    [
      ...['signals', 'fixes skipped', 'stays with a fix', 'told or shown within 2 min'],
      ...['undetermined', 'prompts a month'],
    ],
    SIGNALS.map((signals) => {
      const { stays, shown, undeterminedFixes, prompts } = result.shown[signals];
      return [
        signals,
        percent(result.skipped[signals] / result.fixes),
        String(stays),
        percent(stays === 0 ? Number.NaN : shown / stays),
        percent(undeterminedFixes / result.fixes),
        ((prompts / result.days) * MONTH_DAYS).toFixed(2),
      ];
    }),
  );

/** Everything that is printed of one world. */
export const report = (title: string, result: WorldResult): string => {
  const stays = result.baselines[0]?.tally.stays ?? 0;
  return [
    `${title}: ${result.days} wearer-days, ${result.fixes} fixes, ${stays} stays of 2 min or more`,
    everyRule(result),
    'At no more misses and at most one fix later, by the best dial',
    comparisons(result),
    'Certainty said, and what came true',
    calibration(result),
    'By where the wearer lives, at 0.95',
    byDistance(result),
    'What need not be evaluated, and what is shown',
    skipping(result),
  ].join('\n\n');
};
