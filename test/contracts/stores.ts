import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  CreateTableCommand,
  DeleteTableCommand,
  DynamoDBClient,
  ListTablesCommand,
} from '@aws-sdk/client-dynamodb';
import { inject } from 'vitest';
import * as z from 'zod';
import { fakeDynamoDb } from '#test/support/fakes/fake-dynamodb.ts';

const names = {
  ...{ state: 'state', monitoring: 'monitoring', trail: 'trail', record: 'record' },
  ...{ vigil: 'vigil', chain: 'chain' },
};

/** Something that keeps our tables: `client` talks to it. */
export type Store = Readonly<{
  client: DynamoDBClient;
  names: typeof names;
  stop: () => Promise<void>;
}>;

const settings = {
  region: 'eu-west-2',
  credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  maxAttempts: 1,
};

const keySchema = z.array(
  z.object({ AttributeName: z.string(), KeyType: z.enum(['HASH', 'RANGE']) }),
);
const indexSchema = z.object({
  IndexName: z.string(),
  KeySchema: keySchema,
  Projection: z.object({
    ProjectionType: z.enum(['ALL', 'KEYS_ONLY', 'INCLUDE']),
    NonKeyAttributes: z.array(z.string()).optional(),
  }),
});
const tableSchema = z.object({
  KeySchema: keySchema,
  AttributeDefinitions: z.array(
    z.object({ AttributeName: z.string(), AttributeType: z.enum(['S', 'N', 'B']) }),
  ),
  GlobalSecondaryIndexes: z.array(indexSchema).optional(),
});
const describedSchema = z.array(tableSchema.extend({ TableName: z.string() }));

/** The tables as the stack describes them, which is synthesized for the first file of a run. */
const tablesOfStack = async () => {
  const path = join(inject('assemblies'), 'tables.json');
  const kept = await readFile(path, 'utf8').catch(() => null);
  if (kept !== null) return describedSchema.parse(JSON.parse(kept));
  const { synthesize } = await import('#test/lib/synthesized.ts');
  const tables = synthesize().ofType('AWS::DynamoDB::Table');
  const described = Object.values(names).map((TableName) => {
    const found = tables.find(([, { Metadata }]) =>
      Metadata['aws:cdk:path'].toLowerCase().includes(`/${TableName}table/`),
    );
    if (found === undefined) throw new Error(`the stack has no table ${TableName}`);
    return { TableName, ...tableSchema.parse(found[1].Properties) };
  });
  await writeFile(path, JSON.stringify(described));
  return described;
};

/** AWS's own DynamoDB Local, with the tables that the stack describes, and nothing in them. */
const realStore = async (): Promise<Store> => {
  const client = new DynamoDBClient({ ...settings, endpoint: inject('dynamoDbUrl') });
  const { TableNames = [] } = await client.send(new ListTablesCommand({}));
  for (const TableName of TableNames) await client.send(new DeleteTableCommand({ TableName }));
  for (const table of await tablesOfStack()) {
    await client.send(new CreateTableCommand({ ...table, BillingMode: 'PAY_PER_REQUEST' }));
  }
  return { client, names, stop: async () => client.destroy() };
};

/** The one in memory, on which journeys run and over which the simulation lives its worlds. */
const simulatedStore = async (): Promise<Store> => {
  const client = new DynamoDBClient(settings);
  fakeDynamoDb(client);
  return { client, names, stop: async () => client.destroy() };
};

export const STORES = [
  { name: 'DynamoDB', start: realStore },
  { name: 'the simulation', start: simulatedStore },
] as const;

/** The real one, and the one that must be like it to the letter. */
export const REAL_AND_SIMULATED = { real: realStore, simulated: simulatedStore };
