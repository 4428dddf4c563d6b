import * as z from 'zod';
import type { Ledger } from '../durable/ledger.ts';

/** Where a mapping begins: at the oldest record kept, or behind the newest. */
export type StartingPosition = 'TRIM_HORIZON' | 'LATEST';

/** How far one mapping has come in its stream, kept over restarts. */
export type StreamPositions = {
  /**
   * Where to begin in a shard of which nothing is done. A mapping that was there before a restart
   * has seen its beginning: what it has not done since then comes after that.
   */
  beginAt(wanted: StartingPosition): StartingPosition;
  /** The sequence number behind which to go on; undefined for a shard of which nothing is done. */
  of(shardId: string): string | undefined;
  /** Says that a record was read: in order within its shard. */
  read(shardId: string, sequenceNumber: string): void;
  /** Says that a record is done or given up, or was of no interest: in any order. */
  done(shardId: string, sequenceNumber: string): void;
};

/** A shard's position is the last record before which, and with which, everything is done. */
export const createStreamPositions = (ledger: Ledger, mapping: string): StreamPositions => {
  const kept = ledger.collection(`positions ${mapping}`, z.string());
  const begun = ledger.collection('mappings begun', z.literal(true));
  /** By shard, the records that were read and lie behind the position: whether each is done. */
  const open = new Map<string, Map<string, boolean>>();

  const advance = (shardId: string, records: Map<string, boolean>): void => {
    let last: string | undefined;
    for (const [sequenceNumber, isDone] of records) {
      if (!isDone) break;
      records.delete(sequenceNumber);
      last = sequenceNumber;
    }
    if (last !== undefined) kept.set(shardId, last);
  };

  return {
    beginAt: (wanted) => {
      if (begun.has(mapping)) return 'TRIM_HORIZON';
      begun.set(mapping, true);
      return wanted;
    },
    of: kept.get,
    read: (shardId, sequenceNumber) => {
      const records = open.get(shardId) ?? new Map<string, boolean>();
      open.set(shardId, records.set(sequenceNumber, false));
    },
    done: (shardId, sequenceNumber) => {
      const records = open.get(shardId);
      if (records?.has(sequenceNumber) !== true) return;
      records.set(sequenceNumber, true);
      advance(shardId, records);
    },
  };
};
