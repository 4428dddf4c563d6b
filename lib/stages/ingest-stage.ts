import { Construct } from 'constructs';
import { PipelineFunction } from '../constructs/pipeline-function.ts';
import type { Part } from '../foundation.ts';

/** Device events come in over HTTP, and are on the events queue before they are confirmed. */
export class IngestStage extends Construct {
  readonly function: PipelineFunction;

  constructor(scope: Construct, id: string, part: Part<'tables' | 'queues'>) {
    super(scope, id);
    const { config, keys, tables, queues } = part;
    this.function = new PipelineFunction(this, 'Function', {
      config,
      keys,
      verb: 'ingest',
      description: 'Accepts device events over HTTP and queues them per wearer',
      environment: {
        MONITORING_TABLE: tables.monitoring.tableName,
        ALLOWANCE_TABLE: tables.allowance.tableName,
        EVENTS_QUEUE_URL: queues.events.queue.queueUrl,
      },
    });
    tables.monitoring.allowReading(this.function, 'BatchGetItem', 'Query');
    tables.monitoring.allowWriting(this.function, 'UpdateItem');
    tables.allowance.allowWriting(this.function, 'UpdateItem');
    queues.events.allowSending(this.function);
  }
}
