import type { DynamoDBClient, QueryCommandInput } from '@aws-sdk/client-dynamodb';
import type { AgencyId } from '#domain/model/ids.ts';
import { chainOfSealed, entryDayShards } from './chain-keys.ts';
import { keyOf, text } from './items.ts';
import type { Key } from './keys.ts';
import { pagesOf } from './query.ts';

const dayQuery = (table: string, shard: string): QueryCommandInput => ({
  TableName: table,
  IndexName: 'entries',
  KeyConditionExpression: 'entryDay = :shard',
  ExpressionAttributeValues: { ':shard': text(shard) },
});

const nameOf = ({ pk, sk }: Key): string => `${pk}\n${sk}`;

/**
 * The entries of a day that no seal stands beside, by an index of keys alone: each entry and each
 * seal is in it, so that nothing else has to be read. The index may lag behind by a moment.
 */
export const unsealed =
  (client: DynamoDBClient, table: string) =>
  async (agencyId: AgencyId, day: string): Promise<Key[]> => {
    const found: Key[] = [];
    for (const shard of entryDayShards(agencyId, day)) {
      const entries = new Map<string, Key>();
      const seals = new Set<string>();
      for await (const items of pagesOf(client, dayQuery(table, shard))) {
        for (const item of items) {
          const key = keyOf(item);
          const chain = chainOfSealed(key.pk);
          if (chain === null) entries.set(nameOf(key), key);
          else seals.add(nameOf({ ...key, pk: chain }));
        }
      }
      for (const [name, key] of entries) if (!seals.has(name)) found.push(key);
    }
    return found;
  };
export type LoadUnsealed = ReturnType<typeof unsealed>;
