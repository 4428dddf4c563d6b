import type { Commit } from '../dynamodb/database.ts';
import type { StreamRecord } from '../services/stream-source.ts';

export type Filter = (record: StreamRecord) => boolean;

/**
 * What escalate is given of the stream: violations, alerts that the sweep wakes, and pages that can
 * never be delivered.
 */
export const isForEscalate: Filter = ({ eventName, dynamodb: { NewImage: row } }) =>
  (eventName !== 'REMOVE' && row?.entity?.S === 'VIOLATION') ||
  (eventName === 'MODIFY' && row?.entity?.S === 'ALERT' && row.wokenAt !== undefined) ||
  (eventName === 'MODIFY' &&
    row?.entity?.S === 'OUTBOX' &&
    row.kind?.S === 'page' &&
    row.status?.S === 'failed');

/** And what notify is: rows that wait to be sent. */
export const isForNotify: Filter = ({ dynamodb: { NewImage: row } }) =>
  row?.entity?.S === 'OUTBOX' && row.status?.S === 'pending';

/** The stream of the monitoring table, which has one: each change as a record, numbered. */
export const streamOf = (put: (record: StreamRecord) => void) => {
  let sequence = 0;
  return ({ changes }: Commit): void => {
    for (const { table, key, before, after } of changes) {
      if (table !== 'monitoring') continue;
      sequence += 1;
      const eventName = after === undefined ? 'REMOVE' : before === undefined ? 'INSERT' : 'MODIFY';
      const SequenceNumber = String(sequence).padStart(12, '0');
      const image = after === undefined ? {} : { NewImage: after };
      put({ eventName, dynamodb: { Keys: key, SequenceNumber, ...image } });
    }
  };
};
