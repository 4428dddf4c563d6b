import type { SeldomCall } from './seldom-call.ts';

const erases =
  'the time for which something of a wearer is kept is over: it goes, and is on record';
const erase = { by: 'EraseFunction', because: erases, service: 'dynamodb' } as const;
const fromBucket = { ...erase, service: 's3' } as const;
const inTransactions = 'functions/adapters/dynamodb/transact.ts';

/** Calls that take away what was kept for years: no run has them. */
export const ERASE_CALLS: readonly SeldomCall[] = [
  {
    ...{ ...erase, operation: 'Query', on: ['RecordTable', 'TrailTable'] },
    file: 'functions/adapters/dynamodb/query.ts',
  },
  {
    ...{ ...erase, operation: 'GetItem', on: ['StateTable'] },
    file: 'functions/adapters/dynamodb/erasable.ts',
  },
  {
    ...{ ...erase, operation: 'BatchGetItem', on: ['RecordTable'] },
    file: 'functions/adapters/dynamodb/batch-get.ts',
  },
  {
    ...{ ...erase, operation: 'TransactWriteItems', on: ['MonitoringTable'], file: inTransactions },
    parts: ['ConditionCheck', 'Delete', 'Put'],
  },
  {
    ...{ ...erase, operation: 'TransactWriteItems', on: ['RecordTable'], file: inTransactions },
    ...{ parts: ['Delete', 'Put'], partition: 'demo#WEARER#w-1' },
  },
  {
    ...{ ...erase, operation: 'TransactWriteItems', file: inTransactions, parts: ['Delete'] },
    on: ['StateTable', 'TrailTable'],
  },
  {
    ...{ ...fromBucket, operation: 'ListObjectsV2', on: ['TrailBucket', 'ReportBucket'] },
    file: 'functions/adapters/s3/erasable-objects.ts',
  },
  {
    ...{ ...fromBucket, operation: 'DeleteObject', on: ['TrailBucket', 'ReportBucket'] },
    file: 'functions/adapters/s3/erasable-objects.ts',
  },
];
