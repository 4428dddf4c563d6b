import { DynamoDBClient, TransactWriteItemsCommand } from '@aws-sdk/client-dynamodb';
import { expect, it } from 'vitest';
import { agencyIdSchema, watchIdSchema } from '#domain/model/ids.ts';
import { putAside, violationPut } from '#functions/adapters/dynamodb/violations.ts';
import { simulatedDynamoDb } from '#local/simulate/dynamodb/database.ts';
import { TABLES } from '#local/simulate/dynamodb/tables.ts';
import { violation } from '#test/support/alerts.ts';

const WATCH = watchIdSchema.parse('curfew');
const AGENCY = agencyIdSchema.parse('demo');

it('leaves a violation due whose later revision nobody has taken up', async () => {
  const db = simulatedDynamoDb({
    ...{ tables: TABLES, now: () => 0, lagMilliseconds: () => 0, mostItems: () => 100 },
    onCommit: () => undefined,
  });
  const send = async (command: object): Promise<object> => db.answer(command);
  const client = Object.assign(new DynamoDBClient({ region: 'eu-west-2' }), { send });
  const [first, second] = [violation({ revision: 1 }), violation({ revision: 2 })];
  const { wearerId, violationId, openedAt, reason } = second;
  const mark = {
    ...{ violationId, openedAt, reason, foundAt: openedAt, endedAt: null, endReason: null },
    ...{ certainty: null, competing: null, watchId: WATCH },
  };
  const put = violationPut(
    'monitoring',
    { agencyId: AGENCY, wearerId },
    {
      change: { kind: 'amended', mark },
      violation: second,
    },
  );
  await client.send(new TransactWriteItemsCommand({ TransactItems: [put] }));
  const due = () => [...db.itemsOf('monitoring')].map(({ nextDueAt }) => nextDueAt !== undefined);
  await putAside(client, 'monitoring')(AGENCY, first);
  expect(due()).toEqual([true]);
  await putAside(client, 'monitoring')(AGENCY, second);
  expect(due()).toEqual([false]);
});
