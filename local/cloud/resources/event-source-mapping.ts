import * as z from 'zod';
import type { LocalFunction } from '../functions/local-function.ts';
import { createEventFilter, type EventFilter } from '../sources/event-filter.ts';
import { failureDocument } from '../sources/failure-document.ts';
import { startQueueSource } from '../sources/queue-source.ts';
import {
  createStreamLane,
  type Discarded,
  type StreamLaneSettings,
} from '../sources/stream-lane.ts';
import { createStreamReader } from '../sources/stream-reader.ts';
import { startStreamSource } from '../sources/stream-source.ts';
import { functionByArn, type LocalQueue, queueByArn, type Workbench } from '../workbench.ts';
import {
  countProperty,
  placeOf,
  type ResolvedResource,
  type ResourceKind,
  readProperties,
  switchProperty,
  withoutEffect,
} from './resource-kind.ts';

const commonShape = {
  EventSourceArn: z.string(),
  FunctionName: z.string(),
  FilterCriteria: z.unknown().optional(),
  FunctionResponseTypes: z.array(z.literal('ReportBatchItemFailures')).default([]),
  MaximumBatchingWindowInSeconds: countProperty.default(0),
  Enabled: z.union([z.literal(true), z.literal('true')]).optional(),
  KmsKeyArn: withoutEffect,
  Tags: withoutEffect,
};

const queueMappingSchema = z.strictObject({
  ...commonShape,
  BatchSize: countProperty.default(10),
  ScalingConfig: z.strictObject({ MaximumConcurrency: countProperty }).optional(),
});

const streamMappingSchema = z.strictObject({
  ...commonShape,
  BatchSize: countProperty.default(100),
  StartingPosition: z.literal('TRIM_HORIZON', 'only TRIM_HORIZON is known to the local cloud'),
  BisectBatchOnFunctionError: switchProperty.default(false),
  MaximumRetryAttempts: countProperty.default(-1),
  MaximumRecordAgeInSeconds: countProperty.default(-1),
  ParallelizationFactor: countProperty.default(1),
  DestinationConfig: z
    .strictObject({ OnFailure: z.strictObject({ Destination: z.string() }) })
    .optional(),
});

/**
 * How many batches of a queue Lambda hands over at once before it scales, which this machine, with
 * its few sandboxes, never does.
 * https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-scaling.html
 */
const FIRST_BATCHES = 5;

const sourceArnSchema = z.looseObject({ EventSourceArn: z.string(), FunctionName: z.string() });

const all: EventFilter = () => true;

const filterOf = (criteria: unknown, resource: ResolvedResource): EventFilter =>
  criteria === undefined ? all : createEventFilter(criteria, placeOf(resource));

/** `FunctionName` may be a name or an ARN. */
const functionOf = (name: string, resource: ResolvedResource, bench: Workbench): LocalFunction =>
  bench.registry.functions.find(({ settings }) => settings.sandbox.functionName === name) ??
  functionByArn(bench.registry, name, placeOf(resource));

const startQueueMapping = (resource: ResolvedResource, bench: Workbench): void => {
  const properties = readProperties(queueMappingSchema, resource);
  const { registry, place, activity } = bench;
  const queue = queueByArn(registry, properties.EventSourceArn, placeOf(resource));
  const target = functionOf(properties.FunctionName, resource, bench);
  const windowSeconds = properties.MaximumBatchingWindowInSeconds;
  if (properties.BatchSize > 10 && windowSeconds < 1) {
    throw new Error(
      `${placeOf(resource)}: a batch above 10 needs a batching window of 1 s or more.`,
    );
  }
  if (queue.visibilitySeconds < target.settings.timeoutSeconds) {
    throw new Error(
      `${placeOf(resource)}: the queue's visibility timeout (${queue.visibilitySeconds} s) is below ` +
        `the function's timeout (${target.settings.timeoutSeconds} s), which AWS refuses.`,
    );
  }
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
      batchSize: properties.BatchSize,
      windowSeconds,
      reportsItemFailures: properties.FunctionResponseTypes.length > 0,
      filter: filterOf(properties.FilterCriteria, resource),
      concurrency: Math.min(
        properties.ScalingConfig?.MaximumConcurrency ?? FIRST_BATCHES,
        FIRST_BATCHES,
      ),
    },
  });
  registry.sources.push(source);
  activity.addCheck(placeOf(resource), source.isDrained);
};

const discardTo =
  (queue: LocalQueue | undefined, target: LocalFunction, bench: Workbench) =>
  async (discarded: Discarded, streamArn: string): Promise<void> => {
    const { functionArn } = target.settings.sandbox;
    const details = { streamArn, functionArn, at: bench.clock.now() };
    const MessageBody = JSON.stringify(failureDocument(discarded, details));
    bench.log(`${functionArn}: ${discarded.records.length} records given up: ${MessageBody}`);
    if (queue === undefined) return;
    await bench.queues.sqs('SendMessage', { QueueUrl: queue.url, MessageBody });
  };

const laneSettings = (
  properties: z.infer<typeof streamMappingSchema>,
  region: string,
): StreamLaneSettings => ({
  streamArn: properties.EventSourceArn,
  region,
  batchSize: properties.BatchSize,
  windowSeconds: properties.MaximumBatchingWindowInSeconds,
  reportsItemFailures: properties.FunctionResponseTypes.length > 0,
  bisects: properties.BisectBatchOnFunctionError,
  maximumRetries: properties.MaximumRetryAttempts,
  maximumAgeSeconds: properties.MaximumRecordAgeInSeconds,
});

const startStreamMapping = (resource: ResolvedResource, bench: Workbench): void => {
  const properties = readProperties(streamMappingSchema, resource);
  const { registry, clock, log, activity, place } = bench;
  const where = placeOf(resource);
  const streamArn = properties.EventSourceArn;
  const table = registry.tables.find(({ stream }) => stream?.arn === streamArn);
  if (table?.stream === undefined) throw new Error(`${where}: ${streamArn} is no stream here.`);
  const target = functionOf(properties.FunctionName, resource, bench);
  const onFailure = properties.DestinationConfig?.OnFailure.Destination;
  const failed = onFailure === undefined ? undefined : queueByArn(registry, onFailure, where);
  const discard = discardTo(failed, target, bench);
  const source = startStreamSource({
    reader: createStreamReader(bench.dynamoDb, table.stream.engineArn),
    parallelLanes: properties.ParallelizationFactor,
    filter: filterOf(properties.FilterCriteria, resource),
    clock,
    log,
    onChange: activity.changed,
    createLane: () =>
      createStreamLane({
        ...bench,
        settings: laneSettings(properties, place.region),
        invoke: target.invoke,
        discard: (discarded) => discard(discarded, streamArn),
        onChange: activity.changed,
      }),
  });
  registry.sources.push(source);
  registry.writeListeners.push((name) => name === table.name && source.noteWrite());
  activity.addCheck(placeOf(resource), source.isDrained);
};

/** AWS::Lambda::EventSourceMapping of a queue or a table's stream. */
export const eventSourceMapping: ResourceKind = (resource, bench) => {
  const { EventSourceArn } = readProperties(sourceArnSchema, resource);
  const begin = EventSourceArn.startsWith('arn:aws:sqs:') ? startQueueMapping : startStreamMapping;
  return { ref: resource.logicalId, attributes: {}, start: () => begin(resource, bench) };
};
