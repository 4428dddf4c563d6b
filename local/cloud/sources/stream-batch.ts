import type { Instant } from '#domain/model/instant.ts';
import type { InvocationResult } from '../functions/running-task.ts';
import { failedItems } from './partial-response.ts';
import { countThatFits } from './payload-cut.ts';
import type { ShardRecord } from './stream-reader.ts';

/** A record and when it was first seen, on the cloud's clock. */
export type SeenRecord = ShardRecord & { seenAt: Instant };

const sequenceOf = ({ record }: SeenRecord): string => record.dynamodb.SequenceNumber;

/** The record as Lambda hands it to a function. */
const streamEventRecord = (
  { record, seenAt }: SeenRecord,
  { streamArn, region }: { streamArn: string; region: string },
) => ({
  ...record,
  awsRegion: region,
  eventSourceARN: streamArn,
  dynamodb: { ...record.dynamodb, ApproximateCreationDateTime: Math.floor(seenAt / 1000) },
});

/** The event of a batch. */
export const streamEvent = (
  records: readonly SeenRecord[],
  settings: { streamArn: string; region: string },
) => ({ Records: records.map((record) => streamEventRecord(record, settings)) });

const roughCharacters = ({ record }: SeenRecord): number => record.dynamodb.SizeBytes ?? 0;

/** How many of the waiting records make the next batch: by its size, and by what fits. */
export const nextBatchSize = (waiting: readonly SeenRecord[], batchSize: number): number =>
  countThatFits(waiting.slice(0, batchSize), roughCharacters);

/** The place of the first record that must be done again; undefined when the batch is done. */
export const firstFailure = (
  result: InvocationResult,
  records: readonly SeenRecord[],
  reportsItemFailures: boolean,
): number | undefined => {
  if (result.outcome !== 'success') return 0;
  if (!reportsItemFailures) return undefined;
  const sequences = records.map(sequenceOf);
  const failed = failedItems(result.payload, sequences);
  if (failed === 'all') return 0;
  if (failed.length === 0) return undefined;
  return Math.min(...failed.map((sequence) => sequences.indexOf(sequence)));
};

/** What follows a failed attempt, in order: batches to do again, or records to give up. */
export type NextStep =
  | { step: 'again'; batches: { records: readonly SeenRecord[]; retries: number }[] }
  | { step: 'give-up' };

export type RetryRules = {
  bisects: boolean;
  /** -1 = for ever. */
  maximumRetries: number;
};

/**
 * Lambda's rules for a batch that failed from `from` on. What came before is done, and the rest
 * begins its own count of retries; otherwise the batch is halved, which does not count as a retry;
 * a single record (or a batch that may not be halved) is tried again until its retries are used up.
 */
export const afterFailure = (
  records: readonly SeenRecord[],
  { from, retries }: { from: number; retries: number },
  { bisects, maximumRetries }: RetryRules,
): NextStep => {
  if (from > 0) return { step: 'again', batches: [{ records: records.slice(from), retries: 0 }] };
  if (bisects && records.length > 1) {
    const middle = Math.ceil(records.length / 2);
    const halves = [records.slice(0, middle), records.slice(middle)];
    return { step: 'again', batches: halves.map((half) => ({ records: half, retries })) };
  }
  if (maximumRetries >= 0 && retries >= maximumRetries) return { step: 'give-up' };
  return { step: 'again', batches: [{ records, retries: retries + 1 }] };
};
