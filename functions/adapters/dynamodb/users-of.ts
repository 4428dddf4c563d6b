import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { type WearerId, wearerIdSchema } from '#domain/model/ids.ts';
import { readText, text } from './items.ts';
import { USED_BY_PREFIX } from './keys.ts';
import { queryAll } from './query.ts';

/** The wearers whose orders refer to the document of a partition. */
export const usersOf =
  (client: DynamoDBClient, table: string) =>
  async (pk: string): Promise<WearerId[]> => {
    const items = await queryAll(client, {
      TableName: table,
      ConsistentRead: true,
      KeyConditionExpression: 'pk = :pk AND begins_with(sk, :usedBy)',
      ExpressionAttributeValues: { ':pk': text(pk), ':usedBy': text(USED_BY_PREFIX) },
    });
    return items.map((item) =>
      wearerIdSchema.parse(readText(item, 'sk').slice(USED_BY_PREFIX.length)),
    );
  };
export type LoadUsers = ReturnType<typeof usersOf>;
