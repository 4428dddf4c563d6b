import type { MovableClock } from '../clock/clock.ts';
import type { Log } from '../log.ts';
import type { EventFilter } from './event-filter.ts';
import type { EventSource } from './queue-source.ts';
import type { StreamLane } from './stream-lane.ts';
import type { StreamPositions } from './stream-positions.ts';
import type { ShardRecord, StreamReader } from './stream-reader.ts';

export type StreamSourceParts = {
  reader: StreamReader;
  /** Makes one lane; lanes work in parallel, and records of one partition key share a lane. */
  createLane: () => StreamLane;
  parallelLanes: number;
  positions: Pick<StreamPositions, 'read' | 'done'>;
  filter: EventFilter;
  clock: MovableClock;
  log: Log;
  onChange: () => void;
};

/** `noteWrite` says that the table was written to: the stream is read at once. */
export type StreamSource = EventSource & { noteWrite(): void };

const POLL_MILLISECONDS = 200;

const laneIndex = (partitionKey: string, lanes: number): number => {
  let hash = 0;
  for (const character of partitionKey) hash = (hash * 31 + character.charCodeAt(0)) >>> 0;
  return hash % lanes;
};

/** Feeds a function from a table's stream, as Lambda's event source mapping does. */
export const startStreamSource = (parts: StreamSourceParts): StreamSource => {
  const { reader, filter, clock, log, positions } = parts;
  const lanes = Array.from({ length: parts.parallelLanes }, parts.createLane);
  let writes = 0;
  let writesRead = 0;
  let reading = false;
  let stopped = false;

  const hand = (found: ShardRecord): void => {
    const sequenceNumber = found.record.dynamodb.SequenceNumber;
    positions.read(found.shardId, sequenceNumber);
    if (!filter(found.record)) {
      positions.done(found.shardId, sequenceNumber);
      return;
    }
    const lane = lanes[laneIndex(found.partitionKey, lanes.length)];
    lane?.add({ ...found, seenAt: clock.now() });
  };

  const readAll = async (): Promise<void> => {
    if (reading || stopped) return;
    reading = true;
    try {
      for (let isAll = false; !isAll || writesRead < writes; ) {
        const seenWrites = writes;
        const found = await reader.read();
        for (const record of found) hand(record);
        isAll = found.length === 0 || !reader.mayHaveLeft();
        if (isAll && writesRead !== seenWrites) {
          writesRead = seenWrites;
          parts.onChange();
        }
      }
    } catch (error) {
      // Retry: the next poll reads from the same place.
      if (!stopped) log(`stream: ${error}`);
    } finally {
      reading = false;
    }
  };

  const timer = setInterval(readAll, POLL_MILLISECONDS);
  void readAll();

  return {
    noteWrite: () => {
      writes += 1;
      void readAll();
    },
    isDrained: () =>
      writesRead === writes &&
      lanes.every(
        (lane) => lane.state() === 'idle' || (clock.canJump && lane.state() === 'waiting'),
      ),
    stop: () => {
      stopped = true;
      clearInterval(timer);
    },
  };
};
