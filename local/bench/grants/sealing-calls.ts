import type { SeldomCall } from './seldom-call.ts';

const seals = 'entries of the record are sealed some seconds later, when a short run may be over';
const finds = 'the stream lost an entry, or a wearer is older than the chains';
const anchors = 'the chains are anchored once an hour';
const by = 'SealFunction';
const dynamodb = { by, service: 'dynamodb' } as const;
const inStore = (file: string) => `functions/adapters/dynamodb/${file}.ts`;

const exports = 'a chain of the record is exported';
const exported = { by: 'ApiFunction', service: 'dynamodb', because: exports } as const;

/** Calls by which the record is sealed, anchored and exported. */
export const SEALING_CALLS: readonly SeldomCall[] = [
  {
    ...{ ...dynamodb, operation: 'Query', on: ['ChainTable'] },
    ...{ file: inStore('chains'), because: seals },
  },
  {
    ...{ ...dynamodb, operation: 'TransactWriteItems', on: ['ChainTable', 'RecordTable'] },
    ...{ parts: ['Put'], partition: 'demo#SEALED#WEARER#w-1' },
    ...{ file: inStore('transact'), because: seals },
  },
  {
    ...{ ...dynamodb, operation: 'Query', on: ['RecordTable'] },
    ...{ file: inStore('query'), because: finds },
  },
  {
    ...{ ...dynamodb, operation: 'Query', index: 'entries', on: ['RecordTable'] },
    ...{ file: inStore('query'), because: finds },
  },
  {
    ...{ ...dynamodb, operation: 'BatchGetItem', on: ['RecordTable'] },
    ...{ file: inStore('batch-get'), because: finds },
  },
  {
    ...{ ...dynamodb, operation: 'Query', index: 'links', on: ['ChainTable'] },
    ...{ file: inStore('query'), because: anchors },
  },
  {
    ...{ ...dynamodb, operation: 'BatchGetItem', on: ['ChainTable'] },
    ...{ file: inStore('batch-get'), because: anchors },
  },
  { ...exported, operation: 'Query', on: ['ChainTable'], file: inStore('record-exports') },
  ...['ChainTable', 'RecordTable'].map((table) => ({
    ...{ ...exported, operation: 'BatchGetItem', on: [table], file: inStore('batch-get') },
  })),
  ...['GetObject', 'PutObject'].map((operation) => ({
    ...{ by, service: 's3', operation, on: ['AnchorBucket', 'RecordArchive'], because: anchors },
    file: 'functions/adapters/s3/objects.ts',
  })),
  ...['GetPublicKey', 'Sign'].map((operation) => ({
    ...{ by, service: 'kms', operation, on: ['AnchorKey'], because: anchors },
    file: 'functions/adapters/kms/signing-key.ts',
  })),
];
