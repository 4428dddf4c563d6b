import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { streamFilters } from '#lib/stream-filters.ts';
import { TABLES } from '#local/simulate/dynamodb/tables.ts';
import type { StreamRecord } from '#local/simulate/services/stream-source.ts';
import { isForEscalate, isForNotify } from '#local/simulate/world/stream.ts';
import { referredTo, synthesize } from '../../lib/synthesized.ts';

const stack = synthesize();

const keysSchema = z.array(z.object({ AttributeName: z.string(), KeyType: z.string() }));
const tableSchema = z.object({
  KeySchema: keysSchema,
  AttributeDefinitions: z.array(z.object({ AttributeName: z.string(), AttributeType: z.string() })),
  GlobalSecondaryIndexes: z
    .array(
      z.object({
        IndexName: z.string(),
        KeySchema: keysSchema,
        Projection: z.object({ ProjectionType: z.string() }),
      }),
    )
    .default([]),
});

const keyOf = (schema: z.infer<typeof keysSchema>) => ({
  hash: schema.find(({ KeyType }) => KeyType === 'HASH')?.AttributeName,
  range: schema.find(({ KeyType }) => KeyType === 'RANGE')?.AttributeName ?? null,
});

describe.each(TABLES)('the simulated table $name', ({ name, key, indexes, numbers }) => {
  const found = stack
    .ofType('AWS::DynamoDB::Table')
    .find(([, { Metadata }]) => Metadata['aws:cdk:path'].toLowerCase().includes(`/${name}table/`));
  const table = tableSchema.parse(found?.[1].Properties);

  it('has the key of the stack', () => expect(key).toEqual(keyOf(table.KeySchema)));

  it('has its indexes', () => {
    const made = table.GlobalSecondaryIndexes.map(({ IndexName, KeySchema, Projection }) => [
      IndexName,
      { ...keyOf(KeySchema), keysOnly: Projection.ProjectionType === 'KEYS_ONLY' },
    ]);
    expect(indexes).toEqual(Object.fromEntries(made));
  });

  it('knows which of its keys are numbers', () => {
    for (const { AttributeName, AttributeType } of table.AttributeDefinitions) {
      expect([AttributeName, numbers.includes(AttributeName)]).toEqual([
        AttributeName,
        AttributeType === 'N',
      ]);
    }
  });
});

const criteriaSchema = z.object({ Filters: z.array(z.object({ Pattern: z.string() })) });

describe.each([['Escalate', 'escalate'] as const, ['Notify', 'notify'] as const])(
  'the stream of %s',
  (consumer, verb) => {
    it('is filtered in the stack as in the simulation', () => {
      const mapping = stack
        .ofType('AWS::Lambda::EventSourceMapping')
        .map(([, one]) => one.Properties)
        .find(
          (one) =>
            'FilterCriteria' in one &&
            referredTo(one.FunctionName)?.startsWith(`${consumer}Function`),
        );
      const { Filters } = criteriaSchema.parse(mapping?.FilterCriteria);
      const patterns = Filters.map(({ Pattern }): unknown => JSON.parse(Pattern));
      expect(patterns).toEqual(streamFilters[verb]);
    });
  },
);

describe('the simulated stream', () => {
  const record = (image: Readonly<Record<string, string>>): StreamRecord => ({
    eventName: 'MODIFY',
    dynamodb: {
      ...{ Keys: {}, SequenceNumber: '1' },
      NewImage: Object.fromEntries(Object.entries(image).map(([name, S]) => [name, { S }])),
    },
  });
  const waiting = { entity: 'OUTBOX', kind: 'page', status: 'pending' };

  it.each([
    ['a page that is brought again', waiting, [true, true]],
    ['a page that waits on purpose', { ...waiting, waits: '{}' }, [false, true]],
    ['an answer that waits to be sent', { ...waiting, kind: 'answer' }, [false, true]],
    ['what somebody sends just now', { ...waiting, claimedBy: '7' }, [false, false]],
    ['a page that failed', { ...waiting, status: 'failed' }, [true, false]],
    ['a violation', { entity: 'VIOLATION' }, [true, false]],
    ['an order', { entity: 'ORDER' }, [false, false]],
  ])('brings %s to whom it is for', (_, image, expected) => {
    const made = record(image);
    expect([isForEscalate(made), isForNotify(made)]).toEqual(expected);
  });
});
