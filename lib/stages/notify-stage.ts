import { Stack } from 'aws-cdk-lib';
import { Effect, Policy, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { allowPublishingToContacts } from '../constructs/contact-topics.ts';
import { allowTellingPeople, channelEnvironment } from '../constructs/person-channels.ts';
import { PipelineFunction } from '../constructs/pipeline-function.ts';
import { StreamFeed } from '../constructs/stream-feed.ts';
import type { Part } from '../foundation.ts';
import { streamFilters } from '../stream-filters.ts';
import { throttleLimits } from '../thresholds.ts';

/** Sends what the outbox holds: pages to responders; what liaisons are told goes to their feeds. */
export class NotifyStage extends Construct {
  readonly function: PipelineFunction;

  constructor(
    scope: Construct,
    id: string,
    part: Part<
      | 'tables'
      | 'queues'
      | 'feeds'
      | 'feedSecret'
      | 'dutyManager'
      | 'canaryReturn'
      | 'linkSecret'
      | 'door'
    >,
  ) {
    super(scope, id);
    const { config, keys, tables, queues, feeds, feedSecret } = part;
    const { dutyManager, canaryReturn, linkSecret, door } = part;
    this.function = new PipelineFunction(this, 'Function', {
      config,
      keys,
      verb: 'notify',
      description: 'Sends the pages of the outbox, and puts events into the feeds of liaisons',
      reservedConcurrency: config.escalationConcurrency,
      environment: {
        MONITORING_TABLE: tables.monitoring.tableName,
        RECORD_TABLE: tables.record.tableName,
        EVENTS_QUEUE_URL: queues.events.queue.queueUrl,
        DELIVERIES_QUEUE_URL: queues.deliveries.queue.queueUrl,
        ...feeds.environment,
        FEED_SECRET_ARN: feedSecret.arn,
        DUTY_MANAGER_TOPIC_ARN: dutyManager.topicArn,
        CANARY_TOPIC_ARN: canaryReturn.topic.topicArn,
        LINK_SECRET_ARN: linkSecret.arn,
        PUBLIC_URL: door.url,
        THROTTLE_LIMITS: JSON.stringify(throttleLimits),
        ...(config.textReplyNumber && { TEXT_REPLY_NUMBER: config.textReplyNumber }),
        ...channelEnvironment(config),
      },
    });
    new StreamFeed(this, 'Stream', {
      consumer: this.function,
      table: tables.monitoring,
      keys,
      filters: streamFilters.notify,
    });

    tables.monitoring.allowReading(this.function, 'GetItem', 'Query');
    // A link is kept before its page goes out.
    tables.monitoring.allowWriting(this.function, 'PutItem', 'UpdateItem');
    // What is told to somebody outside is put on record with it.
    tables.record.allowWriting(this.function, 'PutItem');

    queues.events.allowSending(this.function);
    queues.deliveries.allowSending(this.function);
    linkSecret.allowReading(this.function);
    feedSecret.allowReading(this.function);
    dutyManager.allowPublishing(this.function);
    canaryReturn.topic.allowPublishing(this.function);
    allowPublishingToContacts({ grantee: this.function, stack: Stack.of(this), config });
    allowTellingPeople({ grantee: this.function, stack: Stack.of(this), config });
    this.#allowTexting();
  }

  /**
   * A text message's resource is the phone number, which IAM cannot spell: everything that is not
   * a topic, an application or an endpoint. A policy of its own keeps it apart for the rule packs.
   */
  #allowTexting(): void {
    const texting = new Policy(this, 'Texting', {
      statements: [
        new PolicyStatement({
          effect: Effect.ALLOW,
          actions: ['sns:Publish'],
          notResources: [`arn:${Stack.of(this).partition}:sns:*:*:*`],
        }),
      ],
    });
    this.function.role?.attachInlinePolicy(texting);
  }
}
