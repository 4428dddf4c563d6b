import { Stack } from 'aws-cdk-lib';
import { SubscriptionFilter } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import type { Config } from '../config.ts';
import { pascalCase, type RecipientWays, recipientWays } from '../recipient-ways.ts';
import { deliveries, thresholds } from '../thresholds.ts';
import { logFailedDeliveries } from './delivery-failures.ts';
import type { Owner } from './encryption-keys.ts';
import { feedToAddress } from './https-feed.ts';
import { QueueWithDlq } from './queue-with-dlq.ts';
import { SecureTopic } from './secure-topic.ts';
import { feedFromTopic } from './topic-feed.ts';

/** A control room's system takes a message and confirms it within this time, or sees it again. */
const collectionSeconds = 120;

export type LiaisonFeedProps = Owner & {
  /** Only what has one of these in its attribute `status` comes through. */
  readonly statuses: readonly string[];
  /** Where recipients are posted to instead of having a queue, by recipient. */
  readonly addresses: Config['feedSubscriptions'];
};

type Queues = ReadonlyMap<string, QueueWithDlq>;

/**
 * A topic, and behind it one queue or one address for each recipient, which is sent its own
 * messages only. Forces that want order have a second topic, with an archive, and a queue there.
 */
export class LiaisonFeed extends Construct {
  readonly topic: SecureTopic;
  /** First in, first out within an incident; undefined where no force wants order. */
  readonly ordered: SecureTopic | undefined;
  /** By recipient. */
  readonly queues: Queues;
  readonly orderedQueues: Queues;
  readonly #props: LiaisonFeedProps;

  constructor(scope: Construct, id: string, props: LiaisonFeedProps) {
    super(scope, id);
    this.#props = props;
    const { config, keys, addresses } = props;
    const ways = recipientWays(config, addresses);
    this.topic = new SecureTopic(this, 'Topic', {
      key: keys.messages,
      displayName: `Homeward ${config.agency} ${id.toLowerCase()} feed`,
    });
    this.ordered = ways.ordered.length === 0 ? undefined : this.#orderedTopic(id);
    this.queues = this.#queuesBehind(this.topic, 'Queues', ways.queues);
    this.orderedQueues =
      this.ordered === undefined
        ? new Map()
        : this.#queuesBehind(this.ordered, 'Ordered', ways.ordered);
    this.#postTo(ways);
    for (const topic of this.topics) logFailedDeliveries(topic, props);
  }

  get topics(): readonly SecureTopic[] {
    return this.ordered === undefined ? [this.topic] : [this.topic, this.ordered];
  }

  #orderedTopic(id: string): SecureTopic {
    return new SecureTopic(this, 'OrderedTopic', {
      key: this.#props.keys.messages,
      // The name of a FIFO topic ends so, and CloudFormation makes none up.
      fifo: {
        topicName: `${Stack.of(this).stackName}-${id.toLowerCase()}.fifo`,
        archivedDays: deliveries.orderedArchiveDays,
      },
    });
  }

  #filterFor(recipient: string): Record<string, SubscriptionFilter> {
    return {
      recipient: SubscriptionFilter.stringFilter({ allowlist: [recipient] }),
      status: SubscriptionFilter.stringFilter({ allowlist: [...this.#props.statuses] }),
    };
  }

  #queuesBehind(topic: SecureTopic, id: string, recipients: readonly string[]): Queues {
    const scope = new Construct(this, id);
    const key = this.#props.keys.messages;
    return new Map(
      recipients.map((recipient) => {
        const queue = new QueueWithDlq(scope, pascalCase(recipient), {
          key,
          visibilitySeconds: collectionSeconds,
          retentionDays: deliveries.feedRetentionDays,
          alarmAgeSeconds: thresholds.feedQueueAgeSeconds,
          isFifo: topic.fifo,
        });
        const filterPolicy = this.#filterFor(recipient);
        feedFromTopic(queue, { topic, to: queue, key, filterPolicy });
        return [recipient, queue];
      }),
    );
  }

  #postTo({ addresses }: RecipientWays): void {
    const scope = new Construct(this, 'Https');
    for (const [recipient, url] of addresses) {
      feedToAddress(new Construct(scope, pascalCase(recipient)), {
        ...{ topic: this.topic, url, key: this.#props.keys.messages },
        filterPolicy: this.#filterFor(recipient),
      });
    }
  }
}
