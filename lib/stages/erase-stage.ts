import { Duration } from 'aws-cdk-lib';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import { Construct } from 'constructs';
import { acknowledge } from '../constructs/acknowledge.ts';
import { PipelineFunction } from '../constructs/pipeline-function.ts';
import type { Part } from '../foundation.ts';
import { erasing } from '../thresholds.ts';

/** Takes away for good what retention lets go: the only one that may take from the record. */
export class EraseStage extends Construct {
  readonly function: PipelineFunction;

  constructor(scope: Construct, id: string, part: Part<'tables' | 'trailBucket' | 'reportBucket'>) {
    super(scope, id);
    const { config, keys, tables, trailBucket, reportBucket } = part;
    this.function = new PipelineFunction(this, 'Function', {
      config,
      keys,
      verb: 'erase',
      description: 'Erases what retention lets go, and puts on record what it was',
      environment: {
        AGENCY: config.agency,
        MONITORING_TABLE: tables.monitoring.tableName,
        RECORD_TABLE: tables.record.tableName,
        STATE_TABLE: tables.state.tableName,
        TRAIL_TABLE: tables.trail.tableName,
        TRAIL_BUCKET: trailBucket.bucketName,
        REPORT_BUCKET: reportBucket.bucketName,
      },
    });
    tables.monitoring.allowReading(this.function, 'GetItem', 'Query');
    tables.monitoring.allowWriting(
      this.function,
      'ConditionCheckItem',
      'DeleteItem',
      'PutItem',
      'UpdateItem',
    );
    tables.record.allowReading(this.function, 'BatchGetItem', 'Query');
    tables.record.allowWriting(this.function, 'PutItem');
    // Entries of what is said of people alone: their seals lose the salt and stay. The links of
    // their chains are in another table, of which nobody takes anything.
    const kinds = ['WEARER', 'READINGS', 'IMPORTED'];
    const partitions = kinds.map((kind) => `${config.agency}#${kind}#*`);
    tables.record.allowWritingOf(this.function, partitions, 'DeleteItem');
    tables.state.allowReading(this.function, 'GetItem');
    tables.state.allowWriting(this.function, 'DeleteItem');
    tables.trail.allowReading(this.function, 'Query');
    tables.trail.allowWriting(this.function, 'DeleteItem');
    trailBucket.allowErasing(this.function);
    reportBucket.allowErasing(this.function);

    const nowAndThen = new Rule(this, 'NowAndThen', {
      description: 'Erases what retention lets go',
      schedule: Schedule.rate(Duration.hours(erasing.everyHours)),
      targets: [
        new LambdaFunction(this.function, {
          maxEventAge: Duration.hours(erasing.everyHours),
          retryAttempts: 0,
        }),
      ],
    });
    acknowledge(nowAndThen, {
      'Serverless-EventBusDLQ':
        'The event carries nothing: the next one takes its place, and an alarm speaks when runs ' +
        'stop reporting.',
    });
  }
}
