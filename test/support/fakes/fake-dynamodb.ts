import { type DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import type { Item } from '#functions/adapters/dynamodb/items.ts';
import { simulatedDynamoDb } from '#local/simulate/dynamodb/database.ts';
import { TABLES } from '#local/simulate/dynamodb/tables.ts';
import { offRecord } from './off-record.ts';

type OnChange = (table: string, after: Item, before: Item | undefined) => void;

/**
 * The simulated DynamoDB, never late, behind one client or behind every client of this process. The
 * contracts hold it to the real one.
 */
export const fakeDynamoDb = (
  behind: DynamoDBClient | typeof DynamoDBClient,
  onChange: OnChange = () => undefined,
) => {
  const mock = mockClient(behind);
  const notOnRecord: string[] = [];
  const db = simulatedDynamoDb({
    ...{ tables: TABLES, now: () => 0, lagMilliseconds: () => 0 },
    mostItems: () => Number.POSITIVE_INFINITY,
    onCommit: ({ changes }) => {
      notOnRecord.push(...offRecord(changes));
      for (const { table, before, after } of changes) {
        if (after !== undefined) onChange(table, after, before);
      }
    },
  });
  mock.send.callsFake(async (command) => ({ $metadata: {}, ...db.answer(command) }));
  return {
    remember: db.remember,
    /** Puts what a test does not ask for over the API. */
    put: (TableName: string, Item: Item): unknown =>
      db.answer(new PutItemCommand({ TableName, Item })),
    itemsOf: (name: string): Item[] => [...db.itemsOf(name)],
    /** Versions of documents that were put without an entry of the record. */
    notOnRecord,
    restore: () => mock.restore(),
  };
};
