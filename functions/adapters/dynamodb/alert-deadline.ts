import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { alertSchema } from '#domain/model/alert.ts';
import { agencyIdSchema } from '#domain/model/ids.ts';
import type { DeadlineMessage } from '../sqs/messages.ts';
import { documents } from './documents.ts';
import { readJson, readText } from './items.ts';
import type { Key } from './keys.ts';

/** The deadline message of an alert as it now stands; null where it waits for nothing any more. */
export const alertDeadline =
  (client: DynamoDBClient, table: string) =>
  async (key: Key): Promise<DeadlineMessage | null> => {
    const item = await documents(client, table).loadItem(key);
    if (item === null) return null;
    const { alertId, epoch, nextDueAt: dueAt } = readJson(item, 'body', alertSchema);
    const agencyId = agencyIdSchema.parse(readText(item, 'agencyId'));
    return dueAt === null ? null : { kind: 'alert-due', agencyId, alertId, epoch, dueAt };
  };
export type LoadDeadline = ReturnType<typeof alertDeadline>;
