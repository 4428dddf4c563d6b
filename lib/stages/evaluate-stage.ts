import { RecursiveLoop } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { PipelineFunction } from '../constructs/pipeline-function.ts';
import { feedFromQueue } from '../constructs/queue-feed.ts';
import type { Part } from '../foundation.ts';

/** Folds events and ticks into a wearer's state; opens, amends and ends violations. */
export class EvaluateStage extends Construct {
  readonly function: PipelineFunction;

  constructor(scope: Construct, id: string, part: Part<'tables' | 'queues' | 'schedules'>) {
    super(scope, id);
    const { config, keys, tables, queues, schedules } = part;
    this.function = new PipelineFunction(this, 'Function', {
      config,
      keys,
      verb: 'evaluate',
      description: "Evaluates wearers' events and ticks against the conditions of their orders",
      // A tick arms the next one through the function's own queue, which is no runaway: each
      // carries the epoch of the state that asked for it, and a stale one ends there.
      recursiveLoop: RecursiveLoop.ALLOW,
      environment: {
        STATE_TABLE: tables.state.tableName,
        MONITORING_TABLE: tables.monitoring.tableName,
        TRAIL_TABLE: tables.trail.tableName,
        RECORD_TABLE: tables.record.tableName,
        EVENTS_QUEUE_URL: queues.events.queue.queueUrl,
        EVENTS_DLQ_URL: queues.events.dlq.queueUrl,
        EVENTS_QUEUE_ARN: queues.events.queue.queueArn,
        ...schedules.environmentFor(queues.events),
      },
    });
    feedFromQueue(this.function, queues.events);

    tables.state.allowReading(this.function, 'BatchGetItem');
    // A check is what keeps events of a wearer from being kept once they are unparked.
    tables.state.allowWriting(this.function, 'PutItem', 'UpdateItem', 'ConditionCheckItem');
    tables.monitoring.allowReading(this.function, 'BatchGetItem', 'Query');
    tables.monitoring.allowWriting(this.function, 'PutItem', 'UpdateItem');
    tables.trail.allowReading(this.function, 'Query');
    tables.trail.allowWriting(this.function, 'PutItem', 'BatchWriteItem');
    tables.record.allowWriting(this.function, 'PutItem');

    queues.events.allowSending(this.function);
    queues.events.allowParking(this.function);
    schedules.allowCreating(this.function, queues.events);
  }
}
