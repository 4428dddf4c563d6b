import { describe, expect, it } from 'vitest';
import { referredTo, synthesize } from './synthesized.ts';

const stack = synthesize();
const mappings = stack.ofType('AWS::Lambda::EventSourceMapping').map(([, mapping]) => ({
  consumer: referredTo(mapping.Properties.FunctionName)?.replace(/Function\w{8}$/, ''),
  source: stack.resources[referredTo(mapping.Properties.EventSourceArn) ?? '']?.Type,
  properties: mapping.Properties,
}));
const queues = mappings.filter(({ source }) => source === 'AWS::SQS::Queue');
const streams = mappings.filter(({ source }) => source === 'AWS::DynamoDB::Table');

const filterOf = (consumer: string) =>
  streams.find((mapping) => mapping.consumer === consumer)?.properties.FilterCriteria;

describe('the event sources', () => {
  it('feed what is queued from queues, escalate, notify and seal from streams', () => {
    expect(mappings).toHaveLength(queues.length + streams.length);
    expect(queues.map(({ consumer }) => consumer)).toEqual([
      ...['Evaluate', 'Escalate', 'Deliver', 'Reply', 'Report', 'Canary'],
    ]);
    expect(streams.map(({ consumer }) => consumer)).toEqual(['Escalate', 'Notify', 'Seal']);
  });

  it('take ten messages of a queue, one feed or report, and only failed ones come back', () => {
    for (const { consumer, properties } of queues) {
      expect(properties).toMatchObject({
        BatchSize: ['Deliver', 'Report'].includes(consumer ?? '') ? 1 : 10,
        FunctionResponseTypes: ['ReportBatchItemFailures'],
      });
      expect(properties).not.toHaveProperty('MaximumBatchingWindowInSeconds');
    }
  });

  it('bisect a failing batch of the stream, retry it for a time, and keep what failed', () => {
    for (const { consumer, properties } of streams) {
      const isSeal = consumer === 'Seal';
      expect(properties).toMatchObject({
        // Nobody waits for a seal.
        ...(isSeal ? { BatchSize: 100, MaximumBatchingWindowInSeconds: 5 } : { BatchSize: 10 }),
        BisectBatchOnFunctionError: true,
        FunctionResponseTypes: ['ReportBatchItemFailures'],
        MaximumRetryAttempts: 10,
        MaximumRecordAgeInSeconds: 6 * 60 * 60,
        ParallelizationFactor: isSeal ? 2 : 10,
        StartingPosition: 'TRIM_HORIZON',
        DestinationConfig: {
          OnFailure: {
            Destination: { 'Fn::GetAtt': [expect.stringMatching(/StreamFailures/), 'Arn'] },
          },
        },
      });
    }
  });

  it('pass violations, woken alerts, transfers, failed and late pages on, rows to notify', () => {
    const only = (...patterns: unknown[]) => ({
      Filters: patterns.map((pattern) => ({ Pattern: JSON.stringify(pattern) })),
    });
    const page = { entity: { S: ['OUTBOX'] }, kind: { S: ['page'] }, status: { S: ['failed'] } };
    const isNot = { S: [{ exists: false }] };
    const late = { ...page, status: { S: ['pending'] }, claimedBy: isNot, waits: isNot };
    const woken = { entity: { S: ['ALERT'] }, wokenAt: { N: [{ exists: true }] } };
    const transfer = { entity: { S: ['TRANSFER'] }, nextDueAt: { N: [{ exists: true }] } };
    expect(filterOf('Escalate')).toEqual(
      only(
        {
          eventName: ['INSERT', 'MODIFY'],
          dynamodb: { NewImage: { entity: { S: ['VIOLATION'] } } },
        },
        { eventName: ['MODIFY'], dynamodb: { NewImage: woken } },
        { eventName: ['INSERT', 'MODIFY'], dynamodb: { NewImage: transfer } },
        { eventName: ['MODIFY'], dynamodb: { NewImage: page } },
        { eventName: ['MODIFY'], dynamodb: { NewImage: late } },
      ),
    );
    expect(filterOf('Notify')).toEqual(
      only({
        dynamodb: {
          NewImage: {
            entity: { S: ['OUTBOX'] },
            status: { S: ['pending'] },
            claimedBy: { S: [{ exists: false }] },
          },
        },
      }),
    );
  });

  it('sweep every minute, and a missed sweep is not repeated', () => {
    stack.template.hasResourceProperties('AWS::Events::Rule', {
      ScheduleExpression: 'rate(1 minute)',
      State: 'ENABLED',
      Targets: [{ RetryPolicy: { MaximumEventAgeInSeconds: 60, MaximumRetryAttempts: 0 } }],
    });
  });
});
