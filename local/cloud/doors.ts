import { createMeter } from '#local/meter/meter.ts';
import { meterCalls } from '#local/meter/meter-calls.ts';
import { meterDeliveries, meterPollers, meterRequests } from '#local/meter/meter-cloud.ts';
import { accessLineBytes } from '#local/meter/standing-stack.ts';
import type { Activity } from './activity.ts';
import type { Agenda } from './agenda.ts';
import type { CloudAssembly } from './assembly/assembly.ts';
import type { MovableClock } from './clock/clock.ts';
import type { Ledger } from './durable/ledger.ts';
import { createEnforcement } from './enforcement.ts';
import { tellDoneMessages } from './engines/done-messages.ts';
import type { DynamoDbEngine } from './engines/dynamodb.ts';
import { createMessageBook, type MessageBook } from './engines/message-book.ts';
import { startObjects } from './engines/objects.ts';
import { type QueueEngine, startQueues } from './engines/queues.ts';
import { answerCalls } from './gateway/answer-calls.ts';
import { createAuthorize, createConceal } from './gateway/authorize.ts';
import { createCallCounter } from './gateway/call-counts.ts';
import { createCuts } from './gateway/cuts.ts';
import { startGateway } from './gateway/gateway.ts';
import { createSubscriptions } from './gateway/subscriptions.ts';
import type { Log } from './log.ts';
import { createOutbox } from './outbox/outbox.ts';
import { createPlace } from './place.ts';
import type { HttpsHosts } from './posting/carrier.ts';
import { openPostOffice } from './posting/post-office.ts';
import { openPublicDoors } from './public-doors.ts';
import { textsIn } from './texts-in.ts';
import { createRegistry, type Registry } from './workbench.ts';

export type DoorsParts = {
  dynamoDb: DynamoDbEngine;
  assembly: CloudAssembly;
  clock: MovableClock;
  activity: Activity;
  agenda: Agenda;
  ledger: Ledger;
  log: Log;
  port: number | undefined;
  httpsHosts: HttpsHosts;
  /** Where objects are kept; undefined = in memory. */
  objectDirectory: string | undefined;
  /** Told of each thing that is open, with what closes it again; the last to close first. */
  onOpen: (close: () => Promise<void>) => void;
};

export type OpenDoors = Awaited<ReturnType<typeof openDoors>>;

/** What ends first: the sources, and then the functions that they feed. */
const stopRegistry = async ({ sources, functions }: Registry): Promise<void> => {
  for (const source of sources) source.stop();
  await Promise.all(functions.map((localFunction) => localFunction.stop()));
};

const restoreKept = (restoreSchedules: () => void, messages: MessageBook, log: Log): void => {
  restoreSchedules();
  for (const queueName of messages.restore()) {
    log(`The template no longer has queue ${queueName}; its messages stay in the data directory.`);
  }
};

/** Starts the queues and the doors to the engines: the gateway, the HTTP API, the console. */
export const openDoors = async (parts: DoorsParts) => {
  const { assembly, dynamoDb, clock, activity, agenda, ledger, log, onOpen } = parts;
  const place = createPlace(assembly.region, assembly.stackName);
  const enforcement = await createEnforcement(assembly.template, place, log);
  const registry = createRegistry();
  const outbox = createOutbox(clock, ledger);
  const calls = createCallCounter();
  const meter = createMeter(clock.now);
  const metered = { meter, stackName: place.stackName };
  meterDeliveries(outbox, meter);
  const messages: MessageBook = createMessageBook({ clock, agenda, ledger, engine: () => queues });
  const done = tellDoneMessages(await startQueues(place.region, messages.hooks));
  const queues: QueueEngine = done.queues;
  onOpen(queues.stop);
  const objects = await startObjects(place.region, parts.objectDirectory);
  onOpen(objects.stop);
  const posts = openPostOffice({
    ...{ engine: queues, clock, agenda, ledger, log, outbox, region: place.region },
    hosts: parts.httpsHosts,
  });
  const subscriptions = createSubscriptions({ engine: queues, outbox, place, ledger, posts });
  await subscriptions.restore();
  const { services, restoreSchedules } = answerCalls({
    ...{ place, registry, clock, agenda, ledger, outbox, messages, subscriptions, posts },
    ...{ dynamoDb, queues, objects, enforcement },
  });
  const cuts = createCuts();
  const gateway = await startGateway({
    ...{ clock, activity, log, calls, roleIds: registry.roleIds },
    services: meterCalls(services, metered),
    flushed: ledger.flushed,
    cuts,
    authorize: createAuthorize(enforcement, log),
    conceal: createConceal(enforcement),
  });
  onOpen(gateway.close);
  const opened = await openPublicDoors({
    ...{ outbox, ledger, port: parts.port, onOpen, snsPage: posts.page },
    takeTextIn: textsIn({ clock, registry, enforcement, queues }),
    ...{ place, clock, activity, routes: registry.routes },
    api: () => registry.api ?? { apiId: 'none', accountId: place.account, stage: '$default' },
    onRequest: meterRequests(meter, accessLineBytes(assembly.template)),
  });
  onOpen(() => stopRegistry(registry));
  return {
    ...{ place, enforcement, registry, outbox, calls, meter, messages, ledger, dynamoDb },
    ...{ queues: meterPollers(queues, metered), objects, subscriptions, posts, ...opened },
    /** Puts back what the ledger holds, once the resources are there. */
    restore: () => {
      restoreKept(restoreSchedules, messages, log);
      posts.restore();
    },
    cut: cuts.cut,
    onMessageDone: done.onMessageDone,
    endpointUrl: gateway.url,
  };
};
