import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SNSClient } from '@aws-sdk/client-sns';
import { SQSClient } from '@aws-sdk/client-sqs';
import { systemClock } from '../adapters/clock/system-clock.ts';
import { alerts } from '../adapters/dynamodb/alerts.ts';
import { outbox } from '../adapters/dynamodb/outbox.ts';
import { usersOf } from '../adapters/dynamodb/users-of.ts';
import { telemetry } from '../adapters/log/log.ts';
import { secret } from '../adapters/secrets/secret.ts';
import { publisher } from '../adapters/sns/publisher.ts';
import { queue } from '../adapters/sqs/queue.ts';
import { envSchema } from './env.ts';
import type { NotifyDeps } from './run.ts';
import { sendNudge } from './send-nudge.ts';
import { sendPage } from './send-page.ts';

export const createDeps = (): NotifyDeps => {
  const env = envSchema.parse(process.env);
  const client = new DynamoDBClient();
  const sns = publisher(new SNSClient());
  const tables = { monitoring: env.MONITORING_TABLE, record: env.RECORD_TABLE };
  return {
    now: systemClock,
    outbox: outbox(client, env.MONITORING_TABLE),
    loadAlert: alerts(client, tables).load,
    sendNudge: sendNudge(sns),
    sendPage: sendPage({
      publisher: sns,
      linkSecret: secret(new SecretsManagerClient(), env.LINK_SECRET_ARN, systemClock),
      publicUrl: env.PUBLIC_URL,
      policeTopicArn: env.POLICE_TOPIC_ARN,
    }),
    loadUsers: usersOf(client, env.MONITORING_TABLE),
    events: queue(new SQSClient(), env.EVENTS_QUEUE_URL),
    telemetry: telemetry(),
  };
};
