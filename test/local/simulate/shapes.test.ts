import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { createEventFilter } from '#local/cloud/sources/event-filter.ts';
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

describe.each([['Escalate', isForEscalate] as const, ['Notify', isForNotify] as const])(
  'the simulated stream of %s',
  (consumer, isFor) => {
    const mapping = stack
      .ofType('AWS::Lambda::EventSourceMapping')
      .map(([, one]) => one.Properties)
      .find(
        (one) =>
          'FilterCriteria' in one &&
          referredTo(one.FunctionName)?.startsWith(`${consumer}Function`),
      );
    const passes = createEventFilter(mapping?.FilterCriteria, consumer);
    const record = fc.record({
      eventName: fc.constantFrom('INSERT', 'MODIFY', 'REMOVE'),
      entity: fc.constantFrom('VIOLATION', 'OUTBOX', 'ALERT', 'ORDER'),
      kind: fc.constantFrom('page', 'notice', 'nudge'),
      status: fc.constantFrom('pending', 'sent', 'failed', 'suppressed'),
    });

    it('brings what the filter of the stack lets through', () => {
      fc.assert(
        fc.property(record, ({ eventName, ...fields }) => {
          const image = Object.fromEntries(Object.entries(fields).map(([k, S]) => [k, { S }]));
          const NewImage = eventName === 'REMOVE' ? {} : { NewImage: image };
          const made: StreamRecord = {
            eventName,
            dynamodb: { Keys: {}, SequenceNumber: '1', ...NewImage },
          };
          expect(isFor(made)).toBe(passes(made));
        }),
        { numRuns: 300 },
      );
    });
  },
);
