import type { SeldomCall } from './seldom-call.ts';

const delivers = 'a liaison is told, and its feed is delivered';
const deliver = { by: 'DeliverFunction', because: delivers } as const;

/** Calls by which liaisons are told: no short run comes to a step that tells one. */
export const DELIVERY_CALLS: readonly SeldomCall[] = [
  {
    ...{ by: 'NotifyFunction', service: 'secretsmanager', operation: 'GetSecretValue' },
    ...{ on: ['FeedSecret'], file: 'functions/adapters/secrets/secret.ts' },
    because: 'a liaison is told: the id of its incident follows from the secret',
  },
  {
    ...{ by: 'NotifyFunction', service: 'dynamodb', operation: 'TransactWriteItems' },
    ...{ on: ['MonitoringTable', 'RecordTable'], parts: ['Put'] },
    ...{ file: 'functions/adapters/dynamodb/transact.ts' },
    because: 'a liaison is told: the event is put into its feed, and its disclosure on record',
  },
  {
    ...{ by: 'ApiFunction', service: 'sqs', operation: 'SendMessageBatch' },
    ...{ on: ['DeliveriesQueue'], file: 'functions/adapters/sqs/queue.ts' },
    because: 'a liaison is sent a test',
  },
  {
    ...{ by: 'NotifyFunction', service: 'sqs', operation: 'SendMessageBatch' },
    ...{ on: ['DeliveriesQueue'], file: 'functions/adapters/sqs/queue.ts', because: delivers },
  },
  {
    ...{ ...deliver, service: 'sns', operation: 'Publish' },
    on: ['FeedsActualTopic', 'FeedsExerciseTopic'],
    file: 'functions/adapters/sns/publisher.ts',
  },
  {
    ...{ ...deliver, service: 'secretsmanager', operation: 'GetSecretValue' },
    ...{ on: ['FeedSecret'], file: 'functions/adapters/secrets/secret.ts' },
  },
  {
    ...{ ...deliver, service: 'dynamodb', operation: 'GetItem', on: ['MonitoringTable'] },
    file: 'functions/adapters/dynamodb/documents.ts',
  },
  {
    ...{ ...deliver, service: 'dynamodb', operation: 'Query', on: ['MonitoringTable'] },
    file: 'functions/adapters/dynamodb/query.ts',
  },
  {
    ...{ ...deliver, service: 'dynamodb', operation: 'UpdateItem', on: ['MonitoringTable'] },
    file: 'functions/adapters/dynamodb/feed-deliveries.ts',
  },
  {
    ...{ ...deliver, service: 'dynamodb', operation: 'TransactWriteItems' },
    ...{ on: ['MonitoringTable'], parts: ['Put', 'Update'] },
    file: 'functions/adapters/dynamodb/transact.ts',
  },
  {
    ...{ ...deliver, service: 'sqs', operation: 'SendMessage', on: ['DeliveriesQueue'] },
    file: 'functions/adapters/sqs/queue.ts',
  },
];
