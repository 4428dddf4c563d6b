import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Subscription, SubscriptionProtocol } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { deliveries, thresholds } from '../thresholds.ts';
import { visibilitySeconds } from '../verbs.ts';
import { DeadLetterQueue } from './dead-letter-queue.ts';
import type { Owner } from './encryption-keys.ts';
import { QueueWithDlq } from './queue-with-dlq.ts';
import { SecureTopic } from './secure-topic.ts';

/** The way back of test alerts: a topic, as pages have, and a queue of the canary's own. */
export class CanaryReturn extends Construct {
  readonly topic: SecureTopic;
  readonly pages: QueueWithDlq;

  constructor(scope: Construct, id: string, { config, keys }: Owner) {
    super(scope, id);
    this.topic = new SecureTopic(this, 'Topic', {
      key: keys.messages,
      displayName: `Homeward ${config.agency} test alerts`,
    });
    this.pages = new QueueWithDlq(this, 'Pages', {
      key: keys.messages,
      visibilitySeconds: visibilitySeconds('canary'),
      retentionDays: deliveries.queueRetentionDays,
      alarmAgeSeconds: thresholds.pipelineQueueAgeSeconds,
    });
    this.pages.queue.addToResourcePolicy(
      new PolicyStatement({
        sid: 'TopicMaySend',
        principals: [new ServicePrincipal('sns.amazonaws.com')],
        actions: ['sqs:SendMessage'],
        resources: [this.pages.queue.queueArn],
        conditions: { ArnEquals: { 'aws:SourceArn': this.topic.topicArn } },
      }),
    );
    new Subscription(this, 'Subscription', {
      topic: this.topic,
      protocol: SubscriptionProtocol.SQS,
      endpoint: this.pages.queue.queueArn,
      rawMessageDelivery: true,
      deadLetterQueue: new DeadLetterQueue(this, 'SubscriptionDlq', keys.messages),
    });
  }
}
