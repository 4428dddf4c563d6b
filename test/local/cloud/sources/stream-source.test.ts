import { afterEach, describe, expect, it } from 'vitest';
import { instant } from '#domain/model/instant.ts';
import { createActivity } from '#local/cloud/activity.ts';
import { createAgenda } from '#local/cloud/agenda.ts';
import { createClock } from '#local/cloud/clock/clock.ts';
import type { InvocationResult } from '#local/cloud/functions/running-task.ts';
import { createStreamLane, type StreamLaneSettings } from '#local/cloud/sources/stream-lane.ts';
import type { ShardRecord } from '#local/cloud/sources/stream-reader.ts';
import { type StreamSource, startStreamSource } from '#local/cloud/sources/stream-source.ts';

const START = instant(Date.parse('2026-03-01T00:00:00Z'));
const fail = (line: string): never => expect.fail(line);

const SETTINGS: StreamLaneSettings = {
  streamArn: 'arn',
  region: 'eu-west-2',
  batchSize: 3,
  windowSeconds: 0,
  reportsItemFailures: false,
  bisects: false,
  maximumRetries: -1,
  maximumAgeSeconds: -1,
};

const recordOf = (partitionKey: string, SequenceNumber: string): ShardRecord => ({
  shardId: 'shard',
  partitionKey,
  record: { eventName: 'INSERT', dynamodb: { Keys: {}, SequenceNumber } },
});

const sequencesOf = (event: unknown): string[] =>
  [...JSON.stringify(event).matchAll(/"SequenceNumber":"([^"]*)"/g)].map(([, id = '']) => id);

let source: StreamSource | undefined;
afterEach(() => source?.stop());

/** A stream that holds what was written to it, its source, and what the function was given. */
const startStream = (
  { lanes, ...settings }: Partial<StreamLaneSettings> & { lanes: number },
  answer: (sequences: string[]) => Promise<InvocationResult['outcome']>,
) => {
  const clock = createClock({ mode: 'stopped', startAt: START });
  const activity = createActivity(fail);
  const agenda = createAgenda({ clock, activity, log: fail });
  const unread: ShardRecord[] = [];
  const batches: string[][] = [];
  const error = { errorType: 'Error', errorMessage: 'failed' };
  const invoke = async (event: unknown): Promise<InvocationResult> => {
    const end = activity.begin('invocation');
    const sequences = sequencesOf(event);
    batches.push(sequences);
    const outcome = await answer(sequences);
    end();
    if (outcome === 'success') return { outcome, requestId: 'r', payload: null };
    return { outcome, requestId: 'r', error };
  };
  const started = startStreamSource({
    ...{ clock, log: fail, onChange: activity.changed, filter: () => true },
    reader: { read: async () => unread.splice(0), mayHaveLeft: () => false },
    positions: { read: () => undefined, done: () => undefined },
    parallelLanes: lanes,
    createLane: () =>
      createStreamLane({
        ...{ agenda, clock, log: fail, onChange: activity.changed, invoke },
        onDone: () => undefined,
        discard: async ({ records }) => fail(`${records.length} records given up`),
        settings: { ...SETTINGS, ...settings },
      }),
  });
  source = started;
  activity.addCheck('stream', started.isDrained);
  clock.follow({ nextDueAt: agenda.nextDueAt, settled: activity.settled });
  const write = (...records: ShardRecord[]): Promise<void> => {
    unread.push(...records);
    started.noteWrite();
    return activity.settled();
  };
  return { clock, batches, write };
};

const succeed = async () => 'success' as const;
const soon = () => new Promise((resolve) => setTimeout(resolve, 5));

