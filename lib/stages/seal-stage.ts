import { Duration } from 'aws-cdk-lib';
import { Rule, RuleTargetInput, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import { Construct } from 'constructs';
import { acknowledge } from '../constructs/acknowledge.ts';
import { PipelineFunction } from '../constructs/pipeline-function.ts';
import { StreamFeed } from '../constructs/stream-feed.ts';
import type { Part } from '../foundation.ts';
import { streamFilters } from '../stream-filters.ts';
import { sealing } from '../thresholds.ts';

type Jobs = { readonly every: Duration; readonly jobs: readonly Record<string, unknown>[] };

/** Puts entries of the record into chains, and chains under signed anchors. */
export class SealStage extends Construct {
  readonly function: PipelineFunction;

  constructor(
    scope: Construct,
    id: string,
    part: Part<'tables' | 'anchorBucket' | 'recordArchive' | 'anchorKey'>,
  ) {
    super(scope, id);
    const { config, keys, tables, anchorBucket, recordArchive, anchorKey } = part;
    this.function = new PipelineFunction(this, 'Function', {
      config,
      keys,
      verb: 'seal',
      description: 'Links the entries of the record in chains, and anchors the chains',
      environment: {
        AGENCY: config.agency,
        RECORD_TABLE: tables.record.tableName,
        CHAIN_TABLE: tables.chain.tableName,
        ANCHOR_BUCKET: anchorBucket.bucketName,
        ARCHIVE_BUCKET: recordArchive.bucketName,
        ANCHOR_KEY_ARN: anchorKey.keyArn,
      },
    });
    new StreamFeed(this, 'Stream', {
      consumer: this.function,
      table: tables.record,
      keys,
      filters: streamFilters.seal,
      batches: {
        size: sealing.batchSize,
        windowSeconds: sealing.windowSeconds,
        atOnce: sealing.parallelBatches,
      },
    });
    tables.record.allowReading(this.function, 'BatchGetItem', 'Query');
    tables.record.allowQueryingIndex(this.function, 'entries');
    // That an entry is sealed, and with which salt: no entry itself.
    tables.record.allowWritingOf(this.function, [`${config.agency}#SEALED#*`], 'PutItem');
    tables.chain.allowReading(this.function, 'BatchGetItem', 'Query');
    tables.chain.allowQueryingIndex(this.function, 'links');
    tables.chain.allowWriting(this.function, 'PutItem');
    anchorBucket.allowKeeping(this.function);
    recordArchive.allowKeeping(this.function);
    anchorKey.allowSigning(this.function);

    this.#call('Hourly', {
      every: Duration.minutes(sealing.anchorEveryMinutes),
      jobs: [{ kind: 'anchor' }, { kind: 'net', days: sealing.hourlyNetDays }],
    });
    this.#call('Daily', {
      every: Duration.days(1),
      jobs: [{ kind: 'net', days: sealing.dailyNetDays }, { kind: 'archive' }],
    });
  }

  #call(id: string, { every, jobs }: Jobs): void {
    const rule = new Rule(this, id, {
      description: 'Looks after the chains of the record',
      schedule: Schedule.rate(every),
      targets: jobs.map(
        (job) =>
          new LambdaFunction(this.function, {
            event: RuleTargetInput.fromObject(job),
            maxEventAge: Duration.minutes(sealing.anchorEveryMinutes),
            retryAttempts: 0,
          }),
      ),
    });
    acknowledge(rule, {
      'Serverless-EventBusDLQ':
        'The event carries nothing: the next one takes its place, and an alarm speaks when no ' +
        'anchor is made.',
    });
  }
}
