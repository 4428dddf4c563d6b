import { RecursiveLoop } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { PipelineFunction } from '../constructs/pipeline-function.ts';
import { feedFromQueue } from '../constructs/queue-feed.ts';
import type { Part } from '../foundation.ts';

/**
 * Hands what stands in the feeds of liaisons over to them. Apart from what pages people: a liaison
 * that takes its time holds up nobody else.
 */
export class DeliverStage extends Construct {
  readonly function: PipelineFunction;

  constructor(
    scope: Construct,
    id: string,
    part: Part<'tables' | 'queues' | 'feeds' | 'feedSecret'>,
  ) {
    super(scope, id);
    const { config, keys, tables, queues, feeds, feedSecret } = part;
    this.function = new PipelineFunction(this, 'Function', {
      config,
      keys,
      verb: 'deliver',
      description: 'Delivers the feeds of liaisons, each in its order',
      // A feed that rests, or is long, is gone on with through the function's own queue.
      recursiveLoop: RecursiveLoop.ALLOW,
      environment: {
        MONITORING_TABLE: tables.monitoring.tableName,
        DELIVERIES_QUEUE_URL: queues.deliveries.queue.queueUrl,
        ...feeds.topicsEnvironment,
        FEED_SECRET_ARN: feedSecret.arn,
        ...(config.webhookHosts.length > 0 && { WEBHOOK_HOSTS: config.webhookHosts.join(',') }),
      },
    });
    // One feed at a time: the next would wait for an address that does not answer.
    feedFromQueue(this.function, queues.deliveries, 1);
    tables.monitoring.allowReading(this.function, 'GetItem', 'Query');
    tables.monitoring.allowWriting(this.function, 'PutItem', 'UpdateItem');
    queues.deliveries.allowSending(this.function);
    feedSecret.allowReading(this.function);
    feeds.allowPublishing(this.function);
  }
}
