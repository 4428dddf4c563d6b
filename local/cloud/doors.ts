import type { Activity } from './activity.ts';
import type { Agenda } from './agenda.ts';
import type { CloudAssembly } from './assembly/assembly.ts';
import type { MovableClock } from './clock/clock.ts';
import type { DynamoDbEngine } from './engines/dynamodb.ts';
import { type ObjectEngine, startObjects } from './engines/objects.ts';
import { type QueueEngine, startQueues } from './engines/queues.ts';
import { answerDynamoDb } from './gateway/answer-dynamodb.ts';
import { answerS3 } from './gateway/answer-s3.ts';
import { answerScheduler } from './gateway/answer-scheduler.ts';
import { answerSecrets } from './gateway/answer-secrets.ts';
import { answerSns } from './gateway/answer-sns.ts';
import { answerSqs } from './gateway/answer-sqs.ts';
import { createCallCounter } from './gateway/call-counts.ts';
import { startGateway } from './gateway/gateway.ts';
import { createHeldMessages } from './gateway/held-messages.ts';
import { createSubscriptions } from './gateway/subscriptions.ts';
import { startApiServer } from './http/api-server.ts';
import type { Log } from './log.ts';
import { startConsole } from './outbox/console-server.ts';
import { createOutbox } from './outbox/outbox.ts';
import { createPlace } from './place.ts';
import { createRegistry, type Registry } from './workbench.ts';

export type DoorsParts = {
  dynamoDb: DynamoDbEngine;
  assembly: CloudAssembly;
  clock: MovableClock;
  activity: Activity;
  agenda: Agenda;
  log: Log;
};

export type OpenDoors = Awaited<ReturnType<typeof openDoors>>;

/** What ends with the services: sources first, then functions, doors and engines. */
const stopAll = async (
  registry: Registry,
  doors: readonly { close(): Promise<void> }[],
  engines: readonly (QueueEngine | ObjectEngine)[],
): Promise<void> => {
  for (const source of registry.sources) source.stop();
  await Promise.all(registry.functions.map((localFunction) => localFunction.stop()));
  await Promise.all(doors.map((door) => door.close()));
  await Promise.all(engines.map((engine) => engine.stop()));
};

/** Starts the queues and the doors to the engines: the gateway, the HTTP API, the console. */
export const openDoors = async (parts: DoorsParts) => {
  const { assembly, dynamoDb, clock, activity, agenda, log } = parts;
  const place = createPlace(assembly.region, assembly.stackName);
  const registry = createRegistry();
  const outbox = createOutbox(clock);
  const calls = createCallCounter();
  const held = createHeldMessages();
  const queues = await startQueues(place.region);
  const objects = await startObjects(place.region);
  const subscriptions = createSubscriptions({ engine: queues, outbox, place });

  const services = {
    dynamodb: answerDynamoDb({
      engine: dynamoDb,
      onWrite: (table) => {
        for (const listener of registry.writeListeners) listener(table);
      },
    }),
    sqs: answerSqs({
      ...{ engine: queues, agenda, clock, held },
      queueUrlOf: (queueName) => registry.queues.find(({ name }) => name === queueName)?.url,
    }),
    sns: answerSns({ engine: queues, outbox, subscriptions }),
    scheduler: answerScheduler({
      ...{ place, engine: queues, agenda, clock, groups: registry.scheduleGroups },
      queueUrlOfArn: (queueArn) => registry.queues.find(({ arn }) => arn === queueArn)?.url,
    }),
    s3: answerS3({ engine: objects, clock, buckets: registry.buckets }),
    secretsmanager: answerSecrets(registry.secrets),
  };
  const gateway = await startGateway({
    ...{ clock, activity, log, calls, services, roleIds: registry.roleIds },
    authorize: () => undefined,
  });
  const console = await startConsole(outbox);
  const apiServer = await startApiServer({
    ...{ place, clock, activity, routes: registry.routes },
    api: () => registry.api ?? { apiId: 'none', accountId: place.account, stage: '$default' },
  });

  return {
    ...{ place, registry, outbox, calls, held, dynamoDb, queues, objects, subscriptions },
    endpointUrl: gateway.url,
    apiUrl: apiServer.url,
    consoleUrl: console.url,
    stop: () => stopAll(registry, [apiServer, gateway, console], [queues, objects]),
  };
};
