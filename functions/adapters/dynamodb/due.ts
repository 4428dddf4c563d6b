import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { type Instant, instantSchema } from '#domain/model/instant.ts';
import { number, readNumber, readText, text } from './items.ts';
import { allDueShards } from './keys.ts';
import { queryAll } from './query.ts';

/** Something whose due instant has passed, by its key. */
export type Overdue = Readonly<{ pk: string; sk: string | null; dueAt: Instant }>;

/** So many of a shard are driven in one sweep; the rest are a minute's work further on. */
const MOST_A_SHARD = 500;

/** Reads a table's index of due instants up to one, the longest overdue of each shard first. */
export const due =
  (client: DynamoDBClient, table: string) =>
  async (until: Instant): Promise<Overdue[]> => {
    const shards = await Promise.all(
      allDueShards().map((shard) =>
        queryAll(
          client,
          {
            TableName: table,
            IndexName: 'due',
            KeyConditionExpression: 'dueShard = :shard AND nextDueAt <= :until',
            ExpressionAttributeValues: { ':shard': text(shard), ':until': number(until) },
          },
          MOST_A_SHARD,
        ),
      ),
    );
    return shards.flat().map((item) => ({
      pk: readText(item, 'pk'),
      sk: item.sk?.S ?? null,
      dueAt: instantSchema.parse(readNumber(item, 'nextDueAt')),
    }));
  };
export type LoadDue = ReturnType<typeof due>;
