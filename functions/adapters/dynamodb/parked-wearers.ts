import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { WearerId } from '#domain/model/ids.ts';
import { type Instant, instantSchema } from '#domain/model/instant.ts';
import { readNumber, readText, text } from './items.ts';
import { PARKED_SHARD, wearerOf } from './keys.ts';
import { queryAll } from './query.ts';

/** More than these are not told: somebody has long been woken. */
const MOST_TOLD = 1_000;

export type ParkedWearer = Readonly<{ agencyId: string; wearerId: WearerId; parkedAt: Instant }>;

/** Reads who is parked, the longest first, of all agencies of the table. */
export const parkedWearers =
  (client: DynamoDBClient, stateTable: string) => async (): Promise<ParkedWearer[]> => {
    const items = await queryAll(
      client,
      {
        TableName: stateTable,
        IndexName: 'due',
        KeyConditionExpression: 'dueShard = :parked',
        ExpressionAttributeValues: { ':parked': text(PARKED_SHARD) },
      },
      MOST_TOLD,
    );
    return items.map((item) => ({
      ...wearerOf(readText(item, 'pk')),
      parkedAt: instantSchema.parse(readNumber(item, 'nextDueAt')),
    }));
  };
export type LoadParked = ReturnType<typeof parkedWearers>;
