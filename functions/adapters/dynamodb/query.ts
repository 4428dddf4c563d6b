import {
  type DynamoDBClient,
  QueryCommand,
  type QueryCommandInput,
} from '@aws-sdk/client-dynamodb';
import type { Item } from './items.ts';

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
