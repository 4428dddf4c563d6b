import { type DynamoDBClient, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import type { Instant } from '#domain/model/instant.ts';
import { conditionHeld } from './errors.ts';
import { keyItem, number } from './items.ts';
import type { Key } from './keys.ts';

/**
 * Brings an overdue alert before the stream, which takes it to escalation: by another way than its
 * timers, whose queue may be what has failed. Nothing of the alert changes, and whatever is saved
 * of it next takes the mark away.
 */
export const wakeAlert =
  (client: DynamoDBClient, table: string) =>
  async (key: Key, now: Instant): Promise<void> => {
    const command = new UpdateItemCommand({
      TableName: table,
      Key: keyItem(key),
      UpdateExpression: 'SET wokenAt = :now',
      ConditionExpression: 'nextDueAt < :now',
      ExpressionAttributeValues: { ':now': number(now) },
    });
    // Record: it may have been seen to between the sweep's look and now, as it must.
    await conditionHeld(client.send(command));
  };
export type WakeAlert = ReturnType<typeof wakeAlert>;
