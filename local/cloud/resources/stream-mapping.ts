import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import type { LocalFunction } from '../functions/local-function.ts';
import { createFailureDestination } from '../sources/failure-destination.ts';
import {
  createStreamLane,
  type Discarded,
  type StreamLaneParts,
  type StreamLaneSettings,
} from '../sources/stream-lane.ts';
import { createStreamPositions } from '../sources/stream-positions.ts';
import { createStreamReader } from '../sources/stream-reader.ts';
import { startStreamSource } from '../sources/stream-source.ts';
import { queueByArn, type Workbench } from '../workbench.ts';
import { commonShape, filterOf, MOST_RECORDS, mappedFunction, within } from './mapping-shape.ts';
import { placeOf, type ResolvedResource, readProperties, switchProperty } from './resource-kind.ts';

const forEver = z.coerce.number().pipe(z.literal(-1));

/** https://docs.aws.amazon.com/lambda/latest/dg/services-ddb-params.html */
export const streamMappingSchema = z.strictObject({
  ...commonShape,
  BatchSize: within(1, MOST_RECORDS).default(100),
  StartingPosition: z.enum(
    ['TRIM_HORIZON', 'LATEST'],
    'a table stream is read from TRIM_HORIZON or LATEST',
  ),
  BisectBatchOnFunctionError: switchProperty.default(false),
  MaximumRetryAttempts: within(-1, 10_000).default(-1),
  MaximumRecordAgeInSeconds: z.union([forEver, within(60, 604_800)]).default(-1),
  ParallelizationFactor: within(1, 10).default(1),
  DestinationConfig: z
    .strictObject({ OnFailure: z.strictObject({ Destination: z.string() }) })
    .optional(),
});

type StreamMapping = z.infer<typeof streamMappingSchema>;

/** What becomes of records that are given up: they are told of, and sent to the destination. */
const discarding = (
  { EventSourceArn: streamArn, DestinationConfig }: StreamMapping,
  { settings }: LocalFunction,
  bench: Workbench,
) => {
  const { clock, log, endpointUrl, registry } = bench;
  const { region } = bench.place;
  const { functionArn } = settings.sandbox;
  const arn = DestinationConfig?.OnFailure.Destination;
  const deliver =
    arn === undefined
      ? undefined
      : createFailureDestination({
          ...{ arn, streamArn, functionArn, region, mappingId: randomUUID() },
          caller: { endpointUrl, region, roleId: settings.roleId },
          queueUrlOf: (queueArn) => queueByArn(registry, queueArn, settings.logicalId).url,
        });
  return async (discarded: Discarded): Promise<void> => {
    const { records, condition } = discarded;
    log(`${settings.logicalId}: ${records.length} records given up: ${condition}`);
    try {
      await deliver?.(discarded, clock.now());
    } catch (error) {
      // Record: Lambda, too, goes on with the stream when a destination cannot be reached.
      log(`${settings.logicalId}: the on-failure destination was not reached: ${error}`);
    }
  };
};

const laneSettings = (properties: StreamMapping, region: string): StreamLaneSettings => ({
  streamArn: properties.EventSourceArn,
  region,
  batchSize: properties.BatchSize,
  windowSeconds: properties.MaximumBatchingWindowInSeconds,
  reportsItemFailures: properties.FunctionResponseTypes.length > 0,
  bisects: properties.BisectBatchOnFunctionError,
  maximumRetries: properties.MaximumRetryAttempts,
  maximumAgeSeconds: properties.MaximumRecordAgeInSeconds,
});

/** Starts to feed a function from a table's stream. */
export const startStreamMapping = (resource: ResolvedResource, bench: Workbench): void => {
  const properties = readProperties(streamMappingSchema, resource);
  const { registry, clock, log, activity, place } = bench;
  const { EventSourceArn: streamArn, StartingPosition } = properties;
  const table = registry.tables.find(({ stream }) => stream?.arn === streamArn);
  if (table?.stream === undefined) {
    throw new Error(`${placeOf(resource)}: ${streamArn} is no stream here.`);
  }
  const target = mappedFunction(properties.FunctionName, resource, bench);
  const discard = discarding(properties, target, bench);
  const { invoke } = target;
  const settings = laneSettings(properties, place.region);
  const positions = createStreamPositions(bench.ledger, resource.logicalId);
  const onDone: StreamLaneParts['onDone'] = (records) => {
    for (const { shardId, record } of records) {
      positions.done(shardId, record.dynamodb.SequenceNumber);
    }
  };
  const source = startStreamSource({
    ...{ clock, log, onChange: activity.changed },
    reader: createStreamReader({
      engine: bench.dynamoDb,
      engineStreamArn: table.stream.engineArn,
      startingPosition: positions.beginAt(StartingPosition),
      positions,
    }),
    positions,
    parallelLanes: properties.ParallelizationFactor,
    filter: filterOf(properties.FilterCriteria, resource) ?? (() => true),
    createLane: () =>
      createStreamLane({ ...bench, settings, invoke, discard, onDone, onChange: activity.changed }),
  });
  registry.sources.push(source);
  registry.writeListeners.push((name) => name === table.name && source.noteWrite());
  activity.addCheck(placeOf(resource), source.isDrained);
};
