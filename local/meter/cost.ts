import { tableCapacity } from '#lib/thresholds.ts';
import { type Amount, keptAmounts } from './kept.ts';
import { type CostPart, isPerUpload, partOf } from './parts-of-cost.ts';
import { PRICES, type PriceRow, usdFor } from './prices.ts';
import type { StandingStack } from './standing-stack.ts';
import { isPriced, type Usage, type UsageEntry } from './usage.ts';

const HOURS_A_MONTH = 730;
export const SECONDS_A_MONTH = HOURS_A_MONTH * 3600;

/** How long a caller keeps a data key: DynamoDB and SNS always, SQS unless a queue says more. */
const DATA_KEY_SECONDS = 300;

/** What was measured, and of whom. */
export type Measured = Readonly<{
  usage: Usage;
  standing: StandingStack;
  /** How many times a wearer's device uploaded, each a message, and how many fixes that was. */
  uploads: number;
  fixes: number;
  /** How many alerts were raised. */
  alerts: number;
}>;

/** For whom the cost is reckoned. */
export type Question = Readonly<{
  wearers: number;
  fixEverySeconds: number;
  uploadEverySeconds: number;
  billing: 'on-demand' | 'provisioned';
  /** How many alerts a wearer raises in a month. */
  alertsAMonth: number;
}>;

/** One line of a month's bill. */
export type CostLine = Readonly<{
  part: Exclude<CostPart, 'people' | 'nobody'> | 'text messages';
  service: string;
  what: string;
  usd: number;
}>;

const isSms = ({ row }: UsageEntry): boolean => row.startsWith('sms.');

/** How often something that was done so many times is done in a month. */
const times = (amount: number, measured: number, asked: number): number =>
  measured === 0 ? 0 : (amount / measured) * asked;

/**
 * What an entry comes to in a month: telemetry goes by uploads, or by fixes where it is as they add
 * up; alerts by their number; the stack's own work by time alone.
 */
const monthly = (entry: UsageEntry, measured: Measured, question: Question): number => {
  const { wearers, uploadEverySeconds, fixEverySeconds, alertsAMonth } = question;
  const part = partOf(entry);
  if (part === 'stack') return (entry.amount / measured.usage.spanSeconds) * SECONDS_A_MONTH;
  if (part === 'alerts') return times(entry.amount, measured.alerts, wearers * alertsAMonth);
  if (part !== 'telemetry') return 0;
  const seconds = isPerUpload(entry) ? uploadEverySeconds : fixEverySeconds;
  const done = isPerUpload(entry) ? measured.uploads : measured.fixes;
  return times(entry.amount, done, (wearers * SECONDS_A_MONTH) / seconds);
};

const linePart = (entry: UsageEntry): CostLine['part'] | undefined => {
  if (isSms(entry)) return 'text messages';
  const part = partOf(entry);
  return part === 'people' || part === 'nobody' ? undefined : part;
};

const amountsOf = (measured: Measured, question: Question): Amount[] => {
  const amounts = measured.usage.entries.flatMap((entry) => {
    const part = linePart(entry);
    return part === undefined ? [] : [{ entry, part, amount: monthly(entry, measured, question) }];
  });
  const passing = amounts.filter(({ entry }) => entry.row !== 'dynamodb.stored');
  return [...passing, ...keptAmounts(amounts, question)];
};

const PROVISIONED_ROWS: Readonly<Record<string, PriceRow>> = {
  'dynamodb.write-unit': 'dynamodb.write-capacity',
  'dynamodb.read-unit': 'dynamodb.read-capacity',
};

const usdOf = ({ entry, amount }: Amount, { billing }: Question): number => {
  if (!isPriced(entry.row)) return 0;
  const provisioned = PROVISIONED_ROWS[entry.row];
  if (billing === 'on-demand' || provisioned === undefined) return usdFor(entry.row, amount);
  const unitsASecond = amount / SECONDS_A_MONTH / (tableCapacity.targetUsePercent / 100);
  return usdFor(provisioned, unitsASecond * HOURS_A_MONTH);
};

const serviceOf = (row: PriceRow): string => PRICES[row].service;

/**
 * Each table and index that is provisioned keeps a minimum of writes and of reads, however little
 * is asked of it: what a busy one uses above its own makes no idle one cheaper.
 */
