import { DynamoDBClient, TransactWriteItemsCommand } from '@aws-sdk/client-dynamodb';
import { describe, expect, it } from 'vitest';
import { agencyIdSchema, watchIdSchema } from '#domain/model/ids.ts';
import type { Instant } from '#domain/model/instant.ts';
import type { Violation } from '#domain/model/violation.ts';
import {
  putAside,
  violationPut,
  violationUpdate,
} from '#functions/adapters/dynamodb/violations.ts';
import { later, T, violation } from '#test/support/alerts.ts';
import { fakeDynamoDb } from '#test/support/fakes/fake-dynamodb.ts';

const WATCH = watchIdSchema.parse('curfew');
const AGENCY = agencyIdSchema.parse('demo');

const markOf = ({ violationId, openedAt, reason }: Violation) => ({
  ...{ violationId, openedAt, reason, foundAt: openedAt, endedAt: null, endReason: null },
  ...{ certainty: null, competing: null, watchId: WATCH },
});

const setUp = () => {
  const client = new DynamoDBClient({ region: 'eu-west-2' });
  const { itemsOf } = fakeDynamoDb(client);
  const write = (row: ReturnType<typeof violationPut>) =>
    client.send(new TransactWriteItemsCommand({ TransactItems: [row] }));
  const row = () => itemsOf('monitoring')[0];
  return { client, write, row };
};

const put = (of: Violation, writtenAt: Instant) =>
  violationPut(
    'monitoring',
    { agencyId: AGENCY, wearerId: of.wearerId },
    { change: { kind: 'opened', mark: markOf(of) }, violation: of, writtenAt },
  );

describe('given a violation that is written', () => {
  it('waits since it was written, however long its evidence had been there', async () => {
    const { write, row } = setUp();
    const found = violation({ revision: 1, detectedAt: T });
    const waits = (writtenAt: number) => ({
      waitsSinceAt: { N: `${writtenAt}` },
      nextDueAt: { N: `${writtenAt + 60_000}` },
    });
    await write(put(found, later(600)));
    expect(row()).toMatchObject(waits(later(600)));

    const change = { kind: 'amended', mark: markOf(found) } as const;
    const wearer = { agencyId: AGENCY, wearerId: found.wearerId };
    const amended = { change, revision: 2, writtenAt: later(900) };
    await write(violationUpdate('monitoring', wearer, amended));
    expect(row()).toMatchObject(waits(later(900)));
  });

  it('stays due where nobody has taken up its later revision', async () => {
    const { client, write, row } = setUp();
    const [first, second] = [violation({ revision: 1 }), violation({ revision: 2 })];
    await write(put(second, T));
    await putAside(client, 'monitoring')(AGENCY, first);
    expect(row()).toHaveProperty('nextDueAt');
    await putAside(client, 'monitoring')(AGENCY, second);
    expect(row()).not.toHaveProperty('nextDueAt');
  });
});
