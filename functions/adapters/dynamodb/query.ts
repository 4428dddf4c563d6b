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

/** Every item of a query, page after page, up to `most` items. */
export const queryAll = async (
  client: DynamoDBClient,
  input: QueryCommandInput,
  most = Number.POSITIVE_INFINITY,
): Promise<Item[]> => {
  const found: Item[] = [];
  let ExclusiveStartKey: Item | undefined;
  do {
    const page: QueryCommandInput =
      ExclusiveStartKey === undefined ? input : { ...input, ExclusiveStartKey };
    const answer = await client.send(new QueryCommand(page));
    found.push(...(answer.Items ?? []));
    ExclusiveStartKey = answer.LastEvaluatedKey;
  } while (ExclusiveStartKey !== undefined && found.length < most);
  return found.slice(0, most);
};
