import type { Instant } from '#domain/model/instant.ts';
import type { Activity } from './activity.ts';
import type { Agenda } from './agenda.ts';
import type { MovableClock } from './clock/clock.ts';
import type { Ledger } from './durable/ledger.ts';
import type { Enforcement } from './enforcement.ts';
import type { DynamoDbEngine } from './engines/dynamodb.ts';
import type { MessageBook } from './engines/message-book.ts';
import type { ObjectEngine } from './engines/objects.ts';
import type { QueueEngine } from './engines/queues.ts';
import type { EventInvokeSettings } from './functions/async-invoker.ts';
import { type AccountConcurrency, createAccountConcurrency } from './functions/concurrency.ts';
import type { FunctionWatch } from './functions/function-watch.ts';
import type { LocalFunction } from './functions/local-function.ts';
import type { SigningKey } from './gateway/answer-kms.ts';
import type { Secret } from './gateway/answer-secrets.ts';
import type { LocalBucket } from './gateway/stored-objects.ts';
import type { Subscriptions } from './gateway/subscriptions.ts';
import type { Integration, RouteTarget } from './http/api-server.ts';
import type { LocalAuthorizer } from './http/authorizer.ts';
import type { ApiIdentity } from './http/http-request.ts';
import { createRouteTable, type RouteTable } from './http/route-table.ts';
import type { Log } from './log.ts';
import type { Place } from './place.ts';
import type { PostOffice } from './posting/post-office.ts';
import type { SignatureVersion } from './posting/signer.ts';
import type { EventSource } from './sources/queue-source.ts';

export type LocalTable = {
  logicalId: string;
  name: string;
  /** As the template sees it, and as DynamoDB Local names it. */
  stream?: { arn: string; engineArn: string };
};

export type LocalQueue = {
  logicalId: string;
  name: string;
  url: string;
  arn: string;
  visibilitySeconds: number;
  isFifo: boolean;
};

/** What has been made so far, to be found by the resources that refer to it. */
export type Registry = {
  tables: LocalTable[];
  queues: LocalQueue[];
  buckets: LocalBucket[];
  topics: { logicalId: string; arn: string; signatureVersion: SignatureVersion }[];
  functions: LocalFunction[];
  secrets: Secret[];
  signingKeys: SigningKey[];
  /** Logical ids of roles, by ARN. */
  roles: Map<string, string>;
  roleIds: Set<string>;
  scheduleGroups: Set<string>;
  integrations: Map<string, Integration>;
  authorizers: Map<string, LocalAuthorizer>;
  routes: RouteTable<RouteTarget>;
  api: ApiIdentity | undefined;
  sources: EventSource[];
  /** Called with the name of each table that was written to. */
  writeListeners: ((tableName: string) => void)[];
  concurrency: AccountConcurrency;
  /** By the function's logical id. */
  eventInvokes: Map<string, EventInvokeSettings>;
};

export const createRegistry = (): Registry => ({
  tables: [],
  queues: [],
  buckets: [],
  topics: [],
  functions: [],
  secrets: [],
  signingKeys: [],
  roles: new Map(),
  roleIds: new Set(),
  scheduleGroups: new Set(),
  integrations: new Map(),
  authorizers: new Map(),
  routes: createRouteTable(),
  api: undefined,
  sources: [],
  writeListeners: [],
  concurrency: createAccountConcurrency(),
  eventInvokes: new Map(),
});

/** Everything a resource may need to come to life. */
export type Workbench = {
  place: Place;
  clock: MovableClock;
  /** When the stack began to be made. */
  startedAt: Instant;
  agenda: Agenda;
  activity: Activity;
  log: Log;
  dynamoDb: DynamoDbEngine;
  queues: QueueEngine;
  objects: ObjectEngine;
  subscriptions: Subscriptions;
  posts: Pick<PostOffice, 'subscribe'>;
  messages: MessageBook;
  ledger: Ledger;
  registry: Registry;
  enforcement: Enforcement;
  /** Counts what the function of this logical id does. */
  watchFor: (logicalId: string, memoryMegabytes: number) => FunctionWatch;
  assetDirectory: (objectKey: string) => string;
  /** Where functions write their logs; undefined = only in memory. */
  logDirectory: string | undefined;
  endpointUrl: string;
  apiUrl: string;
};

/** The function with this ARN, or one within a longer ARN such as an invocation URI. */
export const functionByArn = (registry: Registry, arn: string, where: string): LocalFunction => {
  const [functionArn] = /arn:aws:lambda:[^:]*:\d*:function:[^/:]+/.exec(arn) ?? [];
  const found = registry.functions.find(
    ({ settings }) => settings.sandbox.functionArn === functionArn,
  );
  if (found !== undefined) return found;
  throw new Error(`${where} refers to ${arn}, which is no function of this stack.`);
};

export const queueByArn = (registry: Registry, arn: string, where: string): LocalQueue => {
  const found = registry.queues.find((queue) => queue.arn === arn);
  if (found !== undefined) return found;
  throw new Error(`${where} refers to ${arn}, which is no queue of this stack.`);
};
