import { printCost } from '#local/meter/print-cost.ts';
import type { Spread } from '../measures/quantile.ts';
import type { LoadRun } from '../run-load.ts';
import { aimLine } from './aims.ts';
import { type Figures, measuredOf, type StretchFigures } from './figures.ts';
import { unitsOnTheWay } from './units.ts';

const NAME_WIDTH = 22;
const row = (name: string, text: string): string => `  ${name.padEnd(NAME_WIDTH)}${text}`;

const whole = (value: number): string => Math.round(value).toLocaleString('en-GB');

const spreadText = ({ count, p50, p99, worst }: Spread): string =>
  count === 0
    ? 'nothing to measure'
    : `p50 ${whole(p50)} ms, p99 ${whole(p99)} ms, worst ${whole(worst)} ms, of ${whole(count)}`;

const componentRows = ({ components }: StretchFigures): string[] =>
  Object.entries(components)
    .filter(([, { cores }]) => cores >= 0.005)
    .sort(([, a], [, b]) => b.cores - a.cores)
    .map(([name, { cores, memoryBytes }], i) => {
      const memory = memoryBytes === 0 ? '' : `, ${whole(memoryBytes / 1_048_576)} MiB`;
      return row(i === 0 ? 'CPU and memory' : '', `${cores.toFixed(2)} cores${memory}  ${name}`);
    });

const operationsText = (operations: Readonly<Record<string, number>>): string =>
  Object.entries(operations)
    .filter(([, count]) => count >= 0.005)
    .sort(([, a], [, b]) => b - a)
    .map(([operation, count]) => `${operation} ${count.toFixed(2)}`)
    .join(', ');

const unitRows = ({ units }: StretchFigures): string[] =>
  units
    .filter(({ calls }) => calls >= 0.005)
    .flatMap(({ by, calls, readUnits, writeUnits, operations }, i) => [
      row(
        i === 0 ? 'A message takes' : '',
        `${by}: ${calls.toFixed(3)} SDK calls, ${readUnits.toFixed(3)} read units, ` +
          `${writeUnits.toFixed(3)} write units`,
      ),
      row('', `  ${operationsText(operations)}`),
    ]);

/** Several fixes share a message, and with it its calls and units. */
const perFixRows = ({ units, messages, fixes }: StretchFigures): string[] => {
  const { calls, readUnits, writeUnits } = unitsOnTheWay(units);
  const aFix = (perMessage: number): string => ((perMessage * messages) / fixes).toFixed(3);
  const text = `${aFix(calls)} SDK calls, ${aFix(readUnits)} read units, ${aFix(writeUnits)} write units`;
  return fixes === 0 ? [] : [row('A fix takes', text)];
};

const stretchRows = (title: string, figures: StretchFigures): string[] => [
  '',
  title,
  row('Sent', `${whole(figures.messages)} messages, ${whole(figures.fixes)} fixes`),
  row(
    '',
    `${whole(figures.messagesPerSecond)} messages and ${whole(figures.fixesPerSecond)} fixes a second`,
  ),
  row('Answered in', spreadText(figures.answerMilliseconds)),
  row(
    'Head-end',
    `${figures.retries} retries; ${whole(figures.latestMilliseconds)} ms late at worst`,
  ),
  row('Lag', `${spreadText(figures.lagMilliseconds)}: receipt until evaluated`),
  row('Queue', `${whole(figures.deepest)} at most, ${whole(figures.deepestAtEnd)} at the end`),
  ...(figures.drainedSeconds === null
    ? []
    : [row('Drained', `${figures.drainedSeconds.toFixed(1)} s after the last was sent`)]),
  ...componentRows(figures),
  ...unitRows(figures),
  ...perFixRows(figures),
];

const safeText = ({ safe: { safe, folded } }: Figures): string =>
  `${((100 * safe) / folded).toFixed(1)} % of the last ${whole(folded)} fixes`;

const steadyRows = (figures: Figures): string[] => [
  ...stretchRows(
    `Steady: ${figures.options.minutes} minutes, ${figures.isSustained ? 'sustained' : 'NOT SUSTAINED'}`,
    figures.steady,
  ),
  row('Receipt to page', spreadText(figures.pageMilliseconds)),
  row('Due to page', `${spreadText(figures.duePageMilliseconds)}: decided by the clock`),
  row('Safe region', safeText(figures)),
];

const backlogRows = ({ backlog, options }: Figures): string[] => {
  if (backlog === null) return [];
  const { backlogWearers, wearers } = options;
  const scale = ((100 * backlogWearers) / wearers).toFixed(0);
  return [
    ...stretchRows(`Backlog: 12 h of ${whole(backlogWearers)} devices, ${scale} % of all`, backlog),
    row('Evaluated', `after ${backlog.seconds.toFixed(0)} s,`),
    row('', `${whole(backlog.fixes / backlog.seconds)} fixes a second, one message a device`),
  ];
};

const verdictRows = ({ verdict, kept, refused, isSound }: Figures): string[] => [
  '',
  isSound ? 'Nothing lost, doubled, refused or paged without cause' : 'NOT SOUND',
  row('Violations hidden', `${verdict.expected}; paged ${verdict.paged}`),
  row('Lost, doubled', `${verdict.lost.length}, ${verdict.doubled.length}`),
  row('Without cause', `${verdict.uncalledFor.length}`),
  row(
    'Fixes found again',
    `${whole(kept.found)} of ${whole(kept.expected)}, in the trails of ${whole(kept.wearers)} wearers`,
  ),
  row('Refused, given up', String(refused)),
];

const costRows = (run: LoadRun): string[] => {
  const lines: string[] = [''];
  printCost((text) => lines.push(text), measuredOf(run));
  return lines;
};

/** A run's figures for a person. */
export const linesOf = (run: LoadRun, figures: Figures): string[] => [
  ...steadyRows(figures),
  ...(figures.burst === null
    ? []
    : stretchRows('Burst: everybody within a minute, four times as fast', figures.burst)),
  ...backlogRows(figures),
  ...verdictRows(figures),
  ...costRows(run),
  '',
  'Aims',
  ...figures.aims.map(aimLine),
];
