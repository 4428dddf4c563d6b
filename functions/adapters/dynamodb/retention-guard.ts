import type { DynamoDBClient, TransactWriteItem } from '@aws-sdk/client-dynamodb';
import * as z from 'zod';
import { type HoldId, holdIdSchema, type WearerRef } from '#domain/model/ids.ts';
import { documents } from './documents.ts';
import { json, keyItem, number, readJson, readNumber, text } from './items.ts';
import { retentionGuardKey } from './retention-keys.ts';

/** The holds on a wearer that nobody has released, under the version that was read. */
export type RetentionGuard = Readonly<{
  wearer: WearerRef;
  /** 0 where there never was a hold. */
  version: number;
  holds: readonly HoldId[];
}>;

const ENTITY = 'RETENTION_GUARD';
const bodySchema = z.object({ holds: z.array(holdIdSchema) });

const unchanged = (TableName: string, { wearer, version }: RetentionGuard) => ({
  ...{ TableName, ConditionExpression: 'attribute_not_exists(pk) OR #version = :read' },
  ExpressionAttributeNames: { '#version': 'version' },
  ExpressionAttributeValues: { ':read': number(version) },
  Key: keyItem(retentionGuardKey(wearer)),
});

export const loadRetentionGuard =
  (client: DynamoDBClient, table: string) =>
  async (wearer: WearerRef): Promise<RetentionGuard> => {
    const item = await documents(client, table).loadItem(retentionGuardKey(wearer));
    if (item === null) return { wearer, version: 0, holds: [] };
    // Something was put that keeps them, and never yet a hold.
    const { holds } = item.body === undefined ? { holds: [] } : readJson(item, 'body', bodySchema);
    return { wearer, version: readNumber(item, 'version'), holds };
  };
export type LoadRetentionGuard = ReturnType<typeof loadRetentionGuard>;

/** Holds that are in force from now on: on the version that was read, and no other. */
export const guardPut = (
  table: string,
  guard: RetentionGuard,
  holds: readonly HoldId[],
): TransactWriteItem => {
  const { Key, ...only } = unchanged(table, guard);
  const content = { entity: text(ENTITY), version: number(guard.version + 1) };
  return { Put: { ...only, Item: { ...Key, ...content, body: json({ holds }) } } };
};

/** Stops whatever erases on a guard that was read before: something that keeps them is put. */
export const guardMove = (TableName: string, wearer: WearerRef): TransactWriteItem => ({
  Update: {
    ...{ TableName, Key: keyItem(retentionGuardKey(wearer)) },
    UpdateExpression: 'ADD #version :one SET entity = :entity',
    ExpressionAttributeNames: { '#version': 'version' },
    ExpressionAttributeValues: { ':one': number(1), ':entity': text(ENTITY) },
  },
});

/** The guard goes with the last of its wearer: on the version that was read. */
export const guardDelete = (table: string, guard: RetentionGuard): TransactWriteItem => ({
  Delete: unchanged(table, guard),
});

/** A part of every erasing transaction: no hold was put since the guard was read. */
export const guardCheck = (table: string, guard: RetentionGuard): TransactWriteItem => ({
  ConditionCheck: unchanged(table, guard),
});
