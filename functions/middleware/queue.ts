import { type BatchResponse, failuresOf, type QueueRecord } from './batch.ts';

/**
 * Works off a queue's batch, all at once: what a message is about comes in no order. One that fails
 * is named, and comes again alone. Doing a message twice must change nothing.
 */
export const workOffQueue = async (
  records: readonly QueueRecord[],
  work: (record: QueueRecord) => Promise<'done' | 'failed'>,
): Promise<BatchResponse> => {
  const done = await Promise.all(records.map(work));
  const failed = records.filter((_, i) => done[i] === 'failed');
  return failuresOf(failed.map(({ messageId }) => messageId));
};
