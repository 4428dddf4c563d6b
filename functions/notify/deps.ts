import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SNSClient } from '@aws-sdk/client-sns';
import { SQSClient } from '@aws-sdk/client-sqs';
import type * as z from 'zod';
import { systemClock } from '../adapters/clock/system-clock.ts';
import { alerts } from '../adapters/dynamodb/alerts.ts';
import { links } from '../adapters/dynamodb/links.ts';
import { outbox } from '../adapters/dynamodb/outbox.ts';
import { receipts } from '../adapters/dynamodb/receipts.ts';
import { replyCodes } from '../adapters/dynamodb/reply-codes.ts';
import { usersOf } from '../adapters/dynamodb/users-of.ts';
import { pageLinks } from '../adapters/links/page-links.ts';
import { takeCode } from '../adapters/links/take-code.ts';
import { telemetry } from '../adapters/log/log.ts';
import { secret } from '../adapters/secrets/secret.ts';
import { publisher } from '../adapters/sns/publisher.ts';
import { queue } from '../adapters/sqs/queue.ts';
import type { Surroundings } from '../adapters/surroundings.ts';
import { envSchema } from './env.ts';
import type { NotifyDeps } from './run.ts';
import { sendNudge } from './send-nudge.ts';
import { sendPage } from './send-page.ts';

type Clients = Readonly<{
  dynamodb: DynamoDBClient;
  sqs: SQSClient;
  sns: SNSClient;
  secrets: SecretsManagerClient;
}>;

/** Everything that runs need, over given clients. */
export const depsFrom = (
  { dynamodb, sqs, sns, secrets }: Clients,
  env: z.infer<typeof envSchema>,
  { now, telemetry: told }: Surroundings,
): NotifyDeps => {
  const published = publisher(sns, env.TEXT_REPLY_NUMBER);
  const tables = { monitoring: env.MONITORING_TABLE, record: env.RECORD_TABLE };
  return {
    now,
    outbox: outbox(dynamodb, env.MONITORING_TABLE),
    loadAlert: alerts(dynamodb, tables).load,
    sendNudge: sendNudge(published),
    sendText: published.sms,
    noteSent: receipts(dynamodb, env.MONITORING_TABLE).noteSent,
    sendPage: sendPage({
      publisher: published,
      makeLink: pageLinks({
        links: links(dynamodb, env.MONITORING_TABLE),
        linkSecret: secret(secrets, env.LINK_SECRET_ARN, now),
        publicUrl: env.PUBLIC_URL,
      }),
      takeCode: takeCode({
        codes: replyCodes(dynamodb, env.MONITORING_TABLE),
        textReplyNumber: env.TEXT_REPLY_NUMBER,
        now,
      }),
      policeTopicArn: env.POLICE_TOPIC_ARN,
      dutyManagerTopicArn: env.DUTY_MANAGER_TOPIC_ARN,
      canaryTopicArn: env.CANARY_TOPIC_ARN,
    }),
    loadUsers: usersOf(dynamodb, env.MONITORING_TABLE),
    events: queue(sqs, env.EVENTS_QUEUE_URL),
    telemetry: told,
  };
};

export const createDeps = (): NotifyDeps => {
  const clients = {
    ...{ dynamodb: new DynamoDBClient(), sqs: new SQSClient() },
    ...{ sns: new SNSClient(), secrets: new SecretsManagerClient() },
  };
  const env = envSchema.parse(process.env);
  return depsFrom(clients, env, { now: systemClock, telemetry: telemetry() });
};
