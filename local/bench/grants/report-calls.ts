import type { SeldomCall } from './seldom-call.ts';

const made = 'somebody asks for a report, and it is made';
const report = { by: 'ReportFunction', because: made } as const;
const api = { by: 'ApiFunction', because: made } as const;
const table = { ...report, service: 'dynamodb' } as const;
const inTransactions = 'functions/adapters/dynamodb/transact.ts';
const objects = { ...report, service: 's3', file: 'functions/adapters/s3/objects.ts' } as const;

/** Calls by which reports are asked for, made and fetched: no short run has them. */
export const REPORT_CALLS: readonly SeldomCall[] = [
  {
    ...{ ...table, operation: 'Query', on: ['MonitoringTable', 'RecordTable', 'TrailTable'] },
    file: 'functions/adapters/dynamodb/query.ts',
  },
  {
    ...{ ...table, operation: 'Query', on: ['MonitoringTable'], index: 'list' },
    file: 'functions/adapters/dynamodb/query.ts',
  },
  {
    ...{ ...table, operation: 'BatchGetItem', on: ['MonitoringTable'] },
    file: 'functions/adapters/dynamodb/batch-get.ts',
  },
  {
    ...{ ...table, operation: 'GetItem', on: ['MonitoringTable'] },
    file: 'functions/adapters/dynamodb/report-jobs.ts',
  },
  {
    ...{ ...table, operation: 'BatchGetItem', on: ['StateTable'] },
    file: 'functions/adapters/dynamodb/batch-get.ts',
  },
  {
    ...{ ...table, operation: 'PutItem', on: ['MonitoringTable'] },
    file: 'functions/adapters/dynamodb/report-jobs.ts',
  },
  {
    ...{ ...table, operation: 'TransactWriteItems', on: ['MonitoringTable', 'RecordTable'] },
    ...{ file: inTransactions, parts: ['Put'] },
  },
  { ...objects, operation: 'GetObject', on: ['TrailBucket', 'ReportBucket'] },
  { ...objects, operation: 'PutObject', on: ['ReportBucket'] },
  {
    ...{ ...objects, operation: 'ListObjectsV2', on: ['TrailBucket', 'ReportBucket'] },
    because: 'S3 tells only those who may list that an object is not there',
  },
  {
    ...{ ...api, service: 'sqs', operation: 'SendMessage', on: ['ReportsQueue'] },
    file: 'functions/adapters/sqs/queue.ts',
  },
  {
    ...{ ...api, service: 's3', operation: 'GetObject', on: ['ReportBucket'] },
    file: 'functions/adapters/s3/objects.ts',
  },
];
