import type { PriceRow } from './prices.ts';

/**
 * What is counted: a row of the price list, or what by itself costs nothing: calls of the SDK, and
 * messages sent to queues.
 */
export type MeteredRow = PriceRow | 'sdk.call' | 'sqs.message';

export const isPriced = (row: MeteredRow): row is PriceRow =>
  row !== 'sdk.call' && row !== 'sqs.message';

/** One thing that was counted. */
export type UsageEntry = Readonly<{
  row: MeteredRow;
  /**
   * Who: a function such as `evaluate`; `pollers`, which are Lambda's; `operator`, a person; `test
   * alerts`, for which any of them worked.
   */
  by: string;
  /** What they did, mostly the operation: `UpdateItem`. */
  what: string;
  /** On what: a table, an index (`State/due`), a queue, a topic; empty where there is nothing. */
  on: string;
  /** In the units of the row. */
  amount: number;
}>;

/** What was counted over a time, on the cloud's clock. */
export type Usage = Readonly<{
  spanSeconds: number;
  entries: readonly UsageEntry[];
  /** What is billed by its being there: metrics' names, and who keeps which data key. */
  standing: readonly UsageEntry[];
}>;

export type UsageFilter = Readonly<
  Partial<Pick<UsageEntry, 'by' | 'what' | 'on'>> & { row: MeteredRow }
>;

/** How much of a row was counted; of one caller, operation or thing where these are given. */
export const amountOf = ({ entries }: Usage, filter: UsageFilter): number =>
  entries
    .filter(
      ({ row, by, what, on }) =>
        row === filter.row &&
        (filter.by === undefined || by === filter.by) &&
        (filter.what === undefined || what === filter.what) &&
        (filter.on === undefined || on === filter.on),
    )
    .reduce((sum, { amount }) => sum + amount, 0);

/** The amounts of one row, summed by caller, operation or thing. */
export const amountsBy = (
  { entries }: Usage,
  row: MeteredRow,
  field: 'by' | 'what' | 'on',
): Readonly<Record<string, number>> => {
  const sums: Record<string, number> = {};
  for (const entry of entries) {
    if (entry.row === row) sums[entry[field]] = (sums[entry[field]] ?? 0) + entry.amount;
  }
  return sums;
};
