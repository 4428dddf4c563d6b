import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import * as z from 'zod';
import { startDynamoDb } from '#local/cloud/engines/dynamodb.ts';
import { readBody, startLoopbackServer } from '#local/cloud/loopback-server.ts';
import { synthesize } from '#test/lib/synthesized.ts';
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

const tableSchema = z.looseObject({
  KeySchema: z.array(z.unknown()),
  AttributeDefinitions: z.array(z.unknown()),
  GlobalSecondaryIndexes: z
    .array(z.looseObject({ IndexName: z.string() }))
    .optional()
    .transform((indexes) =>
      indexes?.map(({ IndexName, KeySchema, Projection }) => ({
        IndexName,
        KeySchema,
        Projection,
      })),
    ),
});

/** The tables as the stack describes them. */
const tablesOfStack = () =>
  Object.values(names).map((TableName) => {
    const found = synthesize()
      .ofType('AWS::DynamoDB::Table')
      .find(([, { Metadata }]) =>
        Metadata['aws:cdk:path'].toLowerCase().includes(`/${TableName}table/`),
      );
    if (found === undefined) throw new Error(`the stack has no table ${TableName}`);
    const { KeySchema, AttributeDefinitions, GlobalSecondaryIndexes } = tableSchema.parse(
      found[1].Properties,
    );
    return { TableName, KeySchema, AttributeDefinitions, GlobalSecondaryIndexes };
  });

/** AWS's own DynamoDB Local, with the tables that the stack describes. */
const realStore = async (): Promise<Store> => {
  const tables = tablesOfStack();
  const engine = await startDynamoDb({ directory: undefined, onEnd: () => undefined });
  const server = await startLoopbackServer(async (request, response) => {
    const body = (await readBody(request)) ?? Buffer.alloc(0);
    const headers = Object.fromEntries(
      Object.entries(request.headers).flatMap(([name, value]) =>
        typeof value === 'string' ? [[name, value]] : [],
      ),
    );
    const reply = await engine.forward(headers, body);
    response.writeHead(reply.status, reply.headers).end(reply.body);
  });
  const client = new DynamoDBClient({ ...settings, endpoint: server.url });
  for (const table of tables) {
    await engine.call('CreateTable', { ...table, BillingMode: 'PAY_PER_REQUEST' });
  }
  const stop = async () => {
    client.destroy();
    await server.close();
    await engine.stop();
  };
  return { client, names, stop };
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
