import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SNSClient } from '@aws-sdk/client-sns';
import { SQSClient } from '@aws-sdk/client-sqs';
import type * as z from 'zod';
import { systemClock } from '../adapters/clock/system-clock.ts';
import { deliveryMemos } from '../adapters/dynamodb/delivery-trouble.ts';
import { feedDeliveries } from '../adapters/dynamodb/feed-deliveries.ts';
import { liaisonFeeds } from '../adapters/dynamodb/liaison-feeds.ts';
import { liaisons } from '../adapters/dynamodb/liaisons.ts';
import { keyRing } from '../adapters/feed-keys/key-ring.ts';
import { signer } from '../adapters/feed-keys/sign.ts';
import { telemetry } from '../adapters/log/log.ts';
import { publisher } from '../adapters/sns/publisher.ts';
import { queue } from '../adapters/sqs/queue.ts';
import type { Surroundings } from '../adapters/surroundings.ts';
import { httpsPost } from '../adapters/webhook/https-post.ts';
import { deliverEvent, type FeedTopics } from './deliver-event.ts';
import { envSchema } from './env.ts';
import { deliverByHttps } from './post-feed.ts';
import type { DeliverDeps } from './run.ts';
import { writeEvent } from './write-event.ts';

type Clients = Readonly<{
  dynamodb: DynamoDBClient;
  sqs: SQSClient;
  sns: SNSClient;
  secrets: SecretsManagerClient;
}>;

const topicsIn = (env: z.infer<typeof envSchema>): FeedTopics => ({
  actual: { standard: env.LIAISON_TOPIC_ARN, ordered: env.LIAISON_ORDERED_TOPIC_ARN },
  exercise: { standard: env.EXERCISE_TOPIC_ARN, ordered: env.EXERCISE_ORDERED_TOPIC_ARN },
});

/** Everything that runs need, over given clients. */
export const depsFrom = (
  { dynamodb, sqs, sns, secrets }: Clients,
  env: z.infer<typeof envSchema>,
  { now, telemetry: told }: Surroundings,
): DeliverDeps => {
  const sign = signer(keyRing(secrets, env.FEED_SECRET_ARN, now));
  const hosts = env.WEBHOOK_HOSTS?.split(',') ?? [];
  return {
    now,
    telemetry: told,
    feeds: liaisonFeeds(dynamodb, env.MONITORING_TABLE),
    feedDeliveries: feedDeliveries(dynamodb, env.MONITORING_TABLE),
    loadLiaison: liaisons(dynamodb, env.MONITORING_TABLE).load,
    deliveryMemos: deliveryMemos(dynamodb, env.MONITORING_TABLE),
    deliveries: queue(sqs, env.DELIVERIES_QUEUE_URL),
    deliver: deliverEvent({
      ...{ publisher: publisher(sns), topics: topicsIn(env), writeEvent: writeEvent(sign) },
      deliverByHttps: deliverByHttps({ hosts, sign, post: httpsPost() }),
    }),
  };
};

export const createDeps = (): DeliverDeps => {
  const clients = {
    ...{ dynamodb: new DynamoDBClient(), sqs: new SQSClient() },
    ...{ sns: new SNSClient(), secrets: new SecretsManagerClient() },
  };
  const env = envSchema.parse(process.env);
  return depsFrom(clients, env, { now: systemClock, telemetry: telemetry() });
};
