import { BatchGetItemCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { afterEach, describe, expect, it } from 'vitest';
import { activations } from '#functions/adapters/dynamodb/activations.ts';
import { json } from '#functions/adapters/dynamodb/items.ts';
import { later } from '#test/support/alerts.ts';
import { activation } from '#test/support/kept-ingest.ts';

const mock = mockClient(DynamoDBClient);
afterEach(() => mock.reset());

const WORN = activation('a-1', 'w-1');

/** How often the table is asked, by somebody who looks at these seconds. */
const asksAt = async (...seconds: readonly number[]): Promise<number> => {
  mock
    .on(BatchGetItemCommand)
    .resolves({ Responses: { monitoring: [{ body: json(WORN) }] }, UnprocessedKeys: {} });
  const load = activations(new DynamoDBClient(), 'monitoring');
  for (const second of seconds) {
    const freshness = { now: later(second), maxAgeSeconds: 30, consistency: 'eventual' } as const;
    const found = await load(Object('demo'), [WORN.activationId], freshness);
    expect([...found.values()]).toEqual([WORN]);
  }
  return mock.commandCalls(BatchGetItemCommand).length;
};

describe('an activation that was read', () => {
  it('is remembered for as long as it may be old, and asked for again after', async () => {
    expect(await asksAt(0, 29.9, 30)).toBe(2);
  });

  it('is asked for again where it was read by a clock that was ahead', async () => {
    expect(await asksAt(0, 3_600, 0)).toBe(3);
  });
});
