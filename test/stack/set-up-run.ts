import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { type DynamoDbEngine, startDynamoDb } from '#local/cloud/engines/dynamodb.ts';
import { readBody, startLoopbackServer } from '#local/cloud/loopback-server.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Where the cloud assemblies of a run lie, for all its files. */
    assemblies: string;
    /** The DynamoDB Local of a run's contracts, which starts when it is first asked. */
    dynamoDbUrl: string;
  }
}

/** One Java process for all contracts of a run, and none where there are none. */
const sharedDynamoDb = async () => {
  let starting: Promise<DynamoDbEngine> | null = null;
  const server = await startLoopbackServer(async (request, response) => {
    starting ??= startDynamoDb({ directory: undefined, onEnd: () => undefined });
    const engine = await starting;
    const body = (await readBody(request)) ?? Buffer.alloc(0);
    const headers = Object.fromEntries(
      Object.entries(request.headers).flatMap(([name, value]) =>
        typeof value === 'string' ? [[name, value]] : [],
      ),
    );
    const reply = await engine.forward(headers, body);
    response.writeHead(reply.status, reply.headers).end(reply.body);
  });
  const stop = async (): Promise<void> => {
    await server.close();
    await (await starting)?.stop();
  };
  return { url: server.url, stop };
};

/** Before the first file of a run, and after the last. */
export default async (project: TestProject): Promise<() => Promise<void>> => {
  const assemblies = await mkdtemp(join(tmpdir(), 'assemblies-'));
  const dynamoDb = await sharedDynamoDb();
  project.provide('assemblies', assemblies);
  project.provide('dynamoDbUrl', dynamoDb.url);
  return async () => {
    await dynamoDb.stop();
    await rm(assemblies, { recursive: true, force: true });
  };
};
