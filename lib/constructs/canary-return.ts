import { Construct } from 'constructs';
import { deliveries, thresholds } from '../thresholds.ts';
import { visibilitySeconds } from '../verbs.ts';
import type { Owner } from './encryption-keys.ts';
import { QueueWithDlq } from './queue-with-dlq.ts';
import { SecureTopic } from './secure-topic.ts';
import { feedFromTopic } from './topic-feed.ts';

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
    feedFromTopic(this, { topic: this.topic, to: this.pages, key: keys.messages });
  }
}
