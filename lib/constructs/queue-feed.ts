import { deliveries } from '../thresholds.ts';
import { acknowledge } from './acknowledge.ts';
import type { PipelineFunction } from './pipeline-function.ts';
import type { QueueWithDlq } from './queue-with-dlq.ts';

/** Feeds a queue to a function, ten messages at a time and at once: a window would add its wait. */
export const feedFromQueue = (
  consumer: PipelineFunction,
  source: QueueWithDlq,
  batchSize: number = deliveries.batchSize,
): void => {
  source.allowConsuming(consumer);
  const mapping = consumer.addEventSourceMapping(source.node.id, {
    eventSourceArn: source.queue.queueArn,
    batchSize,
    reportBatchItemFailures: true,
  });
  acknowledge(mapping, {
    'Serverless-LambdaEventSourceMappingDestination':
      "Lambda knows no such destination for a queue: what fails goes to the queue's own DLQ.",
  });
};
