import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { SchedulerClient } from '@aws-sdk/client-scheduler';
import type { SQSClient } from '@aws-sdk/client-sqs';
import { type ChangeAlertDeps, changeAlert } from './change-alert.ts';
import { alertContext } from './dynamodb/alert-context.ts';
import { alertTasks } from './dynamodb/alert-tasks.ts';
import { alerts } from './dynamodb/alerts.ts';
import { episodeStore } from './dynamodb/episodes.ts';
import { recordRefusal } from './dynamodb/refusals.ts';
import { planAlerts } from './plan-alerts.ts';
import { alertTimer } from './scheduler/alert-timer.ts';
import { armTimer } from './scheduler/arm-timer.ts';
import { queue } from './sqs/queue.ts';
import type { Surroundings } from './surroundings.ts';

export type AlertClients = Readonly<{
  dynamodb: DynamoDBClient;
  sqs: SQSClient;
  scheduler: SchedulerClient;
}>;

export type AlertEnvironment = Readonly<{
  MONITORING_TABLE: string;
  RECORD_TABLE: string;
  DEADLINES_QUEUE_URL: string;
  DEADLINES_QUEUE_ARN: string;
  SCHEDULE_GROUP: string;
  SCHEDULE_ROLE_ARN: string;
}>;

/** What surrounds whoever changes alerts; `memosOf`: of whoever may end them. */
type Around = Surroundings & Pick<ChangeAlertDeps, 'memosOf'>;

/** What whoever changes alerts needs, be it for the clock, a violation or a person. */
export const alertChanges = (
  clients: AlertClients,
  env: AlertEnvironment,
  { now, telemetry: { log }, memosOf }: Around,
) => {
  const tables = { monitoring: env.MONITORING_TABLE, record: env.RECORD_TABLE };
  const store = alerts(clients.dynamodb, tables);
  const arm = armTimer({
    queue: queue(clients.sqs, env.DEADLINES_QUEUE_URL),
    queueArn: env.DEADLINES_QUEUE_ARN,
    scheduler: clients.scheduler,
    scheduleGroup: env.SCHEDULE_GROUP,
    scheduleRoleArn: env.SCHEDULE_ROLE_ARN,
  });
  const timer = alertTimer(arm, log);
  const refused = recordRefusal(clients.dynamodb, env.RECORD_TABLE);
  const episodes = episodeStore(clients.dynamodb, env.MONITORING_TABLE);
  const context = alertContext(clients.dynamodb, env.MONITORING_TABLE);
  const saved = {
    ...{ alerts: store, episodes, recordRefusal: refused },
    ...(memosOf && { memosOf }),
    tasksOf: alertTasks(clients.dynamodb, tables),
  };
  return {
    ...{ alerts: store, alertTimer: timer, episodes, recordRefusal: refused, context },
    changeAlert: changeAlert({ ...saved, now, alertTimer: timer }),
    planAlerts: planAlerts({ ...saved, context, tables }),
  };
};
