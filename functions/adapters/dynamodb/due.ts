import type { DynamoDBClient, QueryCommandInput } from '@aws-sdk/client-dynamodb';
import { type Instant, instantSchema } from '#domain/model/instant.ts';
import { type Item, number, readNumber, readText, text } from './items.ts';
import { allDueShards } from './keys.ts';
import { pagesOf, queryAll } from './query.ts';

/** Something whose due instant has passed, by its key. */
export type Overdue = Readonly<{ pk: string; sk: string | null; dueAt: Instant }>;

/** So many of a shard are driven in one sweep; the rest are a minute's work further on. */
const MOST_A_SHARD = 5_000;

const dueQuery = (table: string, shard: string, until: Instant): QueryCommandInput => ({
  TableName: table,
  IndexName: 'due',
  KeyConditionExpression: 'dueShard = :shard AND nextDueAt <= :until',
  ExpressionAttributeValues: { ':shard': text(shard), ':until': number(until) },
});

const overdueFrom = (item: Item): Overdue => ({
  pk: readText(item, 'pk'),
  sk: item.sk?.S ?? null,
  dueAt: instantSchema.parse(readNumber(item, 'nextDueAt')),
});

/** Reads a table's index of due instants up to one, the longest overdue of each shard first. */
export const due =
  (client: DynamoDBClient, table: string) =>
  async (until: Instant): Promise<Overdue[]> => {
    const shards = await Promise.all(
      allDueShards().map((shard) => queryAll(client, dueQuery(table, shard, until), MOST_A_SHARD)),
    );
    return shards.flat().map(overdueFrom);
  };
export type LoadDue = ReturnType<typeof due>;

const A_PAGE = 200;

/** Reads one shard of the index page by page, the longest overdue first, as far as one goes on. */
export const duePages = (client: DynamoDBClient, table: string) =>
  async function* (shard: string, until: Instant): AsyncGenerator<Overdue[]> {
    const input = { ...dueQuery(table, shard, until), Limit: A_PAGE };
    for await (const items of pagesOf(client, input)) yield items.map(overdueFrom);
  };
export type DuePages = ReturnType<typeof duePages>;
