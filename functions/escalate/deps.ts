import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SchedulerClient } from '@aws-sdk/client-scheduler';
import { SQSClient } from '@aws-sdk/client-sqs';
import { changeAlert } from '../adapters/change-alert.ts';
import { systemClock } from '../adapters/clock/system-clock.ts';
import { alertContext } from '../adapters/dynamodb/alert-context.ts';
import { alerts } from '../adapters/dynamodb/alerts.ts';
import { putAside } from '../adapters/dynamodb/violations.ts';
import { telemetry } from '../adapters/log/log.ts';
import { alertTimer } from '../adapters/scheduler/alert-timer.ts';
import { armTimer } from '../adapters/scheduler/arm-timer.ts';
import { queue } from '../adapters/sqs/queue.ts';
import { envSchema } from './env.ts';
import type { EscalateDeps } from './run.ts';

export const createDeps = (): EscalateDeps => {
  const env = envSchema.parse(process.env);
  const client = new DynamoDBClient();
  const told = telemetry();
  const timer = armTimer({
    queue: queue(new SQSClient(), env.DEADLINES_QUEUE_URL),
    queueArn: env.DEADLINES_QUEUE_ARN,
    scheduler: new SchedulerClient(),
    scheduleGroup: env.SCHEDULE_GROUP,
    scheduleRoleArn: env.SCHEDULE_ROLE_ARN,
  });
  const tables = { monitoring: env.MONITORING_TABLE, record: env.RECORD_TABLE };
  const timerOfAlert = alertTimer(timer, told.log);
  return {
    now: systemClock,
    monitoringTable: env.MONITORING_TABLE,
    context: alertContext(client, env.MONITORING_TABLE),
    putAside: putAside(client, env.MONITORING_TABLE),
    alertTimer: timerOfAlert,
    changeAlert: changeAlert({
      now: systemClock,
      alerts: alerts(client, tables),
      alertTimer: timerOfAlert,
    }),
    telemetry: told,
  };
};
