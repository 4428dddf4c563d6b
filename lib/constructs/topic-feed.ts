import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { Key } from 'aws-cdk-lib/aws-kms';
import { Subscription, type SubscriptionFilter, SubscriptionProtocol } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import { DeadLetterQueue } from './dead-letter-queue.ts';
import type { QueueWithDlq } from './queue-with-dlq.ts';
import type { SecureTopic } from './secure-topic.ts';

export type TopicFeedProps = {
  readonly topic: SecureTopic;
  readonly to: QueueWithDlq;
  readonly key: Key;
  /** Only messages with these attributes; without it all of them. */
  readonly filterPolicy?: Readonly<Record<string, SubscriptionFilter>>;
};

/** Brings a topic's messages to a queue as they are; one that cannot be brought alarms. */
export const feedFromTopic = (
  scope: Construct,
  { topic, to: { queue }, key, filterPolicy }: TopicFeedProps,
): void => {
  // The construct lets the topic send to the dead letter queue, and leaves the queue to us.
  queue.addToResourcePolicy(
    new PolicyStatement({
      sid: 'TopicMaySend',
      principals: [new ServicePrincipal('sns.amazonaws.com')],
      actions: ['sqs:SendMessage'],
      resources: [queue.queueArn],
      conditions: { ArnEquals: { 'aws:SourceArn': topic.topicArn } },
    }),
  );
  new Subscription(scope, 'Subscription', {
    topic,
    protocol: SubscriptionProtocol.SQS,
    endpoint: queue.queueArn,
    rawMessageDelivery: true,
    ...(filterPolicy === undefined ? {} : { filterPolicy }),
    deadLetterQueue: new DeadLetterQueue(scope, 'SubscriptionDlq', { key, isFifo: queue.fifo }),
  });
};