const leastCapacity = (measured: Measured, question: Question): CostLine[] => {
  if (question.billing === 'on-demand') return [];
  const amounts = amountsOf(measured, question);
  const usdUsed = (row: string, name: string): number =>
    amounts
      .filter(({ entry }) => entry.row === row && entry.on === name)
      .reduce((sum, amount) => sum + usdOf(amount, question), 0);
  const usd = Object.entries(PROVISIONED_ROWS).reduce((sum, [row, capacity]) => {
    const least = usdFor(capacity, tableCapacity.minimum * HOURS_A_MONTH);
    const short = measured.standing.throughputs.map((name) => least - usdUsed(row, name));
    return short.reduce((all, one) => all + Math.max(0, one), sum);
  }, 0);
  return [{ part: 'stack', service: 'DynamoDB', what: 'least capacity', usd }];
};

/** AWS records the first request of each second and every twentieth beyond it. */
const traces = (measured: Measured, question: Question): CostLine[] => {
  if (!measured.standing.traces) return [];
  return amountsOf(measured, question)
    .filter(({ entry }) => entry.row === 'lambda.request')
    .map(({ part, amount }) => {
      const aSecond = amount / SECONDS_A_MONTH;
      const recorded = Math.min(aSecond, 1) + Math.max(0, aSecond - 1) / 20;
      const usd = usdFor('xray.trace', recorded * SECONDS_A_MONTH);
      return { part, service: 'X-Ray', what: 'traces', usd };
    });
};

const standingLines = ({ standing, usage }: Measured): CostLine[] => {
  const lineOf = (row: PriceRow, what: string, amount: number): CostLine => ({
    ...{ part: 'stack', service: serviceOf(row), what, usd: usdFor(row, amount) },
  });
  const months = standing.months.map(({ row, what, amount }) => lineOf(row, what, amount));
  const seen = usage.standing.flatMap(({ row, amount }) => {
    if (row === 'metrics.metric') return [lineOf(row, 'own metrics', amount)];
    if (row !== 'kms.request') return [];
    return [lineOf(row, 'data keys', (amount * SECONDS_A_MONTH) / DATA_KEY_SECONDS)];
  });
  return [...months, ...seen];
};

const merge = (lines: readonly CostLine[]): CostLine[] => {
  const merged = new Map<string, CostLine>();
  for (const line of lines) {
    const key = `${line.part}|${line.service}|${line.what}`;
    merged.set(key, { ...line, usd: (merged.get(key)?.usd ?? 0) + line.usd });
  }
  return [...merged.values()].filter(({ usd }) => usd > 0).sort((a, b) => b.usd - a.usd);
};

const WHAT: Readonly<Record<string, string>> = {
  'dynamodb.write-unit': 'writes',
  'dynamodb.read-unit': 'reads',
  'http-api.request': 'requests',
  'lambda.request': 'requests',
  'sns.request': 'requests',
  'sqs.request': 'requests',
  'lambda.gb-second': 'time',
  'logs.ingested': 'log lines',
  'logs.stored': 'log lines kept',
  'dynamodb.stored': 'storage',
  'dynamodb.recoverable': 'storage to go back in time',
  's3.stored': 'archive',
  's3.put': 'archiving',
};

/**
 * A month's bill for so many wearers, dearest line first, reckoned from what was measured. What
 * people asked of the API is left out: it goes by their number, not by the wearers'.
 */
export const monthlyCost = (measured: Measured, question: Question): readonly CostLine[] => {
  const metered = amountsOf(measured, question).flatMap((amount): CostLine[] => {
    const { row } = amount.entry;
    if (!isPriced(row)) return [];
    const what = WHAT[row] ?? PRICES[row].unit;
    return [{ part: amount.part, service: serviceOf(row), what, usd: usdOf(amount, question) }];
  });
  return merge([
    ...metered,
    ...traces(measured, question),
    ...leastCapacity(measured, question),
    ...standingLines(measured),
  ]);
};

/** The sum of a bill, or of some parts of it, in USD a month. */
export const usdOfParts = (
  lines: readonly CostLine[],
  ...parts: readonly CostLine['part'][]
): number =>
  lines
    .filter(({ part }) => parts.length === 0 || parts.includes(part))
    .reduce((sum, { usd }) => sum + usd, 0);
