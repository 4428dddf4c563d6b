import { streamFilters } from '#lib/stream-filters.ts';
import { createEventFilter } from '#local/cloud/sources/event-filter.ts';
import type { Commit } from '../dynamodb/database.ts';
import type { StreamRecord } from '../services/stream-source.ts';

export type Filter = (record: StreamRecord) => boolean;

const filterOf = (verb: keyof typeof streamFilters): Filter => {
  const Filters = streamFilters[verb].map((pattern) => ({ Pattern: JSON.stringify(pattern) }));
  return createEventFilter({ Filters }, verb);
};

/** What each function is given of the stream: by the patterns of the stack itself. */
export const isForEscalate: Filter = filterOf('escalate');
export const isForNotify: Filter = filterOf('notify');

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
