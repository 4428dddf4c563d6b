import { describe, expect, it } from 'vitest';
import { checkWindow } from '#local/cloud/resources/mapping-shape.ts';
import { queueMappingSchema } from '#local/cloud/resources/queue-mapping.ts';
import { streamMappingSchema } from '#local/cloud/resources/stream-mapping.ts';

// https://docs.aws.amazon.com/lambda/latest/api/API_CreateEventSourceMapping.html
// https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html

const both = { EventSourceArn: 'arn', FunctionName: 'fn' };
const queue = (given: object): boolean =>
  queueMappingSchema.safeParse({ ...both, ...given }).success;
const stream = (given: object): boolean =>
  streamMappingSchema.safeParse({ ...both, StartingPosition: 'LATEST', ...given }).success;

describe('given a mapping of a queue', () => {
  it.each([
    [{ BatchSize: 1 }, true],
    [{ BatchSize: 0 }, false],
    [{ BatchSize: 10_000 }, true],
    [{ BatchSize: 10_001 }, false],
    [{ BatchSize: '10' }, true],
    [{ MaximumBatchingWindowInSeconds: 300 }, true],
    [{ MaximumBatchingWindowInSeconds: 301 }, false],
    [{ ScalingConfig: { MaximumConcurrency: 2 } }, true],
    [{ ScalingConfig: { MaximumConcurrency: 1 } }, false],
    [{ ScalingConfig: { MaximumConcurrency: 1001 } }, false],
    [{ MaximumRetryAttempts: 1 }, false],
    [{ BisectBatchOnFunctionError: true }, false],
  ])('says of %j whether AWS takes it', (given, isTaken) => {
    expect(queue(given)).toBe(isTaken);
  });

  const resource = {
    logicalId: 'Mapping',
    type: 'AWS::Lambda::EventSourceMapping',
    properties: {},
  };

  it('asks for a window of 1 s for batches above ten', () => {
    expect(() => checkWindow({ batchSize: 10, windowSeconds: 0 }, resource)).not.toThrow();
    expect(() => checkWindow({ batchSize: 11, windowSeconds: 1 }, resource)).not.toThrow();
    expect(() => checkWindow({ batchSize: 11, windowSeconds: 0 }, resource)).toThrow(
      'AWS::Lambda::EventSourceMapping (logical id Mapping): a batch above 10 needs',
    );
  });
});

describe('given a mapping of a stream', () => {
  it.each([
    [{ StartingPosition: 'TRIM_HORIZON' }, true],
    [{ StartingPosition: 'AT_TIMESTAMP' }, false],
    [{ StartingPosition: undefined }, false],
    [{ BatchSize: 10_000 }, true],
    [{ BatchSize: 10_001 }, false],
    [{ ParallelizationFactor: 10 }, true],
    [{ ParallelizationFactor: 11 }, false],
    [{ MaximumRetryAttempts: -1 }, true],
    [{ MaximumRetryAttempts: 10_001 }, false],
    [{ MaximumRecordAgeInSeconds: -1 }, true],
    [{ MaximumRecordAgeInSeconds: 59 }, false],
    [{ MaximumRecordAgeInSeconds: 60 }, true],
    [{ MaximumRecordAgeInSeconds: 604_801 }, false],
    // Tumbling windows need state that this machine does not keep: refused, not ignored.
    [{ TumblingWindowInSeconds: 60 }, false],
    [{ ScalingConfig: { MaximumConcurrency: 2 } }, false],
  ])('says of %j whether the local cloud takes it', (given, isTaken) => {
    expect(stream(given)).toBe(isTaken);
  });
});
