import { monthlyCost, usdOfParts } from '#local/meter/cost.ts';
import { type Spread, spreadOf } from '../measures/quantile.ts';
import { safeShare } from '../measures/safe-share.ts';
import type { LoadRun } from '../run-load.ts';
import type { Stretch } from '../stretch.ts';
import { type Aim, isSustained } from './aims.ts';
import { type MessageUnits, unitsByFunction, unitsOnTheWay } from './units.ts';

const CASELOAD = 26_647;
const ALERTS_A_MONTH = 2;

export type StretchFigures = Readonly<{
  messages: number;
  fixes: number;
  messagesPerSecond: number;
  fixesPerSecond: number;
  answerMilliseconds: Spread;
  retries: number;
  latestMilliseconds: number;
  lagMilliseconds: Spread;
  deepest: number;
  deepestAtEnd: number;
  drainedSeconds: number | null;
  components: Stretch['components'];
  units: readonly MessageUnits[];
}>;

const stretchFigures = (stretch: Stretch): StretchFigures => {
  const { tally, lags, depths, drainedAt, sentAt, startsAt } = stretch;
  const seconds = (sentAt - startsAt) / 1_000;
  return {
    messages: tally.messages,
    fixes: tally.fixes,
    messagesPerSecond: tally.messages / seconds,
    fixesPerSecond: tally.fixes / seconds,
    answerMilliseconds: spreadOf(tally.answerMilliseconds),
    retries: tally.retries,
    latestMilliseconds: tally.latestMilliseconds,
    lagMilliseconds: spreadOf(lags),
    deepest: Math.max(0, ...depths),
    deepestAtEnd: depths.at(-1) ?? 0,
    drainedSeconds: drainedAt === null ? null : (drainedAt - sentAt) / 1_000,
    components: stretch.components,
    units: unitsByFunction(stretch.usage, tally.messages),
  };
};

export type Figures = Readonly<{
  options: LoadRun['options'];
  setUpSeconds: number;
  warmUpSeconds: number;
  steady: StretchFigures;
  burst: StretchFigures | null;
  backlog: (StretchFigures & Readonly<{ seconds: number }>) | null;
  isSustained: boolean;
  pageMilliseconds: Spread;
  duePageMilliseconds: Spread;
  safe: ReturnType<typeof safeShare>;
  verdict: LoadRun['verdict'];
  kept: LoadRun['kept'];
  refused: number;
  usdPerWearerMonth: Readonly<{ onDemand: number; provisioned: number }>;
  aims: readonly Aim[];
  /** Nothing lost, doubled, refused, or paged without cause. */
  isSound: boolean;
}>;

/** What was metered in the steady stretch, as the cost is reckoned from. */
export const measuredOf = ({ steady, standing, verdict }: LoadRun) => ({
  ...{ usage: steady.usage, standing },
  uploads: steady.tally.messages,
  fixes: steady.tally.fixes,
  alerts: verdict.paged,
});

const usdPerWearerMonth = (run: LoadRun, billing: 'on-demand' | 'provisioned'): number => {
  const lines = monthlyCost(measuredOf(run), {
    ...{ wearers: CASELOAD, fixEverySeconds: 60, uploadEverySeconds: 60, billing },
    alertsAMonth: ALERTS_A_MONTH,
  });
  return usdOfParts(lines, 'telemetry', 'stack') / CASELOAD;
};

const pageSpread = ({ pageTimes }: LoadRun, isByClock: boolean): Spread =>
  spreadOf(
    pageTimes
      .filter(({ kind }) => (kind === 'curfew-grace') === isByClock)
      .map(({ milliseconds }) => milliseconds),
  );

const refusedOf = ({ warmUp, steady, burst, backlog }: LoadRun): number =>
  [warmUp, steady.tally, ...[burst, backlog].flatMap((one) => one?.tally ?? [])].reduce(
    (sum, tally) => sum + tally.refused + tally.undelivered,
    0,
  );

type Aimed = Readonly<Pick<Figures, 'steady' | 'burst' | 'pageMilliseconds' | 'usdPerWearerMonth'>>;

const aimsOf = ({ steady, burst, pageMilliseconds, usdPerWearerMonth: usd }: Aimed): Aim[] => {
  const { calls, readUnits, writeUnits } = unitsOnTheWay(steady.units);
  const drained = burst?.drainedSeconds ?? null;
  return [
    { name: 'Receipt to page, p99', measured: pageMilliseconds.p99 / 1_000, most: 2, unit: 's' },
    { name: 'SDK calls a message', measured: calls, most: 1.3, unit: '' },
    { name: 'Read units a message', measured: readUnits, most: 1, unit: '' },
    { name: 'Write units a message', measured: writeUnits, most: 1.2, unit: '' },
    { name: 'A wearer-month provisioned', measured: usd.provisioned, most: 0.02, unit: 'USD' },
    { name: 'A wearer-month on demand', measured: usd.onDemand, most: 0.045, unit: 'USD' },
    ...(drained === null
      ? []
      : [{ name: 'Burst drained', measured: drained, most: 180, unit: 's' }]),
  ];
};

/** Everything that a run came to, in numbers. */
export const figuresOf = (run: LoadRun): Figures => {
  const { options, setUpSeconds, warmUpSeconds, verdict, kept } = run;
  const steady = stretchFigures(run.steady);
  const burst = run.burst && stretchFigures(run.burst);
  const refused = refusedOf(run);
  const wrong = verdict.lost.length + verdict.doubled.length + verdict.uncalledFor.length;
  const pageMilliseconds = pageSpread(run, false);
  const usd = {
    onDemand: usdPerWearerMonth(run, 'on-demand'),
    provisioned: usdPerWearerMonth(run, 'provisioned'),
  };
  return {
    ...{ options, setUpSeconds, warmUpSeconds, steady, burst, verdict, kept, refused },
    backlog: run.backlog && {
      ...stretchFigures(run.backlog),
      seconds: (run.backlog.endedAt - run.backlog.startsAt) / 1_000,
    },
    isSustained: isSustained(run.steady.depths, steady.messagesPerSecond),
    pageMilliseconds,
    duePageMilliseconds: pageSpread(run, true),
    safe: safeShare(run.evaluateLines, run.steady.startsAt),
    usdPerWearerMonth: usd,
    aims: aimsOf({ steady, burst, pageMilliseconds, usdPerWearerMonth: usd }),
    isSound: wrong + refused === 0 && kept.expected === kept.found,
  };
};
