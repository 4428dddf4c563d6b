import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { AgencyId, AlertId, PersonId, WearerId } from '#domain/model/ids.ts';
import type { Instant } from '#domain/model/instant.ts';
import { putOnce } from './put-once.ts';
import { recordPut } from './record.ts';
import { refusedName } from './response-keys.ts';

/** What somebody asked of an alert, and why it was refused. */
export type Refused = Readonly<{
  at: Instant;
  alertId: AlertId;
  wearerId: WearerId;
  command: string;
  by: PersonId;
  /** The epoch that they saw, where they said so. */
  epoch: number | null;
  code: string;
  /** Who had acted before, and when, where somebody had. */
  actedBy: PersonId | null;
  actedAt: Instant | null;
}>;

/**
 * Puts a refused command on the wearer's record: once, under its instant and its person, whatever
 * is sent again. Nothing else changes.
 */
export const recordRefusal =
  (client: DynamoDBClient, recordTable: string) =>
  async (agencyId: AgencyId, refused: Refused): Promise<void> => {
    const { alertId, wearerId, ...said } = refused;
    const { at, command, by } = said;
    const entry = {
      wearer: { agencyId, wearerId },
      at,
      name: refusedName(alertId, command, by),
      type: 'command-refused',
      body: { type: 'command-refused', ...said },
    };
    await putOnce(client, recordPut(recordTable, entry));
  };
export type RecordRefusal = ReturnType<typeof recordRefusal>;
