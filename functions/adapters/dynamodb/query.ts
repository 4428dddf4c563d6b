import {
  type DynamoDBClient,
  QueryCommand,
  type QueryCommandInput,
} from '@aws-sdk/client-dynamodb';
import { type Item, text } from './items.ts';

/** A strongly consistent query for a partition's items between two sort keys, both included. */
export const between = (
  table: string,
  pk: string,
  { from, to }: Readonly<{ from: string; to: string }>,
): QueryCommandInput => ({
  TableName: table,
  ConsistentRead: true,
  KeyConditionExpression: 'pk = :pk AND sk BETWEEN :from AND :to',
  ExpressionAttributeValues: { ':pk': text(pk), ':from': text(from), ':to': text(to) },
});

/** A strongly consistent query for a partition's items whose sort keys begin alike. */
export const startingWith = (table: string, pk: string, prefix: string): QueryCommandInput => ({
  TableName: table,
  ConsistentRead: true,
  KeyConditionExpression: 'pk = :pk AND begins_with(sk, :prefix)',
  ExpressionAttributeValues: { ':pk': text(pk), ':prefix': text(prefix) },
});

/** A strongly consistent query for all items of a partition. */
export const wholePartition = (table: string, pk: string): QueryCommandInput => ({
  TableName: table,
  ConsistentRead: true,
  KeyConditionExpression: 'pk = :pk',
  ExpressionAttributeValues: { ':pk': text(pk) },
});

/** The pages of a query, one after another, as far as one goes on. */
export async function* pagesOf(
  client: DynamoDBClient,
  input: QueryCommandInput,
): AsyncGenerator<Item[]> {
  let ExclusiveStartKey: Item | undefined;
  do {
    const page = ExclusiveStartKey === undefined ? input : { ...input, ExclusiveStartKey };
    const answer = await client.send(new QueryCommand(page));
    yield answer.Items ?? [];
    ExclusiveStartKey = answer.LastEvaluatedKey;
  } while (ExclusiveStartKey !== undefined);
}

/** Every item of a query, up to `most`. */
export const queryAll = async (
  client: DynamoDBClient,
  input: QueryCommandInput,
  most = Number.POSITIVE_INFINITY,
): Promise<Item[]> => {
  const found: Item[] = [];
  for await (const items of pagesOf(client, input)) {
    found.push(...items);
    if (found.length >= most) break;
  }
  return found.slice(0, most);
};
