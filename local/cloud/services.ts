import type { Activity } from './activity.ts';
import type { Agenda } from './agenda.ts';
import type { CloudAssembly } from './assembly/assembly.ts';
import type { MovableClock } from './clock/clock.ts';
import type { DynamoDbEngine } from './engines/dynamodb.ts';
import { type QueueEngine, startQueues } from './engines/queues.ts';
import { createCallCounter } from './gateway/call-counts.ts';
import { createDynamoDbService } from './gateway/dynamodb-service.ts';
import { startGateway } from './gateway/gateway.ts';
import { createHeldMessages } from './gateway/held-messages.ts';
import { createSchedulerService } from './gateway/scheduler-service.ts';
import { createSecretsService } from './gateway/secrets-service.ts';
import { createSnsService } from './gateway/sns-service.ts';
import { createSqsService } from './gateway/sqs-service.ts';
import { createSubscriptions } from './gateway/subscriptions.ts';
import { startApiServer } from './http/api-server.ts';
import type { Log } from './log.ts';
import { startConsole } from './outbox/console-server.ts';
import { createOutbox } from './outbox/outbox.ts';
import { createPlace } from './place.ts';
import { createRegistry, type Registry } from './workbench.ts';

export type ServicesParts = {
  dynamoDb: DynamoDbEngine;
  assembly: CloudAssembly;
  clock: MovableClock;
  activity: Activity;
  agenda: Agenda;
  log: Log;
};

export type StartedServices = Awaited<ReturnType<typeof startServices>>;

/** What ends with the services: sources first, then functions, doors and queues. */
const stopAll = async (
  registry: Registry,
  doors: readonly { close(): Promise<void> }[],
  queues: QueueEngine,
): Promise<void> => {
  for (const source of registry.sources) source.stop();
  await Promise.all(registry.functions.map((localFunction) => localFunction.stop()));
  await Promise.all(doors.map((door) => door.close()));
  await queues.stop();
};

/** Starts the queues and the doors to the engines: the gateway, the HTTP API, the console. */
export const startServices = async (parts: ServicesParts) => {
  const { assembly, dynamoDb, clock, activity, agenda, log } = parts;
  const place = createPlace(assembly.region, assembly.stackName);
  const registry = createRegistry();
  const outbox = createOutbox(clock);
  const calls = createCallCounter();
  const held = createHeldMessages();
  const queues = await startQueues(place.region);
  const subscriptions = createSubscriptions({ engine: queues, outbox, place });

  const services = {
    dynamodb: createDynamoDbService({
      engine: dynamoDb,
      onWrite: (table) => {
        for (const listener of registry.writeListeners) listener(table);
      },
    }),
    sqs: createSqsService({
      ...{ engine: queues, agenda, clock, held },
      queueUrlOf: (queueName) => registry.queues.find(({ name }) => name === queueName)?.url,
    }),
    sns: createSnsService({ engine: queues, outbox, subscriptions }),
    scheduler: createSchedulerService({
      ...{ place, engine: queues, agenda, clock, groups: registry.scheduleGroups },
      queueUrlOfArn: (queueArn) => registry.queues.find(({ arn }) => arn === queueArn)?.url,
    }),
    secretsmanager: createSecretsService(registry.secrets),
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
    ...{ place, registry, outbox, calls, held, dynamoDb, queues, subscriptions },
    endpointUrl: gateway.url,
    apiUrl: apiServer.url,
    consoleUrl: console.url,
    stop: () => stopAll(registry, [apiServer, gateway, console], queues),
  };
};
