import {
  DynamoDBClient,
  TransactionCanceledException,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { decide } from '#domain/escalate/decide.ts';
import { type Transition, transition } from '#domain/escalate/transition.ts';
import { agencyIdSchema } from '#domain/model/ids.ts';
import { alerts } from '#functions/adapters/dynamodb/alerts.ts';
import { violationSeen } from '#functions/adapters/dynamodb/violations.ts';
import { roster, T, violation, violationOpens } from '#test/support/alerts.ts';

const AGENCY = agencyIdSchema.parse('demo');
const TABLES = { monitoring: 'monitoring', record: 'record' };

const opened = (): Transition => {
  const decision = decide(null, violationOpens(), { now: T, roster: roster() });
  const change = decision.outcome === 'happened' ? transition(null, decision.events) : null;
  if (change === null) throw new Error('the test alert did not open');
  return change;
};

const cancelled = (...codes: readonly string[]) =>
  new TransactionCanceledException({
    $metadata: {},
    message: 'cancelled',
    CancellationReasons: codes.map((Code) => ({ Code })),
  });

const client = new DynamoDBClient({ region: 'eu-west-2' });
const mock = mockClient(client);
beforeEach(() => mock.reset());
afterEach(() => mock.reset());

const save = (beside = [violationSeen('monitoring', AGENCY, violation())]) =>
  alerts(client, TABLES).save(AGENCY, opened(), beside);

describe('I2: an alert, its pages, its entries and what goes with it', () => {
  it('are one transaction', async () => {
    mock.on(TransactWriteItemsCommand).resolves({});
    expect(await save()).toBe('saved');
    const [call] = mock.commandCalls(TransactWriteItemsCommand);
    const parts = (call?.args[0].input.TransactItems ?? []).map(({ Put, Update }) => [
      Put?.TableName ?? Update?.TableName,
      Put?.Item?.entity?.S ?? Put?.Item?.type?.S ?? Update?.UpdateExpression,
      Put?.ConditionExpression ?? Update?.ConditionExpression,
    ]);
    expect(parts).toEqual([
      ['monitoring', 'ALERT', 'attribute_not_exists(pk)'],
      ['monitoring', 'OUTBOX', 'attribute_not_exists(pk)'],
      ['record', 'alert-opened', 'attribute_not_exists(pk)'],
      ['record', 'step-run', 'attribute_not_exists(pk)'],
      ['monitoring', 'REMOVE nextDueAt, dueShard', 'attribute_exists(pk)'],
    ]);
  });
});

describe('a transaction that is cancelled', () => {
  it.each([
    ['because a condition does not hold', ['ConditionalCheckFailed', 'None', 'None']],
    ['because another one holds the alert', ['None', 'TransactionConflict', 'None']],
  ])('%s is a conflict', async (_, codes) => {
    mock.on(TransactWriteItemsCommand).rejects(cancelled(...codes));
    expect(await save()).toBe('conflict');
  });

  it.each([
    ['because the table is throttled', cancelled('ThrottlingError', 'None')],
    ['because it is malformed', cancelled('ValidationError')],
    ['without a word', cancelled()],
    ['by the network', new Error('ECONNRESET')],
  ])('%s is thrown, and is no conflict', async (_, error) => {
    mock.on(TransactWriteItemsCommand).rejects(error);
    await expect(save()).rejects.toBe(error);
  });
});
