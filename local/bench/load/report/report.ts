import { safeRegionShare } from '#local/start/measures.ts';
import { spreadOf } from '../measures/quantile.ts';
import type { LoadRun } from '../run-load.ts';
import type { Stretch } from '../stretch.ts';
import { aimLine, isSustained } from './aims.ts';

const rounded = (value: number, digits = 0): string => value.toFixed(digits);

const spreadText = (milliseconds: readonly number[]): string => {
  const { count, p50, p99, worst } = spreadOf(milliseconds);
  if (count === 0) return 'nothing to measure';
  return `p50 ${rounded(p50)} ms, p99 ${rounded(p99)} ms, worst ${rounded(worst)} ms (${count})`;
};

const secondsOf = ({ startsAt, sentAt }: Stretch): number => (sentAt - startsAt) / 1_000;

const row = (name: string, text: string): string => `  ${name.padEnd(24)}${text}`;

const componentRows = ({ components }: Stretch): string[] =>
  Object.entries(components)
    .filter(([, { cores }]) => cores >= 0.005)
    .sort(([, a], [, b]) => b.cores - a.cores)
    .map(([name, { cores, memoryBytes }]) => {
      const memory = memoryBytes === 0 ? '' : `, ${rounded(memoryBytes / 1_048_576)} MiB`;
      return row('', `${name}: ${rounded(cores, 2)} cores${memory}`);
    });

const callCount = ({ calls }: Stretch): number =>
  Object.entries(calls)
    .flatMap(([, operations]) => Object.entries(operations))
    .filter(([operation]) => operation !== 'GetQueueAttributes')
    .reduce((sum, [, count]) => sum + count, 0);

const stretchRows = (name: string, stretch: Stretch): string[] => {
  const { tally, lags, depths, drainedAt, sentAt } = stretch;
  const seconds = secondsOf(stretch);
  const perSecond = tally.messages / seconds;
  return [
    '',
    name,
    row('Sent', `${tally.messages} messages, ${tally.fixes} fixes in ${rounded(seconds)} s`),
    row('', `${rounded(perSecond)} messages and ${rounded(tally.fixes / seconds)} fixes a second`),
    row('Head-end', `answers ${spreadText(tally.answerMilliseconds)}; ${tally.retries} retries`),
    row('', `at most ${rounded(tally.latestMilliseconds)} ms behind its plan`),
    row('Lag, receipt to state', spreadText(lags)),
    row('Queue', `at most ${Math.max(0, ...depths)} messages, at the end ${depths.at(-1) ?? 0}`),
    ...(drainedAt === null
      ? []
      : [row('Drained', `${rounded((drainedAt - sentAt) / 1_000, 1)} s after the last was sent`)]),
    row('SDK calls', `${rounded(callCount(stretch) / tally.messages, 2)} a message`),
    row('', JSON.stringify(stretch.calls)),
    ...componentRows(stretch),
  ];
};

export type Report = Readonly<{ lines: readonly string[]; isSound: boolean }>;

/** Everything a run came to, in lines. Sound: nothing lost, doubled, or paged without cause. */
export const reportOf = (run: LoadRun): Report => {
  const { steady, burst, backlog, verdict, kept, pageTimes } = run;
  const byFix = pageTimes.filter(({ kind }) => kind !== 'curfew-grace');
  const byClock = pageTimes.filter(({ kind }) => kind === 'curfew-grace');
  const { folded, safe } = safeRegionShare(run.evaluateLines);
  const rate = steady.tally.messages / secondsOf(steady);
  const tallies = [
    run.warmUp,
    steady.tally,
    ...[burst, backlog].flatMap((one) => one?.tally ?? []),
  ];
  const refused = tallies.reduce((sum, tally) => sum + tally.refused + tally.undelivered, 0);
  const wrong = verdict.lost.length + verdict.doubled.length + verdict.uncalledFor.length;
  const isSound = wrong + refused === 0 && kept.expected === kept.found;
  const sustained = isSustained(steady.depths, rate);
  const milliseconds = byFix.map((one) => one.milliseconds);
  return {
    isSound,
    lines: [
      ...stretchRows(`Steady: ${sustained ? 'sustained' : 'NOT sustained'}`, steady),
      row('Receipt to page', spreadText(milliseconds)),
      row('Due to page', spreadText(byClock.map((one) => one.milliseconds))),
      row('Safe region', `${rounded((100 * safe) / folded, 1)} % of the last ${folded} fixes`),
      ...(burst === null ? [] : stretchRows('Burst: four times as much for a minute', burst)),
      ...(backlog === null ? [] : stretchRows('Backlog: twelve hours at once', backlog)),
      '',
      row('Violations hidden', `${verdict.expected}, paged ${verdict.paged}`),
      row('', `lost ${verdict.lost.length}, doubled ${verdict.doubled.length}`),
      row('', `paged without cause ${verdict.uncalledFor.length}`),
      row('Fixes found again', `${kept.found} of ${kept.expected}, of ${kept.wearers} wearers`),
      row('Refused, undelivered', String(refused)),
      aimLine({
        name: 'Receipt to page, p99',
        measured: spreadOf(milliseconds).p99 / 1_000,
        most: 2,
        unit: 's',
      }),
    ],
  };
};
