import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import type { DynamoDbEngine } from '#local/cloud/engines/dynamodb.ts';
import type { StartingPosition } from '#local/cloud/sources/stream-positions.ts';
import { createStreamReader } from '#local/cloud/sources/stream-reader.ts';

/** A shard: its records' sequence numbers, and whether it takes no more. */
type Shard = { records: number[]; isClosed?: boolean; fails?: string };

const placeSchema = z.object({
  ShardId: z.string(),
  ShardIteratorType: z.string(),
  SequenceNumber: z.string().optional(),
});

const startOf = ({ records }: Shard, place: z.infer<typeof placeSchema>): number => {
  if (place.ShardIteratorType === 'LATEST') return records.length;
  if (place.ShardIteratorType === 'TRIM_HORIZON') return 0;
  return records.indexOf(Number(place.SequenceNumber)) + 1;
};

const recordOf = (sequence: number) => ({
  eventName: 'INSERT',
  dynamodb: { Keys: { pk: { S: 'a' } }, SequenceNumber: String(sequence), SizeBytes: 400 },
});

/** A stream of these shards, as DynamoDB Local answers for it; an iterator is `shard:place`. */
const engineOf = (shards: Record<string, Shard>): Pick<DynamoDbEngine, 'call'> => ({
  call: async (operation, input) => {
    if (operation === 'DescribeStream') {
      const KeySchema = [{ AttributeName: 'pk', KeyType: 'HASH' }];
      const Shards = Object.keys(shards).map((ShardId) => ({ ShardId }));
      return { StreamDescription: { KeySchema, Shards } };
    }
    if (operation === 'GetShardIterator') {
      const place = placeSchema.parse(input);
      const shard = shards[place.ShardId] ?? { records: [] };
      return { ShardIterator: `${place.ShardId}:${startOf(shard, place)}` };
    }
    const { ShardIterator } = z.object({ ShardIterator: z.string() }).parse(input);
    const [shardId = '', place = ''] = ShardIterator.split(':');
    const shard = shards[shardId] ?? { records: [] };
    if (shard.fails !== undefined) {
      const failure = shard.fails;
      delete shard.fails;
      throw new Error(failure);
    }
    const Records = shard.records.slice(Number(place)).map(recordOf);
    const next = `${shardId}:${shard.records.length}`;
    return { Records, NextShardIterator: shard.isClosed === true ? null : next };
  },
});

const readerOf = (
  shards: Record<string, Shard>,
  startingPosition: StartingPosition = 'TRIM_HORIZON',
  done: Record<string, string> = {},
) => {
  const reader = createStreamReader({
    engine: engineOf(shards),
    engineStreamArn: 'arn',
    startingPosition,
    positions: { of: (shardId) => done[shardId] },
  });
  const read = async (): Promise<number[]> => {
    const records = await reader.read();
    return records.map(({ record }) => Number(record.dynamodb.SequenceNumber));
  };
  return Object.assign(read, { mayHaveLeft: reader.mayHaveLeft });
};

describe('given a stream', () => {
  it('is read from its oldest record on, each once', async () => {
    const shards = { one: { records: [1, 2] } };
    const read = readerOf(shards);
    expect(await read()).toEqual([1, 2]);
    shards.one.records.push(3);
    expect(await read()).toEqual([3]);
    expect(await read()).toEqual([]);
  });

  it('is read from behind its newest record on when told to', async () => {
    const shards = { one: { records: [1, 2] } };
    const read = readerOf(shards, 'LATEST');
    expect(await read()).toEqual([]);
    shards.one.records.push(3);
    expect(await read()).toEqual([3]);
  });

  it('is read from behind what an earlier run has done', async () => {
    const read = readerOf({ one: { records: [1, 2, 3] } }, 'TRIM_HORIZON', { one: '2' });
    expect(await read()).toEqual([3]);
  });

  it('goes on in the shards that follow a closed one, from their beginning', async () => {
    const shards: Record<string, Shard> = { one: { records: [1] } };
    const read = readerOf(shards, 'LATEST');
    expect(await read()).toEqual([]);
    shards.one = { records: [1, 2], isClosed: true };
    shards.two = { records: [3] };
    expect(await read()).toEqual([2]);
    expect(await read()).toEqual([3]);
    shards.two.records.push(4);
    expect(await read()).toEqual([4]);
  });

  it('is read on where an iterator stood that is no longer taken', async () => {
    const shards: Record<string, Shard> = { one: { records: [] } };
    const read = readerOf(shards);
    expect(await read()).toEqual([]);
    shards.one = { records: [1, 2], fails: 'GetRecords failed (400): TrimmedDataAccessException' };
    expect(await read()).toEqual([1, 2]);
    shards.one = { records: [1, 2, 3], fails: 'GetRecords failed (400): ExpiredIteratorException' };
    expect(await read()).toEqual([3]);
  });

  it('loses nothing of one shard when another cannot be read', async () => {
    const shards: Record<string, Shard> = { one: { records: [1] }, two: { records: [2] } };
    const read = readerOf(shards);
    shards.two = { records: [2], fails: 'no connection' };
    expect(await read()).toEqual([1]);
    expect(await read()).toEqual([2]);
    shards.one = { records: [1], fails: 'no connection' };
    await expect(read()).rejects.toThrow('no connection');
    expect(await read()).toEqual([]);
  });

  it('knows when it has read all there was', async () => {
    const shards: Record<string, Shard> = { one: { records: [1, 2] }, two: { records: [3] } };
    const read = readerOf(shards);
    expect(await read()).toEqual([1, 2, 3]);
    expect(read.mayHaveLeft()).toBe(false);
    shards.one?.records.push(...Array.from({ length: 100 }, (_, i) => 4 + i));
    expect(await read()).toHaveLength(100);
    expect(read.mayHaveLeft()).toBe(true);
    shards.one?.records.push(104);
    shards.two = { records: [3], fails: 'no connection' };
    expect(await read()).toEqual([104]);
    expect(read.mayHaveLeft()).toBe(true);
    shards.one = { records: shards.one?.records ?? [], isClosed: true };
    shards.one.records.push(105);
    expect(await read()).toEqual([105]);
    expect(read.mayHaveLeft()).toBe(true);
  });
});
