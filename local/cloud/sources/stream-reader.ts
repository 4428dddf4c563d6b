import * as z from 'zod';
import type { DynamoDbEngine } from '../engines/dynamodb.ts';
import type { StartingPosition, StreamPositions } from './stream-positions.ts';

const valuesSchema = z.record(z.string(), z.unknown());

const recordSchema = z.looseObject({
  eventName: z.enum(['INSERT', 'MODIFY', 'REMOVE']),
  dynamodb: z.looseObject({
    Keys: valuesSchema,
    SequenceNumber: z.string(),
    SizeBytes: z.number().optional(),
  }),
});

const describedSchema = z.looseObject({
  StreamDescription: z.looseObject({
    KeySchema: z.array(z.looseObject({ AttributeName: z.string(), KeyType: z.string() })),
    Shards: z.array(z.looseObject({ ShardId: z.string() })),
  }),
});
const iteratorSchema = z.looseObject({ ShardIterator: z.string() });
const recordsSchema = z.looseObject({
  Records: z.array(recordSchema),
  NextShardIterator: z.string().nullish(),
});

/** A record as the stream gives it, with the shard and the partition key that order it. */
export type ShardRecord = {
  shardId: string;
  partitionKey: string;
  record: z.infer<typeof recordSchema>;
};

/** Reads a table's stream from a position, each record once, in order within each shard. */
export type StreamReader = {
  /** The records since the last read; empty when there was nothing new when the read began. */
  read(): Promise<ShardRecord[]>;
  /** Whether the last read may have left some of what was there when it began. */
  mayHaveLeft(): boolean;
};

/**
 * An answer ends at 1,000 records or 1 MB; one that is far from both has all there was.
 * https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_streams_GetRecords.html
 */
const FEW_RECORDS = 100;
const FEW_BYTES = 100_000;

const isFarFromFull = (records: readonly ShardRecord['record'][]): boolean =>
  records.length < FEW_RECORDS &&
  records.reduce((sum, { dynamodb }) => sum + (dynamodb.SizeBytes ?? FEW_BYTES), 0) < FEW_BYTES;

export type StreamReaderParts = {
  engine: Pick<DynamoDbEngine, 'call'>;
  /** The ARN that DynamoDB Local gave the stream. */
  engineStreamArn: string;
  /** For shards that have no position yet. */
  startingPosition: StartingPosition;
  positions: Pick<StreamPositions, 'of'>;
};

export const createStreamReader = (parts: StreamReaderParts): StreamReader => {
  const { engine, engineStreamArn, startingPosition, positions } = parts;
  const iterators = new Map<string, string>();
  const seen = new Set<string>();
  const lastRead = new Map<string, string>();
  let partitionKeyName = '';
  let mayHaveMore = true;
  let hasLeft = false;

  const iteratorFrom = async (ShardId: string, from: object): Promise<string> => {
    const place = { StreamArn: engineStreamArn, ShardId, ...from };
    return iteratorSchema.parse(await engine.call('GetShardIterator', place)).ShardIterator;
  };

  const iteratorAt = async (shardId: string, ShardIteratorType: StartingPosition) => {
    const SequenceNumber = positions.of(shardId);
    if (SequenceNumber === undefined) return iteratorFrom(shardId, { ShardIteratorType });
    const behind = { ShardIteratorType: 'AFTER_SEQUENCE_NUMBER', SequenceNumber };
    try {
      return await iteratorFrom(shardId, behind);
    } catch (error) {
      // Record: the stream forgets after a day; what it still has comes behind this position.
      if (!String(error).includes('TrimmedDataAccess')) throw error;
      return iteratorFrom(shardId, { ShardIteratorType: 'TRIM_HORIZON' });
    }
  };

  const findShards = async (): Promise<void> => {
    const { StreamDescription } = describedSchema.parse(
      await engine.call('DescribeStream', { StreamArn: engineStreamArn }),
    );
    const hash = StreamDescription.KeySchema.find(({ KeyType }) => KeyType === 'HASH');
    partitionKeyName = hash?.AttributeName ?? '';
    // Shards found later came after the mapping began: all that they hold is new.
    const beginning = seen.size === 0 ? startingPosition : 'TRIM_HORIZON';
    for (const { ShardId } of StreamDescription.Shards) {
      if (seen.has(ShardId)) continue;
      seen.add(ShardId);
      iterators.set(ShardId, await iteratorAt(ShardId, beginning));
    }
  };

  /** An iterator where this one stood, which the engine no longer takes. */
  const iteratorAgain = (shardId: string): Promise<string> => {
    const SequenceNumber = lastRead.get(shardId);
    if (SequenceNumber === undefined) return iteratorAt(shardId, 'TRIM_HORIZON');
    return iteratorFrom(shardId, { ShardIteratorType: 'AFTER_SEQUENCE_NUMBER', SequenceNumber });
  };

  const recordsAt = async (shardId: string, iterator: string): Promise<unknown> => {
    try {
      return await engine.call('GetRecords', { ShardIterator: iterator });
    } catch (error) {
      // Retry: of a shard that was empty DynamoDB Local forgets where an iterator stood.
      if (!/TrimmedDataAccess|ExpiredIterator/.test(String(error))) throw error;
      return engine.call('GetRecords', { ShardIterator: await iteratorAgain(shardId) });
    }
  };

  const readShard = async (shardId: string, iterator: string): Promise<ShardRecord[]> => {
    const { Records, NextShardIterator } = recordsSchema.parse(await recordsAt(shardId, iterator));
    if (!isFarFromFull(Records)) hasLeft = true;
    const last = Records.at(-1);
    if (last !== undefined) lastRead.set(shardId, last.dynamodb.SequenceNumber);
    if (typeof NextShardIterator === 'string') iterators.set(shardId, NextShardIterator);
    else {
      iterators.delete(shardId);
      // A closed shard is followed by others, which the stream names when asked again.
      mayHaveMore = true;
    }
    return Records.map((record) => ({
      shardId,
      partitionKey: JSON.stringify(record.dynamodb.Keys[partitionKeyName]),
      record,
    }));
  };

  const readShards = async (): Promise<ShardRecord[]> => {
    const found: ShardRecord[] = [];
    for (const [shardId, iterator] of [...iterators]) {
      try {
        found.push(...(await readShard(shardId, iterator)));
      } catch (error) {
        // Retry: what other shards gave is handed on first; this one is read again.
        hasLeft = true;
        if (found.length > 0) return found;
        throw error;
      }
    }
    return found;
  };

  return {
    read: async () => {
      hasLeft = false;
      for (;;) {
        if (mayHaveMore || iterators.size === 0) await findShards();
        mayHaveMore = false;
        const found = await readShards();
        if (found.length > 0 || !mayHaveMore) return found;
      }
    },
    mayHaveLeft: () => hasLeft || mayHaveMore,
  };
};
