import * as z from 'zod';

const oneTableSchema = z.looseObject({ TableName: z.string() });
const batchSchema = z.looseObject({ RequestItems: z.record(z.string(), z.unknown()) });
const transactionSchema = z.looseObject({
  TransactItems: z.array(z.record(z.string(), z.looseObject({ TableName: z.string() }))),
});

const nameOf = (nameOrArn: string): string => nameOrArn.slice(nameOrArn.lastIndexOf('/') + 1);

/** The tables that a call may have written to. */
export const writtenTables = (operation: string, body: Buffer): string[] => {
  switch (operation) {
    case 'PutItem':
    case 'UpdateItem':
    case 'DeleteItem':
      return [nameOf(oneTableSchema.parse(JSON.parse(body.toString())).TableName)];
    case 'BatchWriteItem':
      return Object.keys(batchSchema.parse(JSON.parse(body.toString())).RequestItems).map(nameOf);
    case 'TransactWriteItems': {
      const { TransactItems } = transactionSchema.parse(JSON.parse(body.toString()));
      const names = TransactItems.flatMap((item) =>
        Object.values(item).map(({ TableName }) => nameOf(TableName)),
      );
      return [...new Set(names)];
    }
    default:
      return [];
  }
};