describe('given a window of 20 s and batches of three', () => {
  it('gathers until the window of its first record ends', async () => {
    const { clock, batches, write } = startStream({ lanes: 1, windowSeconds: 20 }, succeed);
    await write(recordOf('a', '1'));
    await clock.advanceBy(15_000);
    await write(recordOf('a', '2'));
    await clock.advanceBy(4999);
    expect(batches).toEqual([]);
    await clock.advanceBy(1);
    expect(batches).toEqual([['1', '2']]);
  });

  it('hands a full batch over at once, and begins a window for the rest', async () => {
    const { clock, batches, write } = startStream({ lanes: 1, windowSeconds: 20 }, succeed);
    await write(recordOf('a', '1'), recordOf('a', '2'));
    await clock.advanceBy(10_000);
    await write(recordOf('a', '3'), recordOf('a', '4'));
    expect(batches).toEqual([['1', '2', '3']]);
    await clock.advanceBy(19_999);
    expect(batches).toHaveLength(1);
    await clock.advanceBy(1);
    expect(batches).toEqual([['1', '2', '3'], ['4']]);
  });

  it('has one window for each of its parallel lanes', async () => {
    const { clock, batches, write } = startStream({ lanes: 2, windowSeconds: 20 }, succeed);
    await write(recordOf('a', 'a1'));
    await clock.advanceBy(5000);
    await write(recordOf('b', 'b1'));
    await clock.advanceBy(15_000);
    expect(batches).toEqual([['a1']]);
    await clock.advanceBy(5000);
    expect(batches).toEqual([['a1'], ['b1']]);
  });
});

describe('given parallel lanes', () => {
  it('has as many batches with the function as lanes, and one of each partition key', async () => {
    const running: string[] = [];
    let most = 0;
    const { batches, write } = startStream({ lanes: 4, batchSize: 1 }, async ([id = '']) => {
      const key = id.slice(0, 1);
      expect(running).not.toContain(key);
      running.push(key);
      most = Math.max(most, running.length);
      await soon();
      running.splice(running.indexOf(key), 1);
      return 'success';
    });
    const keys = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];
    await write(...['1', '2', '3'].flatMap((turn) => keys.map((key) => recordOf(key, key + turn))));
    expect(most).toBeGreaterThan(1);
    expect(most).toBeLessThanOrEqual(4);
    for (const key of keys) {
      const seen = batches.flat().filter((id) => id.startsWith(key));
      expect(seen).toEqual([`${key}1`, `${key}2`, `${key}3`]);
    }
  });

  it('goes on in the other lanes while one tries again', async () => {
    let fails = true;
    const { clock, batches, write } = startStream({ lanes: 2, batchSize: 1 }, async ([id]) =>
      id === 'a1' && fails ? 'error' : 'success',
    );
    await write(recordOf('a', 'a1'), recordOf('a', 'a2'), recordOf('b', 'b1'));
    expect(batches.flat().toSorted()).toEqual(['a1', 'b1']);
    fails = false;
    await clock.advanceBy(100);
    expect(batches.flat()).toEqual(expect.arrayContaining(['a1', 'b1', 'a1', 'a2']));
    expect(batches.flat().slice(-2)).toEqual(['a1', 'a2']);
  });
});

describe('given a function that is throttled', () => {
  it('waits longer and longer, and gives nothing up', async () => {
    const attempts: number[] = [];
    const { clock, write } = startStream({ lanes: 1, maximumRetries: 0 }, async () => {
      attempts.push(clock.now() - START);
      return attempts.length < 5 ? 'throttled' : 'success';
    });
    await write(recordOf('a', '1'));
    await clock.advanceBy(60_000);
    expect(attempts).toEqual([0, 100, 300, 700, 1500]);
  });
});

describe('given records that are too large for one invocation', () => {
  it('hands over as many as fit into 6 MB', async () => {
    const { batches, write } = startStream({ lanes: 1, batchSize: 10 }, succeed);
    const bytes = 790_000;
    const records = Array.from({ length: 9 }, (_, index) => {
      const { record, ...place } = recordOf('a', `${index}`);
      const NewImage = { text: { S: 'x'.repeat(bytes) } };
      return {
        ...place,
        record: { ...record, dynamodb: { ...record.dynamodb, NewImage, SizeBytes: bytes } },
      };
    });
    await write(...records);
    expect(batches.map(({ length }) => length)).toEqual([7, 2]);
  });
});
