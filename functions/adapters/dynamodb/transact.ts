import {
  type DynamoDBClient,
  type TransactWriteItem,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb';
import { isConflict } from './errors.ts';

/** Writes all of it or nothing; `conflict`: somebody else wrote first, or a condition failed. */
export const transact = async (
  client: DynamoDBClient,
  TransactItems: TransactWriteItem[],
): Promise<'saved' | 'conflict'> => {
  try {
    await client.send(new TransactWriteItemsCommand({ TransactItems }));
    return 'saved';
  } catch (error) {
    // Retry: the caller reads again and decides anew, or answers that somebody else was first.
    if (isConflict(error)) return 'conflict';
    throw error;
  }
};
