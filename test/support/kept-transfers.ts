import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { Transfer } from '#domain/liaison/transfer.ts';
import type { TransferCommand } from '#domain/liaison/transfer-commands.ts';
import type { Instant } from '#domain/model/instant.ts';
import { changeTransfer } from '#functions/adapters/change-transfer.ts';
import { transfers } from '#functions/adapters/dynamodb/transfers.ts';
import { T } from './alerts.ts';
import { fakeDynamoDb } from './fakes/fake-dynamodb.ts';
import { WEARER } from './supervisions.ts';
import { INCIDENT, sent } from './transfers.ts';

export const TRANSFER_TABLES = { monitoring: 'monitoring', record: 'record' };

/** Transfers over a database in memory, on a clock that moves by hand. */
export const keptTransfers = () => {
  const client = new DynamoDBClient({ region: 'eu-west-2' });
  const db = fakeDynamoDb(client);
  const clock: { now: Instant } = { now: T };
  const store = transfers(client, TRANSFER_TABLES);
  const change = changeTransfer({ now: () => clock.now, transfers: store });

  /** What comes to the incident at an instant. */
  const when = async (command: TransferCommand, now: Instant) => {
    clock.now = now;
    return change(WEARER.agencyId, { incidentId: INCIDENT, command });
  };
  const load = async (): Promise<Transfer> => {
    const found = await store.load(WEARER.agencyId, INCIDENT);
    if (found === null) throw new Error('nothing was sent');
    return found;
  };
  const begin = () => when(sent(1, T), T);
  const rowsOf = (prefix: string) =>
    db.itemsOf('monitoring').filter(({ sk }) => sk?.S?.startsWith(prefix));
  const entries = () => db.itemsOf('record').map(({ type }) => type?.S);
  return { client, db, clock, store, change, when, load, begin, rowsOf, entries };
};
