import { type DynamoDBClient, type Put, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { conditionHeld } from './errors.ts';
import { type Item, keyItem } from './items.ts';
import type { Key } from './keys.ts';

/** An item that is put once: its condition says that there is none yet. */
export type PutOnce = Readonly<{ Put: Put }>;

/** The put of an item under its key, where there is none: of whatever only grows. */
export const newItem = (TableName: string, key: Key, more: Item): PutOnce => ({
  Put: {
    TableName,
    Item: { ...keyItem(key), ...more },
    ConditionExpression: 'attribute_not_exists(pk)',
  },
});

/**
 * Puts such an item by itself. `known`: it is there, and this changes nothing. Not a transaction of
 * one: that would end in the same error whether the item is there or somebody is only about to put
 * it, who may yet fail. Throws in the second case, to be tried again.
 */
export const putOnce = async (
  client: DynamoDBClient,
  { Put }: PutOnce,
): Promise<'put' | 'known'> =>
  (await conditionHeld(client.send(new PutItemCommand(Put)))) ? 'put' : 'known';
