import type { SeldomCall } from './seldom-call.ts';

const anchors = 'an anchor that is there already is met, and chains go to the archive once a month';
const by = 'SealFunction';
const inStore = (file: string) => `functions/adapters/dynamodb/${file}.ts`;

const exports = 'a chain of the record is exported';
const exported = { by: 'ApiFunction', service: 'dynamodb', because: exports } as const;

/** Calls by which chains are archived and exported; those that seal and anchor are in every run. */
export const SEALING_CALLS: readonly SeldomCall[] = [
  { ...exported, operation: 'Query', on: ['ChainTable'], file: inStore('record-exports') },
  ...['ChainTable', 'RecordTable'].map((table) => ({
    ...{ ...exported, operation: 'BatchGetItem', on: [table], file: inStore('batch-get') },
  })),
  ...['GetObject', 'PutObject'].map((operation) => ({
    ...{ by, service: 's3', operation, on: ['AnchorBucket', 'RecordArchive'], because: anchors },
    file: 'functions/adapters/s3/objects.ts',
  })),
];
