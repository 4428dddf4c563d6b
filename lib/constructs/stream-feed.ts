import { Duration } from 'aws-cdk-lib';
import {
  EventSourceMapping,
  FilterCriteria,
  type IEventSourceDlq,
  StartingPosition,
} from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { deliveries } from '../thresholds.ts';
import { DeadLetterQueue } from './dead-letter-queue.ts';
import type { EncryptedTable } from './encrypted-table.ts';
import type { EncryptionKeys } from './encryption-keys.ts';
import type { PipelineFunction } from './pipeline-function.ts';

export type StreamFeedProps = {
  readonly consumer: PipelineFunction;
  readonly table: EncryptedTable;
  readonly keys: EncryptionKeys;
  /** In Lambda's language of event filters: a record that matches none of them costs nothing. */
  readonly filters: readonly Record<string, unknown>[];
  /** Where nobody waits for a record, more of them come together. */
  readonly batches?: {
    readonly size: number;
    readonly windowSeconds: number;
    readonly atOnce: number;
  };
};

/**
 * Feeds a table's stream to a function. A record that keeps failing is taken out of its batch by
 * halves, and after its retries a notice of it goes to a queue: it stops nothing behind it.
 */
export class StreamFeed extends Construct {
  readonly consumer: PipelineFunction;

  /** @throws when the table has no stream */
  constructor(scope: Construct, id: string, props: StreamFeedProps) {
    super(scope, id);
    const { consumer, table, keys, filters, batches } = props;
    this.consumer = consumer;
    const failures = new DeadLetterQueue(this, 'Failures', { key: keys.messages });
    failures.allowSending(consumer);
    // CDK's own destination would grant more than sending.
    const onFailure: IEventSourceDlq = { bind: () => ({ destination: failures.queueArn }) };
    new EventSourceMapping(this, 'Mapping', {
      target: consumer,
      eventSourceArn: table.allowReadingStream(consumer),
      startingPosition: StartingPosition.TRIM_HORIZON,
      filters: filters.map((filter) => FilterCriteria.filter(filter)),
      batchSize: batches?.size ?? deliveries.batchSize,
      ...(batches && { maxBatchingWindow: Duration.seconds(batches.windowSeconds) }),
      parallelizationFactor: batches?.atOnce ?? deliveries.streamParallelBatches,
      reportBatchItemFailures: true,
      bisectBatchOnError: true,
      retryAttempts: deliveries.streamRetries,
      maxRecordAge: Duration.hours(deliveries.streamMaxAgeHours),
      onFailure,
    });
  }
}
