import { Duration } from 'aws-cdk-lib';
import { Rule, RuleTargetInput, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import { Construct } from 'constructs';
import { acknowledge } from '../constructs/acknowledge.ts';
import { PipelineFunction } from '../constructs/pipeline-function.ts';
import type { Part } from '../foundation.ts';
import { archiving } from '../thresholds.ts';

/** Takes days of the trail that nothing changes any more from their table into their bucket. */
export class ArchiveStage extends Construct {
  readonly function: PipelineFunction;

  constructor(scope: Construct, id: string, part: Part<'tables' | 'trailBucket'>) {
    super(scope, id);
    const { config, keys, tables, trailBucket } = part;
    this.function = new PipelineFunction(this, 'Function', {
      config,
      keys,
      verb: 'archive',
      description: 'Moves the trail of days gone by from DynamoDB to S3',
      environment: {
        TRAIL_TABLE: tables.trail.tableName,
        TRAIL_BUCKET: trailBucket.bucketName,
      },
    });
    tables.trail.allowQueryingIndex(this.function, 'due');
    tables.trail.allowReading(this.function, 'Query');
    tables.trail.allowWriting(this.function, 'DeleteItem', 'UpdateItem');
    trailBucket.allowReading(this.function);
    trailBucket.allowWriting(this.function);

    const now = new Rule(this, 'NowAndThen', {
      description: 'Archives what has fallen due',
      schedule: Schedule.rate(Duration.minutes(archiving.everyMinutes)),
      // A run that was missed is made good by the next.
      targets: Array.from(
        { length: archiving.runsAtOnce },
        (_, part) =>
          new LambdaFunction(this.function, {
            event: RuleTargetInput.fromObject({ part, of: archiving.runsAtOnce }),
            maxEventAge: Duration.minutes(archiving.everyMinutes),
            retryAttempts: 0,
          }),
      ),
    });
    acknowledge(now, {
      'Serverless-EventBusDLQ':
        'The event carries nothing: the next one takes its place, and an alarm speaks when runs ' +
        'stop reporting.',
    });
  }
}
