import { BatchGetItemCommand, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { Item } from './items.ts';

const MOST_KEYS = 100;
const MOST_TRIES = 8;
const FIRST_PAUSE_MILLISECONDS = 20;

const pause = (milliseconds: number) => new Promise((done) => setTimeout(done, milliseconds));

const getUpToHundred = async (
  client: DynamoDBClient,
  table: string,
  keys: readonly Item[],
): Promise<Item[]> => {
  const found: Item[] = [];
  let left = [...keys];
  for (let tries = 0; left.length > 0; tries += 1) {
    if (tries > 0) await pause(FIRST_PAUSE_MILLISECONDS * 2 ** (tries - 1));
    if (tries === MOST_TRIES) throw new Error(`${left.length} keys of ${table} were not answered`);
    const RequestItems = { [table]: { Keys: left, ConsistentRead: true } };
    const answer = await client.send(new BatchGetItemCommand({ RequestItems }));
    found.push(...(answer.Responses?.[table] ?? []));
    left = answer.UnprocessedKeys?.[table]?.Keys ?? [];
  }
  return found;
};

/**
 * Reads any number of items, strongly consistent, in as few calls as that takes; absent ones are
 * left out.
 */
export const batchGet = async (
  client: DynamoDBClient,
  table: string,
  keys: readonly Item[],
): Promise<Item[]> => {
  const batches = Array.from({ length: Math.ceil(keys.length / MOST_KEYS) }, (_, i) =>
    keys.slice(i * MOST_KEYS, (i + 1) * MOST_KEYS),
  );
  const found = await Promise.all(batches.map((batch) => getUpToHundred(client, table, batch)));
  return found.flat();
};
