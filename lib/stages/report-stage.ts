import { Construct } from 'constructs';
import { PipelineFunction } from '../constructs/pipeline-function.ts';
import { feedFromQueue } from '../constructs/queue-feed.ts';
import type { Part } from '../foundation.ts';
import { deliveries } from '../thresholds.ts';

/** Makes the reports that people ask for, from the record and the trail. */
export class ReportStage extends Construct {
  readonly function: PipelineFunction;

  constructor(
    scope: Construct,
    id: string,
    part: Part<'tables' | 'trailBucket' | 'reportBucket' | 'queues' | 'door'>,
  ) {
    super(scope, id);
    const { config, keys, tables, trailBucket, reportBucket, queues, door } = part;
    this.function = new PipelineFunction(this, 'Function', {
      config,
      keys,
      verb: 'report',
      description: 'Makes reports: breach packs, statements, logs, as PDF and HTML',
      environment: {
        MONITORING_TABLE: tables.monitoring.tableName,
        RECORD_TABLE: tables.record.tableName,
        STATE_TABLE: tables.state.tableName,
        TRAIL_TABLE: tables.trail.tableName,
        TRAIL_BUCKET: trailBucket.bucketName,
        REPORT_BUCKET: reportBucket.bucketName,
        PUBLIC_URL: door.url,
        FORCES: config.forces.join(','),
        FALSE_CALL_BUDGET: String(config.falseCallBudget),
        MOST_RECEIVES: String(deliveries.receivesBeforeDeadLetter),
      },
    });
    // One report at a time: it takes a whole processor, and all the memory there is.
    feedFromQueue(this.function, queues.reports, 1);
    tables.monitoring.allowReading(this.function, 'BatchGetItem', 'GetItem', 'Query');
    tables.monitoring.allowQueryingIndex(this.function, 'list');
    tables.monitoring.allowWriting(this.function, 'PutItem');
    tables.record.allowReading(this.function, 'Query');
    tables.record.allowWriting(this.function, 'PutItem');
    tables.state.allowReading(this.function, 'BatchGetItem');
    tables.trail.allowReading(this.function, 'Query');
    trailBucket.allowReading(this.function);
    reportBucket.allowWriting(this.function);
  }
}
