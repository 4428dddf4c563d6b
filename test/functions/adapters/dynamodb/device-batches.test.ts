import {
  DynamoDBClient,
  type TransactWriteItem,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb';
import { afterAll, describe, expect, it } from 'vitest';
import type { Mark } from '#domain/evaluate/core.ts';
import { watchIdSchema } from '#domain/model/ids.ts';
import { activationSchema } from '#domain/model/wearer.ts';
import { batchedPut, deviceBatches } from '#functions/adapters/dynamodb/device-batches.ts';
import { violationPut } from '#functions/adapters/dynamodb/violations.ts';
import { later, T, violation } from '#test/support/alerts.ts';
import { fakeDynamoDb } from '#test/support/fakes/fake-dynamodb.ts';
import { WEARER } from '#test/support/supervisions.ts';

const client = new DynamoDBClient({ region: 'eu-west-2' });
const { restore } = fakeDynamoDb(client);
afterAll(restore);

const activation = (fields: Readonly<Record<string, unknown>>) =>
  activationSchema.parse({
    ...{ activationId: 'a-1', wearerId: 'w-1', headEndId: 'head-end', deviceSerial: 'T-1' },
    ...{ startsAt: later(-86_400), endsAt: null },
    ...fields,
  });

const opened = (fields: Readonly<Record<string, unknown>>): TransactWriteItem => {
  const found = violation({ openedAt: T, ...fields });
  const watchId = watchIdSchema.parse('device-care.tamper.strap');
  const { violationId, reason, openedAt, endedAt, endReason, certainty, competing } = found;
  const mark: Mark = {
    ...{ violationId, watchId, reason, openedAt, foundAt: T, certainty, competing },
    ...{ endedAt, endReason },
  };
  return violationPut('monitoring', WEARER, {
    ...{ change: { kind: 'opened', mark }, violation: found, writtenAt: T },
  });
};

describe('batches of devices', () => {
  it('are read with what was tampered with in the time asked about, and nothing else', async () => {
    const TransactItems = [
      ...batchedPut('monitoring', WEARER.agencyId, activation({ deviceBatch: 'b-7' })),
      ...batchedPut('monitoring', WEARER.agencyId, activation({ activationId: 'a-2' })),
      opened({ violationId: 'v-1', rule: 'tamper', reason: 'strap-open' }),
      opened({ violationId: 'v-2', rule: 'curfew-absence' }),
      opened({ violationId: 'v-3', rule: 'tamper', openedAt: later(-90_000) }),
    ];
    await client.send(new TransactWriteItemsCommand({ TransactItems }));
    const load = deviceBatches(client, 'monitoring');
    const found = await load(WEARER.agencyId, { fromAt: later(-3_600), untilAt: later(60) });
    expect(found.worn).toMatchObject([{ activationId: 'a-1', deviceBatch: 'b-7' }]);
    expect(found.tampers).toMatchObject([{ wearerId: 'w-1', openedAt: T }]);
  });
});
