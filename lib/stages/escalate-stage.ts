import { RecursiveLoop } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { PipelineFunction } from '../constructs/pipeline-function.ts';
import { feedFromQueue } from '../constructs/queue-feed.ts';
import { StreamFeed } from '../constructs/stream-feed.ts';
import type { Part } from '../foundation.ts';
import { streamFilters } from '../stream-filters.ts';
import { feedLimits, holdLimits } from '../thresholds.ts';

/** Opens an alert for a violation, and takes the next step while nobody has it in hand. */
export class EscalateStage extends Construct {
  readonly function: PipelineFunction;

  constructor(scope: Construct, id: string, part: Part<'tables' | 'queues' | 'schedules'>) {
    super(scope, id);
    const { config, keys, tables, queues, schedules } = part;
    this.function = new PipelineFunction(this, 'Function', {
      config,
      keys,
      verb: 'escalate',
      description: 'Turns violations into alerts and carries out their escalation policies',
      reservedConcurrency: config.escalationConcurrency,
      // A step arms the next one through the function's own queue; its epoch guards it.
      recursiveLoop: RecursiveLoop.ALLOW,
      environment: {
        MONITORING_TABLE: tables.monitoring.tableName,
        RECORD_TABLE: tables.record.tableName,
        DEADLINES_QUEUE_URL: queues.deadlines.queue.queueUrl,
        DEADLINES_QUEUE_ARN: queues.deadlines.queue.queueArn,
        FEED_LIMITS: JSON.stringify(feedLimits),
        HOLD_LIMITS: JSON.stringify(holdLimits),
        FALSE_CALL_BUDGET: String(config.falseCallBudget),
        ...schedules.environmentFor(queues.deadlines),
      },
    });
    feedFromQueue(this.function, queues.deadlines);
    new StreamFeed(this, 'Stream', {
      consumer: this.function,
      table: tables.monitoring,
      keys,
      filters: streamFilters.escalate,
    });

    tables.monitoring.allowReading(this.function, 'BatchGetItem', 'GetItem', 'Query');
    // What a force was called to for nothing is counted when one more has turned out to be so.
    tables.monitoring.allowQueryingIndex(this.function, 'list');
    tables.monitoring.allowWriting(this.function, 'PutItem', 'UpdateItem');
    tables.record.allowWriting(this.function, 'PutItem');

    queues.deadlines.allowSending(this.function);
    schedules.allowCreating(this.function, queues.deadlines);
  }
}
