import { Duration } from 'aws-cdk-lib';
import type { Key } from 'aws-cdk-lib/aws-kms';
import {
  type DeliveryPolicy,
  Subscription,
  type SubscriptionFilter,
  SubscriptionProtocol,
} from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import { httpsRetries } from '../thresholds.ts';
import { DeadLetterQueue } from './dead-letter-queue.ts';
import type { SecureTopic } from './secure-topic.ts';

export type HttpsFeedProps = {
  readonly topic: SecureTopic;
  readonly url: string;
  readonly key: Key;
  readonly filterPolicy: Readonly<Record<string, SubscriptionFilter>>;
};

const deliveryPolicy: DeliveryPolicy = {
  healthyRetryPolicy: {
    minDelayTarget: Duration.seconds(httpsRetries.shortestSeconds),
    maxDelayTarget: Duration.seconds(httpsRetries.longestSeconds),
    numRetries: httpsRetries.atOnce + httpsRetries.soon + httpsRetries.rising + httpsRetries.slow,
    numNoDelayRetries: httpsRetries.atOnce,
    numMinDelayRetries: httpsRetries.soon,
    numMaxDelayRetries: httpsRetries.slow,
  },
  requestPolicy: { headerContentType: 'application/json' },
};

/**
 * Posts a topic's messages to an address, in the envelope that SNS signs: whoever answers there has
 * to visit the SubscribeURL of the first one, and to check the signature of each. What SNS gives up
 * waits in a queue of its own, and alarms; the recipient finds the gap in its feed and fetches.
 */
export const feedToAddress = (
  scope: Construct,
  { topic, url, key, filterPolicy }: HttpsFeedProps,
): void => {
  new Subscription(scope, 'Subscription', {
    topic,
    protocol: SubscriptionProtocol.HTTPS,
    endpoint: url,
    filterPolicy,
    deliveryPolicy,
    deadLetterQueue: new DeadLetterQueue(scope, 'SubscriptionDlq', { key }),
  });
};
