import { DELIVERY_CALLS } from './delivery-calls.ts';
import { ERASE_CALLS } from './erase-calls.ts';
import { REPORT_CALLS } from './report-calls.ts';
import { SEALING_CALLS } from './sealing-calls.ts';
import type { SeldomCall } from './seldom-call.ts';

const sweepSends = 'what is overdue because a timer was lost is put on its queue again';
const reminds = 'a contact that was verified three weeks ago is to be verified again';
const countsBatches = 'once a day the batches of devices are compared';
const archives = 'a day of the trail that is a month old goes to its bucket, and leaves the table';
const archive = { by: 'ArchiveFunction', because: archives } as const;
const reply = { by: 'ReplyFunction', because: 'somebody answers a page by text' } as const;
const parks = "a wearer's events that cannot be evaluated are put aside and parked";

/** Calls that answer trouble, or that come after a month: no short run has them. */
export const SELDOM_CALLS: readonly SeldomCall[] = [
  {
    ...{ by: 'ApiFunction', service: 'secretsmanager', operation: 'GetSecretValue' },
    ...{ on: ['LinkSecret', 'FeedSecret'], file: 'functions/adapters/secrets/secret.ts' },
    because: 'codes of contacts, and the keys whose public halves liaisons fetch, follow from them',
  },
  {
    ...{ by: 'ApiFunction', service: 'dynamodb', operation: 'UpdateItem' },
    ...{ on: ['MonitoringTable'], file: 'functions/adapters/dynamodb/liaison-feeds.ts' },
    because: 'a liaison says that it has an event',
  },
  {
    ...{ by: 'NotifyFunction', service: 'sns', operation: 'Publish', on: [] },
    outside: ['arn:aws:sns:eu-west-2:000000000000:endpoint/APNS/pager/one'],
    ...{ file: 'functions/adapters/sns/publisher.ts', because: 'somebody is told by their app' },
  },
  {
    ...{ by: 'EvaluateFunction', service: 'dynamodb', operation: 'TransactWriteItems' },
    ...{ on: ['StateTable'], parts: ['ConditionCheck', 'Update'] },
    ...{ file: 'functions/adapters/dynamodb/parking.ts', because: parks },
  },
  {
    ...{ by: 'EvaluateFunction', service: 'dynamodb', operation: 'BatchWriteItem' },
    ...{ on: ['TrailTable'], file: 'functions/adapters/dynamodb/parking.ts', because: parks },
  },
  {
    ...{ by: 'EvaluateFunction', service: 'sqs', operation: 'SendMessage', on: ['EventsDlq'] },
    ...{
      file: 'functions/adapters/sqs/queue.ts',
      because: 'a message nobody can read is set aside',
    },
  },
  {
    ...{ by: 'IngestFunction', service: 'dynamodb', operation: 'UpdateItem' },
    ...{ on: ['MonitoringTable'], file: 'functions/adapters/dynamodb/feeds.ts' },
    because: 'a head-end was heard of for the first time in half a minute',
  },
  {
    ...{ by: 'EscalateFunction', service: 'dynamodb', operation: 'Query' },
    ...{ on: ['MonitoringTable'], file: 'functions/adapters/dynamodb/feeds.ts' },
    because: 'a device has fallen silent: is it the whole feed?',
  },
  ...DELIVERY_CALLS,
  ...SEALING_CALLS,
  ...ERASE_CALLS,
  ...REPORT_CALLS,
  {
    ...{ by: 'SweepFunction', service: 'sqs', operation: 'SendMessageBatch' },
    ...{ on: ['DeliveriesQueue'], file: 'functions/adapters/sqs/queue.ts', because: sweepSends },
  },
  {
    ...{ by: 'EscalateFunction', service: 'dynamodb', operation: 'Query', index: 'list' },
    ...{ on: ['MonitoringTable'], file: 'functions/adapters/dynamodb/police-calls.ts' },
    because: 'what a force was called to was not so: was it called for nothing too often?',
  },
  {
    ...{ by: 'NotifyFunction', service: 'sns', operation: 'Publish', on: ['DutyManagerTopic'] },
    ...{ file: 'functions/adapters/sns/publisher.ts' },
    because: 'an alert has reached nobody: the duty manager is the last to be told',
  },
  {
    ...{ by: 'SweepFunction', service: 'dynamodb', operation: 'Query', on: ['MonitoringTable'] },
    ...{ file: 'functions/adapters/dynamodb/device-batches.ts', because: countsBatches },
  },
  {
    ...{ by: 'SweepFunction', service: 'dynamodb', operation: 'Query', on: ['MonitoringTable'] },
    ...{ file: 'functions/adapters/dynamodb/device-batches.ts', because: countsBatches },
    index: 'list',
  },
  {
    ...{ by: 'SweepFunction', service: 'dynamodb', operation: 'UpdateItem' },
    ...{ on: ['MonitoringTable'], file: 'functions/adapters/dynamodb/outbox.ts' },
    because: 'a row that was not sent, or an alert that is overdue, comes before the stream',
  },
  {
    ...{ by: 'SweepFunction', service: 'dynamodb', operation: 'GetItem', on: ['MonitoringTable'] },
    ...{ file: 'functions/adapters/dynamodb/documents.ts', because: reminds },
  },
  {
    ...{ by: 'SweepFunction', service: 'dynamodb', operation: 'TransactWriteItems' },
    ...{ on: ['MonitoringTable'], parts: ['Put'] },
    ...{ file: 'functions/adapters/dynamodb/transact.ts', because: reminds },
  },
  {
    ...{ by: 'SweepFunction', service: 'dynamodb', operation: 'TransactWriteItems' },
    ...{ on: ['RecordTable'], parts: ['Put'] },
    file: 'functions/adapters/dynamodb/supervision-levels.ts',
    because: 'a level of supervision has returned by itself',
  },
  {
    ...{ by: 'SweepFunction', service: 'dynamodb', operation: 'DeleteItem' },
    ...{ on: ['MonitoringTable'], file: 'functions/adapters/dynamodb/zone-list-drafts.ts' },
    because: 'a draft of a zone list was not published within a week',
  },
  {
    ...{ by: 'SweepFunction', service: 'sqs', operation: 'SendMessageBatch' },
    ...{ on: ['EventsQueue'], file: 'functions/adapters/sqs/queue.ts' },
    because: sweepSends,
  },
  {
    ...{ by: 'ApiFunction', service: 'dynamodb', operation: 'Query', on: ['RecordTable'] },
    ...{ file: 'functions/adapters/dynamodb/alerts-at.ts' },
    because: 'somebody asks who had an alert at an instant that has passed',
  },
  {
    ...{ by: 'ApiFunction', service: 'sqs', operation: 'SendMessage', on: ['EventsQueue'] },
    ...{ file: 'functions/adapters/sqs/queue.ts', because: 'a wearer is unparked' },
  },
  {
    ...{ by: 'ApiFunction', service: 'sqs', operation: 'SendMessage', on: ['DeadlinesQueue'] },
    ...{ file: 'functions/adapters/scheduler/arm-timer.ts' },
    because: 'a person changes an alert that is due within a quarter of an hour',
  },
  {
    ...{ by: 'ApiFunction', service: 's3', operation: 'PutObject', on: ['TrailBucket'] },
    ...{ file: 'functions/adapters/s3/objects.ts', object: 'w-1/imported/sheet' },
    because: 'the history of a wearer comes from another system',
  },
  {
    ...{ by: 'AuditFunction', service: 'sns', operation: 'Publish', on: ['DutyManagerTopic'] },
    ...{ file: 'functions/adapters/sns/publisher.ts' },
    because: 'something is late or lost, and the duty manager is told',
  },
  {
    ...{ by: 'CanaryFunction', service: 'sns', operation: 'Publish', on: ['DutyManagerTopic'] },
    ...{ file: 'functions/adapters/sns/publisher.ts' },
    because: 'a test alert has not come back, and the duty manager is told',
  },
  {
    ...{ by: 'AuditFunction', service: 'dynamodb', operation: 'BatchGetItem' },
    ...{ on: ['MonitoringTable'], file: 'functions/adapters/dynamodb/batch-get.ts' },
    because: 'a message waits in the outbox: since when?',
  },
  {
    ...{ by: 'ArchiveFunction', service: 's3', operation: 'ListObjectsV2', on: ['TrailBucket'] },
    ...{ file: 'functions/adapters/s3/objects.ts' },
    because: 'S3 tells only those who may list that an object is not there',
  },
  {
    ...{ ...reply, service: 'dynamodb', operation: 'GetItem', on: ['MonitoringTable'] },
    file: 'functions/adapters/dynamodb/documents.ts',
  },
  {
    ...{ ...reply, service: 'dynamodb', operation: 'BatchGetItem', on: ['MonitoringTable'] },
    file: 'functions/adapters/dynamodb/batch-get.ts',
  },
  {
    ...{ ...reply, service: 'dynamodb', operation: 'Query', on: ['MonitoringTable'] },
    file: 'functions/adapters/dynamodb/contacts-by-mobile.ts',
  },
  {
    ...{ ...reply, service: 'dynamodb', operation: 'TransactWriteItems', parts: ['Put'] },
    ...{ on: ['MonitoringTable', 'RecordTable'] },
    file: 'functions/adapters/dynamodb/transact.ts',
  },
  {
    ...{ ...reply, service: 'dynamodb', operation: 'UpdateItem', on: ['MonitoringTable'] },
    file: 'functions/adapters/dynamodb/receipts.ts',
    because: 'it is known what became of a message',
  },
  {
    ...{ ...reply, service: 'dynamodb', operation: 'UpdateItem', on: ['AllowanceTable'] },
    file: 'functions/adapters/dynamodb/allowances.ts',
  },
  {
    ...{ ...reply, service: 'sqs', operation: 'SendMessage', on: ['DeadlinesQueue'] },
    file: 'functions/adapters/scheduler/arm-timer.ts',
  },
  {
    ...{ ...reply, service: 'scheduler', operation: 'CreateSchedule', on: ['SchedulesGroup'] },
    file: 'functions/adapters/scheduler/arm-timer.ts',
  },
  {
    ...{ ...archive, service: 'dynamodb', operation: 'Query', on: ['TrailTable'] },
    file: 'functions/adapters/dynamodb/archivable-items.ts',
  },
  {
    ...{ ...archive, service: 'dynamodb', operation: 'UpdateItem', on: ['TrailTable'] },
    file: 'functions/adapters/dynamodb/archivable-items.ts',
  },
  {
    ...{ ...archive, service: 'dynamodb', operation: 'DeleteItem', on: ['TrailTable'] },
    file: 'functions/adapters/dynamodb/archivable-items.ts',
  },
  {
    ...{ ...archive, service: 's3', operation: 'PutObject', on: ['TrailBucket'] },
    file: 'functions/adapters/s3/objects.ts',
  },
  {
    ...{ ...archive, service: 's3', operation: 'GetObject', on: ['TrailBucket'] },
    file: 'functions/adapters/s3/objects.ts',
  },
];
