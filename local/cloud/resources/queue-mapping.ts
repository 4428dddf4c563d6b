import * as z from 'zod';
import type { LocalFunction } from '../functions/local-function.ts';
import { startQueueSource } from '../sources/queue-source.ts';
import { type LocalQueue, queueByArn, type Workbench } from '../workbench.ts';
import {
  checkWindow,
  commonShape,
  filterOf,
  MOST_RECORDS,
  mappedFunction,
  within,
} from './mapping-shape.ts';
import { placeOf, type ResolvedResource, readProperties } from './resource-kind.ts';

export const queueMappingSchema = z.strictObject({
  ...commonShape,
  BatchSize: within(1, MOST_RECORDS).default(10),
  ScalingConfig: z.strictObject({ MaximumConcurrency: within(2, 1000) }).optional(),
});

/**
 * How many batches Lambda hands over at once before it scales, which this machine, with its few
 * sandboxes, never does. https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-scaling.html
 */
const FIRST_BATCHES = 5;

/** fauxqs gives one message of a group at a time, where Lambda is handed several. */
const checkKind = ({ isFifo, name }: LocalQueue, resource: ResolvedResource): void => {
  if (!isFifo) return;
  throw new Error(`${placeOf(resource)}: the local cloud feeds no function from ${name}.`);
};

/** https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html */
const checkVisibility = (
  queue: LocalQueue,
  { settings }: LocalFunction,
  resource: ResolvedResource,
): void => {
  if (queue.visibilitySeconds >= settings.timeoutSeconds) return;
  throw new Error(
    `${placeOf(resource)}: the queue's visibility timeout (${queue.visibilitySeconds} s) is ` +
      `below the function's timeout (${settings.timeoutSeconds} s), which AWS refuses.`,
  );
};

/** Starts to feed a function from a queue. */
export const startQueueMapping = (resource: ResolvedResource, bench: Workbench): void => {
  const properties = readProperties(queueMappingSchema, resource);
  const { registry, place, activity } = bench;
  const queue = queueByArn(registry, properties.EventSourceArn, placeOf(resource));
  const target = mappedFunction(properties.FunctionName, resource, bench);
  const { BatchSize: batchSize, MaximumBatchingWindowInSeconds: windowSeconds } = properties;
  checkWindow({ batchSize, windowSeconds }, resource);
  checkKind(queue, resource);
  checkVisibility(queue, target, resource);
  const limit = properties.ScalingConfig?.MaximumConcurrency ?? FIRST_BATCHES;
  const source = startQueueSource({
    ...bench,
    engine: bench.queues,
    invoke: target.invoke,
    onChange: activity.changed,
    settings: {
      queueUrl: queue.url,
      queueArn: queue.arn,
      region: place.region,
      visibilitySeconds: queue.visibilitySeconds,
      batchSize,
      windowSeconds,
      reportsItemFailures: properties.FunctionResponseTypes.length > 0,
      filter: filterOf(properties.FilterCriteria, resource),
      concurrency: Math.min(limit, FIRST_BATCHES),
    },
  });
  registry.sources.push(source);
  activity.addCheck(placeOf(resource), source.isDrained);
};
