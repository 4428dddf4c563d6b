import { isDeepStrictEqual } from 'node:util';
import * as z from 'zod';
import type { DynamoDbEngine } from '../engines/dynamodb.ts';

type IndexSettings = { IndexName: string; KeySchema: unknown };

export type TableRequest = {
  TableName: string;
  KeySchema: unknown;
  AttributeDefinitions: unknown;
  BillingMode: 'PAY_PER_REQUEST';
  GlobalSecondaryIndexes: readonly IndexSettings[] | undefined;
  LocalSecondaryIndexes: readonly IndexSettings[] | undefined;
  StreamSpecification: { StreamViewType: string; StreamEnabled: true } | undefined;
};

const indexesSchema = z
  .array(z.looseObject({ IndexName: z.string(), KeySchema: z.unknown() }))
  .default([]);
const descriptionSchema = z.looseObject({
  KeySchema: z.unknown(),
  GlobalSecondaryIndexes: indexesSchema,
  LocalSecondaryIndexes: indexesSchema,
  StreamSpecification: z.looseObject({ StreamViewType: z.string() }).optional(),
  LatestStreamArn: z.string().optional(),
});
const namesSchema = z.looseObject({ TableNames: z.array(z.string()) });

type TableDescription = z.infer<typeof descriptionSchema>;

const keysByIndex = (indexes: readonly IndexSettings[] = []) =>
  new Map(indexes.map(({ IndexName, KeySchema }) => [IndexName, KeySchema]));

/** What of a table cannot be changed here once it is made. */
const shapeOf = (table: TableDescription) => ({
  keys: table.KeySchema,
  global: keysByIndex(table.GlobalSecondaryIndexes),
  local: keysByIndex(table.LocalSecondaryIndexes),
  stream: table.StreamSpecification?.StreamViewType,
});

const describe = async (engine: DynamoDbEngine, name: string): Promise<TableDescription> => {
  const described = await engine.call('DescribeTable', { TableName: name });
  return z.looseObject({ Table: descriptionSchema }).parse(described).Table;
};

/**
 * The table as it was kept, or a new one. Throws when the kept one has other keys, indexes or
 * another stream than the template asks for.
 */
export const findOrMakeTable = async (
  engine: DynamoDbEngine,
  where: string,
  request: TableRequest,
): Promise<TableDescription> => {
  const { TableNames } = namesSchema.parse(await engine.call('ListTables', {}));
  if (!TableNames.includes(request.TableName)) {
    const made = await engine.call('CreateTable', request);
    return z.looseObject({ TableDescription: descriptionSchema }).parse(made).TableDescription;
  }
  const kept = await describe(engine, request.TableName);
  const wanted = descriptionSchema.parse(request);
  if (isDeepStrictEqual(shapeOf(wanted), shapeOf(kept))) return kept;
  throw new Error(
    `${where} has other keys, indexes or another stream than the table that is kept as ` +
      `${request.TableName}. Begin anew in another data directory, or go back to the template of before.`,
  );
};
