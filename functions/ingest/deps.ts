import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SQSClient } from '@aws-sdk/client-sqs';
import type * as z from 'zod';
import { systemClock } from '../adapters/clock/system-clock.ts';
import { activations } from '../adapters/dynamodb/activations.ts';
import { allowances } from '../adapters/dynamodb/allowances.ts';
import { deviceActivations } from '../adapters/dynamodb/device-activations.ts';
import { noteFeed } from '../adapters/dynamodb/feeds.ts';
import { telemetry } from '../adapters/log/log.ts';
import { queue } from '../adapters/sqs/queue.ts';
import type { Surroundings } from '../adapters/surroundings.ts';
import { envSchema } from './env.ts';
import type { IngestDeps } from './run.ts';

type Clients = Readonly<{ dynamodb: DynamoDBClient; sqs: SQSClient }>;

/** Everything that runs need, over given clients. */
export const depsFrom = (
  { dynamodb, sqs }: Clients,
  env: z.infer<typeof envSchema>,
  { now, telemetry: told }: Surroundings,
): IngestDeps => ({
  now,
  loadActivations: activations(dynamodb, env.MONITORING_TABLE),
  loadDeviceActivations: deviceActivations(dynamodb, env.MONITORING_TABLE),
  takeAllowance: allowances(dynamodb, env.ALLOWANCE_TABLE),
  noteFeed: noteFeed(dynamodb, env.MONITORING_TABLE),
  events: queue(sqs, env.EVENTS_QUEUE_URL),
  telemetry: told,
});

export const createDeps = (): IngestDeps => {
  const clients = { dynamodb: new DynamoDBClient(), sqs: new SQSClient() };
  const env = envSchema.parse(process.env);
  return depsFrom(clients, env, { now: systemClock, telemetry: telemetry() });
};
