import type { DynamoDbEngine } from '../engines/dynamodb.ts';
import type { AnswerCall } from './gateway.ts';
import { writtenTables } from './table-writes.ts';

export type AnswerDynamoDbParts = {
  engine: DynamoDbEngine;
  /** Told after each call that may have written to the table, before its caller gets the answer. */
  onWrite: (tableName: string) => void;
};

/** Operations that the local cloud follows well enough to keep streams and idleness right. */
const KNOWN_OPERATIONS = new Set([
  ...['GetItem', 'BatchGetItem', 'Query', 'Scan', 'TransactGetItems'],
  ...['PutItem', 'UpdateItem', 'DeleteItem', 'BatchWriteItem', 'TransactWriteItems'],
  ...['DescribeTable', 'ListTables', 'DescribeTimeToLive', 'DescribeContinuousBackups'],
]);

/** Passes calls on to DynamoDB Local and notes which tables they write to. */
export const answerDynamoDb =
  ({ engine, onWrite }: AnswerDynamoDbParts): AnswerCall =>
  async (call) => {
    if (!KNOWN_OPERATIONS.has(call.operation)) return undefined;
    const { host: _, connection: __, ...headers } = call.headers;
    const reply = await engine.forward(headers, call.body);
    if (reply.status === 200) {
      for (const table of writtenTables(call.operation, call.body)) onWrite(table);
    }
    return reply;
  };
