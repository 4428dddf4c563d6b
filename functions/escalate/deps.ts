import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SchedulerClient } from '@aws-sdk/client-scheduler';
import { SQSClient } from '@aws-sdk/client-sqs';
import { alertChanges } from '../adapters/alert-changes.ts';
import { systemClock } from '../adapters/clock/system-clock.ts';
import { feeds } from '../adapters/dynamodb/feeds.ts';
import { nudges } from '../adapters/dynamodb/nudges.ts';
import { putAside } from '../adapters/dynamodb/violations.ts';
import { telemetry } from '../adapters/log/log.ts';
import { envSchema } from './env.ts';
import type { EscalateDeps } from './run.ts';

export const createDeps = (): EscalateDeps => {
  const env = envSchema.parse(process.env);
  const dynamodb = new DynamoDBClient();
  const told = telemetry();
  const clients = { dynamodb, sqs: new SQSClient(), scheduler: new SchedulerClient() };
  const { alertTimer, changeAlert, context } = alertChanges({ ...clients, log: told.log }, env);
  return {
    now: systemClock,
    monitoringTable: env.MONITORING_TABLE,
    context,
    feeds: feeds(dynamodb, env.MONITORING_TABLE, env.FEED_LIMITS),
    putNudge: nudges(dynamodb, { monitoring: env.MONITORING_TABLE, record: env.RECORD_TABLE }),
    putAside: putAside(dynamodb, env.MONITORING_TABLE),
    alertTimer,
    changeAlert,
    telemetry: told,
  };
};
