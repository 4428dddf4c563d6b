import { randomBytes } from 'node:crypto';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SchedulerClient } from '@aws-sdk/client-scheduler';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SNSClient } from '@aws-sdk/client-sns';
import { SQSClient } from '@aws-sdk/client-sqs';
import { changeAlert } from '../adapters/change-alert.ts';
import { systemClock } from '../adapters/clock/system-clock.ts';
import { alertContext } from '../adapters/dynamodb/alert-context.ts';
import { alerts } from '../adapters/dynamodb/alerts.ts';
import { documents } from '../adapters/dynamodb/documents.ts';
import { outbox } from '../adapters/dynamodb/outbox.ts';
import { supervisions } from '../adapters/dynamodb/supervisions.ts';
import { trail } from '../adapters/dynamodb/trail.ts';
import { wearerStates } from '../adapters/dynamodb/wearer-states.ts';
import { telemetry } from '../adapters/log/log.ts';
import { alertTimer } from '../adapters/scheduler/alert-timer.ts';
import { armTimer } from '../adapters/scheduler/arm-timer.ts';
import { secret } from '../adapters/secrets/secret.ts';
import { contactTopics } from '../adapters/sns/contact-topics.ts';
import { queue } from '../adapters/sqs/queue.ts';
import { envSchema } from './env.ts';
import { linkTable, type RouteDeps, routeTable } from './route-table.ts';
import type { ApiDeps } from './run.ts';

export const createDeps = (): ApiDeps => {
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
  const alertStore = alerts(client, tables);
  const deps: RouteDeps = {
    documents: documents(client, env.MONITORING_TABLE),
    monitoringTable: env.MONITORING_TABLE,
    tzdataVersion: process.versions.tz ?? 'unknown',
    ensureContactTopic: contactTopics(new SNSClient(), env.CONTACT_TOPIC_PREFIX),
    newSecret: () => randomBytes(32).toString('base64url'),
    newTokenId: () => randomBytes(9).toString('hex'),
    alerts: alertStore,
    outbox: outbox(client, env.MONITORING_TABLE),
    context: alertContext(client, env.MONITORING_TABLE),
    changeAlert: changeAlert({
      now: systemClock,
      alerts: alertStore,
      alertTimer: alertTimer(timer, told.log),
    }),
    linkSecret: secret(new SecretsManagerClient(), env.LINK_SECRET_ARN, systemClock),
    loadState: wearerStates(client, env.STATE_TABLE).loadOne,
    loadSupervision: supervisions(client, env.MONITORING_TABLE),
    trail: trail(client, env.TRAIL_TABLE),
  };
  return {
    now: systemClock,
    routes: routeTable(deps),
    linkRoutes: linkTable(deps),
    telemetry: told,
  };
};
