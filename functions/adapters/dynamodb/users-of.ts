import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { type WearerId, wearerIdSchema } from '#domain/model/ids.ts';
import { readText } from './items.ts';
import { USED_BY_PREFIX } from './keys.ts';
import { queryAll, startingWith } from './query.ts';

/** The wearers whose orders refer to the document of a partition. */
export const usersOf =
  (client: DynamoDBClient, table: string) =>
  async (pk: string): Promise<WearerId[]> => {
    const items = await queryAll(client, startingWith(table, pk, USED_BY_PREFIX));
    return items.map((item) =>
      wearerIdSchema.parse(readText(item, 'sk').slice(USED_BY_PREFIX.length)),
    );
  };
export type LoadUsers = ReturnType<typeof usersOf>;
