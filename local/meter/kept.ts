import { archiving } from '#lib/thresholds.ts';
import type { CostLine, Question } from './cost.ts';
import type { PriceRow } from './prices.ts';
import type { UsageEntry } from './usage.ts';

/** What an entry comes to in a month, and what drives it. */
export type Amount = Readonly<{ entry: UsageEntry; part: CostLine['part']; amount: number }>;

const DAYS_A_MONTH = 365 / 12;

/** Six years, as the stack keeps the trail unless it is told otherwise. */
const ARCHIVED_MONTHS = 72;
const TRAIL_MONTHS = archiving.afterDays / DAYS_A_MONTH;

/** A year, as the stack keeps its logs unless it is told otherwise. */
const LOG_MONTHS = 12;

/**
 * Logs are kept compressed (gzip, level 6), with 26 bytes beside each line; over the lines that all
 * functions wrote on the demo day, both together came to this share.
 * https://aws.amazon.com/cloudwatch/pricing/
 */
const KEPT_SHARE_OF_LOGS = 0.123;

const asRow = ({ entry, part, amount }: Amount, row: PriceRow, times: number): Amount => ({
  ...{ part, amount: amount * times },
  entry: { ...entry, row },
});

/** In the table with its point-in-time copy for a month, then in the archive. */
const trailBytes = (put: Amount): Amount[] => [
  asRow(put, 'dynamodb.stored', TRAIL_MONTHS),
  asRow(put, 'dynamodb.recoverable', TRAIL_MONTHS),
  asRow(put, 's3.stored', ARCHIVED_MONTHS - TRAIL_MONTHS),
];

const recordBytes = (put: Amount): Amount[] => [
  asRow(put, 'dynamodb.stored', ARCHIVED_MONTHS),
  asRow(put, 'dynamodb.recoverable', ARCHIVED_MONTHS),
];

/** Each wearer's day is one object; each item that went into it is deleted, and that is a write. */
const archiveWork = (writes: readonly Amount[], { wearers }: Question): Amount[] => {
  const first = writes.find(({ part }) => part === 'telemetry');
  if (first === undefined) return [];
  const object = { ...first, amount: wearers * DAYS_A_MONTH };
  const deletes = writes.map((write) => ({
    ...write,
    entry: { ...write.entry, by: 'archive', what: 'DeleteItem' },
  }));
  return [...deletes, asRow(object, 's3.put', 1)];
};

/**
 * What is kept, once as much is dropped each month as is added: the trail for a month in its table
 * and six years in its archive, the record for six years in its table, logs for a year. The
 * archive's own work is reckoned from what was written, since it comes weeks after. Tables that are
 * written over, and do not grow with time, are left out.
 */
export const keptAmounts = (amounts: readonly Amount[], question: Question): Amount[] => {
  const put = amounts.filter(({ entry }) => entry.row === 'dynamodb.stored');
  const putOn = (table: string) => put.filter(({ entry }) => entry.on === table);
  const written = amounts.filter(
    ({ entry }) => entry.row === 'dynamodb.write-unit' && entry.on === 'Trail',
  );
  const logs = amounts.filter(({ entry }) => entry.row === 'logs.ingested');
  return [
    ...putOn('Trail').flatMap(trailBytes),
    ...putOn('Record').flatMap(recordBytes),
    ...archiveWork(written, question),
    ...logs.map((log) => asRow(log, 'logs.stored', LOG_MONTHS * KEPT_SHARE_OF_LOGS)),
  ];
};
