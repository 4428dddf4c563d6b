import {
  type DynamoDBClient,
  type TransactWriteItem,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb';
import { conditionHeld } from './errors.ts';

/** Writes all of it or nothing; `conflict`: somebody else wrote first, or a condition failed. */
export const transact = async (
  client: DynamoDBClient,
  TransactItems: TransactWriteItem[],
): Promise<'saved' | 'conflict'> => {
  const sent = client.send(new TransactWriteItemsCommand({ TransactItems }));
  // Retry: the caller reads again and decides anew, or answers that somebody else was first.
  return (await conditionHeld(sent)) ? 'saved' : 'conflict';
};

/** The same over a database. */
export const saveTogether =
  (client: DynamoDBClient) =>
  (items: TransactWriteItem[]): Promise<'saved' | 'conflict'> =>
    transact(client, items);
export type SaveTogether = ReturnType<typeof saveTogether>;
