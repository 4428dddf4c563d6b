import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Ledger } from '#local/cloud/durable/ledger.ts';
import { createStreamPositions } from '#local/cloud/sources/stream-positions.ts';

/** A ledger that remembers for the length of a test. */
const ledgerInMemory = (): Ledger => {
  const collections = new Map<string, Map<string, unknown>>();
  const collection: Ledger['collection'] = (name, schema) => {
    const values = collections.get(name) ?? new Map<string, unknown>();
    collections.set(name, values);
    return {
      has: (key) => values.has(key),
      get: (key) => (values.has(key) ? schema.parse(values.get(key)) : undefined),
      entries: () => [...values].map(([key, value]) => [key, schema.parse(value)]),
      set: (key, value) => values.set(key, value),
      drop: (key) => values.delete(key),
    };
  };
  return { collection, flushed: () => Promise.resolve(), close: () => Promise.resolve() };
};

describe('given a mapping that begins behind the newest record', () => {
  it('begins there once: after a restart nothing that came meanwhile is passed over', () => {
    const ledger = ledgerInMemory();
    const first = createStreamPositions(ledger, 'mapping');
    expect(first.beginAt('LATEST')).toBe('LATEST');
    const again = createStreamPositions(ledger, 'mapping');
    expect(again.beginAt('LATEST')).toBe('TRIM_HORIZON');
    expect(createStreamPositions(ledger, 'other').beginAt('LATEST')).toBe('LATEST');
  });
});

describe('given records of a shard that are done in any order', () => {
  it('stands behind the last before which all is done', () => {
    const orders = fc.integer({ min: 1, max: 12 }).chain((count) =>
      fc
        .shuffledSubarray(
          Array.from({ length: count }, (_, n) => n),
          { minLength: 0 },
        )
        .map((done) => ({ count, done })),
    );
    fc.assert(
      fc.property(orders, ({ count, done }) => {
        const positions = createStreamPositions(ledgerInMemory(), 'mapping');
        for (let n = 0; n < count; n += 1) positions.read('shard', String(n));
        for (const n of done) positions.done('shard', String(n));
        const firstOpen = Array.from({ length: count }, (_, n) => n).find((n) => !done.includes(n));
        const last = (firstOpen ?? count) - 1;
        expect(positions.of('shard')).toBe(last < 0 ? undefined : String(last));
      }),
    );
  });

  it('knows shards apart, and records that it has never seen', () => {
    const positions = createStreamPositions(ledgerInMemory(), 'mapping');
    positions.read('one', '1');
    positions.read('two', '1');
    positions.done('one', '1');
    positions.done('two', '7');
    expect([positions.of('one'), positions.of('two')]).toEqual(['1', undefined]);
  });
});
