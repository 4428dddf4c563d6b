import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { PinpointSMSVoiceV2Client } from '@aws-sdk/client-pinpoint-sms-voice-v2';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SNSClient } from '@aws-sdk/client-sns';
import { SQSClient } from '@aws-sdk/client-sqs';
import type * as z from 'zod';
import { type Pause, pause } from '../adapters/clock/pause.ts';
import { systemClock } from '../adapters/clock/system-clock.ts';
import { alerts } from '../adapters/dynamodb/alerts.ts';
import { contactChangesIn } from '../adapters/dynamodb/contact-changes.ts';
import { feedDeliveries } from '../adapters/dynamodb/feed-deliveries.ts';
import { appendToFeed } from '../adapters/dynamodb/liaison-feed-append.ts';
import { liaisonFeeds } from '../adapters/dynamodb/liaison-feeds.ts';
import { liaisons } from '../adapters/dynamodb/liaisons.ts';
import { links } from '../adapters/dynamodb/links.ts';
import { putNudgeEntry } from '../adapters/dynamodb/nudge-entries.ts';
import { currentOrders, orderVersions } from '../adapters/dynamodb/order-version.ts';
import { outbox } from '../adapters/dynamodb/outbox.ts';
import { putOffs } from '../adapters/dynamodb/put-off.ts';
import { receipts } from '../adapters/dynamodb/receipts.ts';
import { replyCodes } from '../adapters/dynamodb/reply-codes.ts';
import { throttles } from '../adapters/dynamodb/throttles.ts';
import { transferPut } from '../adapters/dynamodb/transfer-put.ts';
import { usersOf } from '../adapters/dynamodb/users-of.ts';
import { nudgedNow } from '../adapters/dynamodb/wearer-texts.ts';
import { makeIncidentId } from '../adapters/feed-keys/incident-id.ts';
import { pageLinks } from '../adapters/links/page-links.ts';
import { takeCode } from '../adapters/links/take-code.ts';
import { telemetry } from '../adapters/log/log.ts';
import { secret } from '../adapters/secrets/secret.ts';
import { publisher } from '../adapters/sns/publisher.ts';
import { askForDelivery } from '../adapters/sqs/ask-for-delivery.ts';
import { queue } from '../adapters/sqs/queue.ts';
import type { Surroundings } from '../adapters/surroundings.ts';
import { voiceCalls } from '../adapters/voice/voice-calls.ts';
import { httpsPost } from '../adapters/webhook/https-post.ts';
import { webhooks } from '../adapters/webhook/webhooks.ts';
import { envSchema } from './env.ts';
import type { NotifyDeps } from './run.ts';
import { sendMemo } from './send-memo.ts';
import { sendNudge } from './send-nudge.ts';
import { sendPage } from './send-page.ts';
import { tellLiaison } from './tell-liaison.ts';
import { tellPerson } from './tell-person.ts';

type Clients = Readonly<{
  dynamodb: DynamoDBClient;
  sqs: SQSClient;
  sns: SNSClient;
  secrets: SecretsManagerClient;
  voice: PinpointSMSVoiceV2Client;
}>;

/** How one waits for one's turn at a feed. */
type Around = Surroundings & Readonly<{ pause: Pause }>;

/** Everything that runs need, over given clients. */
export const depsFrom = (
  { dynamodb, sqs, sns, secrets, voice }: Clients,
  env: z.infer<typeof envSchema>,
  { now, telemetry: told, pause }: Around,
): NotifyDeps => {
  const published = publisher(sns, env.TEXT_REPLY_NUMBER);
  const linkSecret = secret(secrets, env.LINK_SECRET_ARN, now);
  const from = env.VOICE_ORIGINATION_IDENTITY;
  const tell = tellPerson({
    publisher: published,
    call: from === undefined ? null : voiceCalls(voice, from),
    postToWebhook: webhooks({
      hosts: env.WEBHOOK_HOSTS?.split(',') ?? [],
      ...{ linkSecret, now, post: httpsPost() },
    }),
  });
  const dutyManagerTopicArn = env.DUTY_MANAGER_TOPIC_ARN;
  const tables = { monitoring: env.MONITORING_TABLE, record: env.RECORD_TABLE };
  const deliveries = queue(sqs, env.DELIVERIES_QUEUE_URL);
  const loadLiaison = liaisons(dynamodb, env.MONITORING_TABLE).load;
  return {
    now,
    outbox: outbox(dynamodb, env.MONITORING_TABLE),
    loadAlert: alerts(dynamodb, tables).load,
    loadPerson: async (agencyId, personId) => {
      const found = await contactChangesIn(dynamodb, env.MONITORING_TABLE).load({
        agencyId,
        personId,
      });
      return found?.known ?? null;
    },
    sendNudge: sendNudge(published),
    loadNudged: nudgedNow(dynamodb, env.MONITORING_TABLE),
    putNudgeEntry: putNudgeEntry(dynamodb, env.RECORD_TABLE),
    sendText: published.sms,
    noteSent: receipts(dynamodb, env.MONITORING_TABLE).noteSent,
    sendPage: sendPage({
      publisher: published,
      tellPerson: tell,
      makeLink: pageLinks({
        links: links(dynamodb, env.MONITORING_TABLE),
        linkSecret,
        publicUrl: env.PUBLIC_URL,
      }),
      takeCode: takeCode({
        codes: replyCodes(dynamodb, env.MONITORING_TABLE),
        textReplyNumber: env.TEXT_REPLY_NUMBER,
        now,
      }),
      tellLiaison: tellLiaison({
        ...{ now, traffic: env.TRAFFIC, loadLiaison },
        incidentOf: liaisonFeeds(dynamodb, env.MONITORING_TABLE).incidentOf,
        appendToFeed: appendToFeed(dynamodb, tables, pause),
        loadOrder: orderVersions(dynamodb, env.MONITORING_TABLE),
        loadCurrentOrder: currentOrders(dynamodb, env.MONITORING_TABLE),
        makeIncidentId: makeIncidentId(secret(secrets, env.FEED_SECRET_ARN, now)),
        pagesOf: outbox(dynamodb, env.MONITORING_TABLE).pagesOf,
        transferPut: transferPut(dynamodb, tables),
        wantDelivery: feedDeliveries(dynamodb, env.MONITORING_TABLE).want,
        askForDelivery: askForDelivery(deliveries, told),
      }),
      canaryTopicArn: env.CANARY_TOPIC_ARN,
      dutyManagerTopicArn,
    }),
    sendMemo: sendMemo({
      ...{ publisher: published, tellPerson: tell, linkSecret, dutyManagerTopicArn },
    }),
    putOffs: putOffs(dynamodb, env.MONITORING_TABLE),
    throttles: throttles(dynamodb, env.MONITORING_TABLE),
    throttleLimits: env.THROTTLE_LIMITS,
    loadUsers: usersOf(dynamodb, env.MONITORING_TABLE),
    events: queue(sqs, env.EVENTS_QUEUE_URL),
    deliveries,
    telemetry: told,
  };
};

export const createDeps = (): NotifyDeps => {
  const clients = {
    ...{ dynamodb: new DynamoDBClient(), sqs: new SQSClient() },
    ...{ sns: new SNSClient(), secrets: new SecretsManagerClient() },
    voice: new PinpointSMSVoiceV2Client(),
  };
  const env = envSchema.parse(process.env);
  return depsFrom(clients, env, { now: systemClock, telemetry: telemetry(), pause });
};
