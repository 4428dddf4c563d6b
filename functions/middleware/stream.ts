import { type BatchResponse, failuresOf, type StreamRecord } from './batch.ts';

/** What a record is about: later records of the same must wait when one has failed. */
export type AboutOf = (record: StreamRecord) => string;

/**
 * Works off a stream's batch in its order. A record that fails is named, and comes again with all
 * that follow it; but what is about something else is done now, so that one bad record holds up
 * nobody else. Doing a record twice must change nothing.
 */
export const workOffStream = async (
  records: readonly StreamRecord[],
  aboutOf: AboutOf,
  work: (record: StreamRecord) => Promise<'done' | 'failed'>,
): Promise<BatchResponse> => {
  const waiting = new Set<string>();
  let firstFailed: string | null = null;
  for (const record of records) {
    const about = aboutOf(record);
    if (waiting.has(about)) continue;
    if ((await work(record)) === 'done') continue;
    waiting.add(about);
    firstFailed ??= record.dynamodb.SequenceNumber;
  }
  return failuresOf(firstFailed === null ? [] : [firstFailed]);
};
