import { BatchGetItemCommand, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { Item } from './items.ts';

const MOST_KEYS = 100;
const MOST_TRIES = 8;
const FIRST_PAUSE_MILLISECONDS = 20;

const pause = (milliseconds: number) => new Promise((done) => setTimeout(done, milliseconds));

/** Strongly consistent reads cost twice. */
export type Consistency = 'strong' | 'eventual';

type Asked = Readonly<{ table: string; keys: readonly Item[]; consistency: Consistency }>;

const getUpToHundred = async (client: DynamoDBClient, asked: Asked): Promise<Item[]> => {
  const { table, keys, consistency } = asked;
  const found: Item[] = [];
  let left = [...keys];
  for (let tries = 0; left.length > 0; tries += 1) {
    if (tries > 0) await pause(FIRST_PAUSE_MILLISECONDS * 2 ** (tries - 1));
    if (tries === MOST_TRIES) throw new Error(`${left.length} keys of ${table} were not answered`);
    const RequestItems = { [table]: { Keys: left, ConsistentRead: consistency === 'strong' } };
    const answer = await client.send(new BatchGetItemCommand({ RequestItems }));
    found.push(...(answer.Responses?.[table] ?? []));
    left = answer.UnprocessedKeys?.[table]?.Keys ?? [];
  }
  return found;
};

/** Reads any number of items in as few calls as that takes; absent ones are left out. */
export const batchGetAs = async (
  client: DynamoDBClient,
  { table, keys, consistency }: Asked,
): Promise<Item[]> => {
  const batches = Array.from({ length: Math.ceil(keys.length / MOST_KEYS) }, (_, i) =>
    keys.slice(i * MOST_KEYS, (i + 1) * MOST_KEYS),
  );
  const found = await Promise.all(
    batches.map((batch) => getUpToHundred(client, { table, keys: batch, consistency })),
  );
  return found.flat();
};

/** The same, strongly consistent. */
export const batchGet = (
  client: DynamoDBClient,
  table: string,
  keys: readonly Item[],
): Promise<Item[]> => batchGetAs(client, { table, keys, consistency: 'strong' });
