import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SQSClient } from '@aws-sdk/client-sqs';
import { systemClock } from '../adapters/clock/system-clock.ts';
import { activations } from '../adapters/dynamodb/activations.ts';
import { allowances } from '../adapters/dynamodb/allowances.ts';
import { deviceActivations } from '../adapters/dynamodb/device-activations.ts';
import { noteFeed } from '../adapters/dynamodb/feeds.ts';
import { telemetry } from '../adapters/log/log.ts';
import { queue } from '../adapters/sqs/queue.ts';
import { envSchema } from './env.ts';
import type { IngestDeps } from './run.ts';

export const createDeps = (): IngestDeps => {
  const env = envSchema.parse(process.env);
  const dynamodb = new DynamoDBClient();
  return {
    now: systemClock,
    loadActivations: activations(dynamodb, env.MONITORING_TABLE),
    loadDeviceActivations: deviceActivations(dynamodb, env.MONITORING_TABLE),
    takeAllowance: allowances(dynamodb, env.ALLOWANCE_TABLE),
    noteFeed: noteFeed(dynamodb, env.MONITORING_TABLE),
    events: queue(new SQSClient(), env.EVENTS_QUEUE_URL),
    telemetry: telemetry(),
  };
};
