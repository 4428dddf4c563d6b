import { Construct } from 'constructs';
import { callEachMinute } from '../constructs/each-minute.ts';
import { PipelineFunction } from '../constructs/pipeline-function.ts';
import type { Part } from '../foundation.ts';
import { thresholds } from '../thresholds.ts';

/** The net under all timers: each minute it drives whatever is overdue. */
export class SweepStage extends Construct {
  readonly function: PipelineFunction;

  constructor(scope: Construct, id: string, part: Part<'tables' | 'queues'>) {
    super(scope, id);
    const { config, keys, tables, queues } = part;
    this.function = new PipelineFunction(this, 'Function', {
      config,
      keys,
      verb: 'sweep',
      description: 'Finds what is overdue and puts it back on its queue, each minute',
      environment: {
        AGENCY: config.agency,
        STATE_TABLE: tables.state.tableName,
        MONITORING_TABLE: tables.monitoring.tableName,
        RECORD_TABLE: tables.record.tableName,
        EVENTS_QUEUE_URL: queues.events.queue.queueUrl,
        DELIVERIES_QUEUE_URL: queues.deliveries.queue.queueUrl,
        FEED_LATE_AFTER_SECONDS: String(thresholds.feedLateAfterSeconds),
      },
    });
    tables.state.allowQueryingIndex(this.function, 'due');
    tables.monitoring.allowQueryingIndex(this.function, 'due');
    tables.monitoring.allowQueryingIndex(this.function, 'list');
    // An alert that is overdue is read as it now stands: its timer was lost.
    tables.monitoring.allowReading(this.function, 'GetItem', 'Query');
    // Drafts of zone lists, and their parts, are all that it removes; what it puts are reminders of
    // contacts.
    tables.monitoring.allowWriting(this.function, 'DeleteItem', 'PutItem', 'UpdateItem');
    // That a level of supervision has returned by itself.
    tables.record.allowWriting(this.function, 'PutItem');
    queues.events.allowSending(this.function);
    queues.deliveries.allowSending(this.function);

    callEachMinute(this, this.function, 'Sweeps what is overdue');
  }
}
