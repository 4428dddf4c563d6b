import { DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { describe, expect, it } from 'vitest';
import { decideTransfer } from '#domain/liaison/decide-transfer.ts';
import { afterEvents } from '#domain/liaison/evolve-transfer.ts';
import type { Transfer } from '#domain/liaison/transfer.ts';
import type { TransferCommand } from '#domain/liaison/transfer-commands.ts';
import type { Instant } from '#domain/model/instant.ts';
import { takenMessages } from '#functions/adapters/dynamodb/taken-messages.ts';
import { transact } from '#functions/adapters/dynamodb/transact.ts';
import { TRANSFER } from '#functions/adapters/dynamodb/transfer-keys.ts';
import type { TransferChange } from '#functions/adapters/dynamodb/transfers.ts';
import { FORCE, later, T } from '#test/support/alerts.ts';
import { fakeDynamoDb } from '#test/support/fakes/fake-dynamodb.ts';
import { keptTransfers } from '#test/support/kept-transfers.ts';
import { WEARER } from '#test/support/supervisions.ts';
import { sent, tick } from '#test/support/transfers.ts';

const { agencyId } = WEARER;

const changed = (
  before: Transfer | null,
  command: TransferCommand,
  now: Instant,
): TransferChange => {
  const decision = decideTransfer(before, command, now);
  const events = decision.outcome === 'happened' ? decision.events : [];
  const after = afterEvents(before, events);
  if (after === null) throw new Error('nothing happened');
  return { before, after, events };
};

const begun = changed(null, sent(1, T), T);
const again = changed(begun.after, tick(begun.after), later(30));

/** The rows of some name that changes leave behind. */
const rowsOf = async (prefix: string, ...changes: readonly TransferChange[]) => {
  const { store, rowsOf: find } = keptTransfers();
  for (const change of changes) await store.save(agencyId, change);
  return find(prefix);
};

describe('a change of a transfer is saved whole or not at all', () => {
  it.each([
    ['it has begun already', begun, [TRANSFER, begun]],
    ['somebody else has changed it', again, [TRANSFER, begun, again]],
    ['it was sent again already', again, ['OUTBOX#', begun, again]],
  ] as const)('where %s', async (_, change, [prefix, ...before]) => {
    const { client, db, store } = keptTransfers();
    if (prefix !== TRANSFER) {
      const [row] = await rowsOf(TRANSFER, begun);
      await client.send(new PutItemCommand({ TableName: 'monitoring', Item: row }));
    }
    const [Item] = await rowsOf(prefix, ...before);
    await client.send(new PutItemCommand({ TableName: 'monitoring', Item }));
    expect(await store.save(agencyId, change)).toBe('conflict');
    expect([...db.itemsOf('record')]).toEqual([]);
  });
});

it('a message of a liaison is taken once, in whichever transaction', async () => {
  const client = new DynamoDBClient({ region: 'eu-west-2' });
  fakeDynamoDb(client);
  const entry = () =>
    takenMessages(client, 'monitoring').entry({ agencyId, liaisonId: FORCE, jti: 'one' }, T);
  expect(await transact(client, [entry()])).toBe('saved');
  expect(await transact(client, [entry()])).toBe('conflict');
});
