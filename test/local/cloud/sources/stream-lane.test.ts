import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DAY_MILLISECONDS, instant } from '#domain/model/instant.ts';
import { createActivity } from '#local/cloud/activity.ts';
import { createAgenda } from '#local/cloud/agenda.ts';
import { createClock } from '#local/cloud/clock/clock.ts';
import type { InvocationResult } from '#local/cloud/functions/running-task.ts';
import type { SeenRecord } from '#local/cloud/sources/stream-batch.ts';
import {
  createStreamLane,
  type Discarded,
  type StreamLaneSettings,
} from '#local/cloud/sources/stream-lane.ts';

const start = instant(Date.parse('2026-03-01T00:00:00Z'));

const recordOf = (sequence: string): SeenRecord => ({
  shardId: 'shard',
  partitionKey: 'key',
  seenAt: start,
  record: { eventName: 'INSERT', dynamodb: { Keys: {}, SequenceNumber: sequence } },
});

type Handler = (sequences: string[]) => unknown;

const eventSequences = (event: unknown): string[] =>
  [...JSON.stringify(event).matchAll(/"SequenceNumber":"([^"]*)"/g)].map(([, id = '']) => id);

/** Runs a lane over these records on a stopped clock, to its end. */
const runLane = async (
  sequences: readonly string[],
  handler: Handler,
  settings: Partial<StreamLaneSettings> = {},
) => {
  const clock = createClock({ mode: 'stopped', startAt: start });
  const log = (line: string): never => expect.fail(line);
  const activity = createActivity(log);
  const agenda = createAgenda({ clock, activity, log });
  const batches: string[][] = [];
  const discarded: Discarded[] = [];
  const lane = createStreamLane({
    agenda,
    clock,
    log,
    settings: {
      streamArn: 'arn',
      region: 'eu-west-2',
      batchSize: 10,
      windowSeconds: 0,
      reportsItemFailures: false,
      bisects: true,
      maximumRetries: 2,
      maximumAgeSeconds: -1,
      ...settings,
    },
    invoke: async (event): Promise<InvocationResult> => {
      const batch = eventSequences(event);
      batches.push(batch);
      try {
        return { outcome: 'success', requestId: 'r', payload: handler(batch) };
      } catch (error) {
        const failure = { errorType: 'Error', errorMessage: String(error) };
        return { outcome: 'error', requestId: 'r', error: failure };
      }
    },
    discard: async (given) => void discarded.push(given),
    onDone: () => undefined,
    onChange: activity.changed,
  });
  activity.addCheck('lane', () => lane.state() !== 'busy');
  clock.follow({ nextDueAt: agenda.nextDueAt, settled: activity.settled });
  for (const sequence of sequences) lane.add(recordOf(sequence));
  await clock.advanceBy(DAY_MILLISECONDS);
  const givenUp = discarded.flatMap(({ records }) =>
    records.map(({ record }) => record.dynamodb.SequenceNumber),
  );
  return { batches, discarded, givenUp, state: lane.state() };
};

const failOn =
  (poison: readonly string[]): Handler =>
  (batch) => {
    if (batch.some((sequence) => poison.includes(sequence))) throw new Error('poison');
  };

describe('given a lane of a stream', () => {
  it('hands records on in batches, in order', async () => {
    const { batches, state } = await runLane(['1', '2', '3'], () => undefined, { batchSize: 2 });
    expect([batches, state]).toEqual([[['1', '2'], ['3']], 'idle']);
  });

  it('halves a failing batch until the bad record is alone, then gives that up', async () => {
    const { batches, discarded } = await runLane(['1', '2', '3', '4'], failOn(['3']));
    expect(batches).toEqual([
      ['1', '2', '3', '4'],
      ['1', '2'],
      ['3', '4'],
      ['3'],
      ['3'],
      ['3'],
      ['4'],
    ]);
    expect(discarded).toMatchObject([{ condition: 'RetryAttemptsExhausted', invokeCount: 3 }]);
  });

  it('gives the whole batch up when it may not be halved', async () => {
    const { batches, givenUp } = await runLane(['1', '2'], failOn(['2']), { bisects: false });
    expect([batches.length, givenUp]).toEqual([3, ['1', '2']]);
  });

  it('goes on from the first reported failure', async () => {
    let hasFailed = false;
    const handler: Handler = () => {
      if (hasFailed) return { batchItemFailures: [] };
      hasFailed = true;
      return { batchItemFailures: [{ itemIdentifier: '3' }, { itemIdentifier: '2' }] };
    };
    const { batches } = await runLane(['1', '2', '3'], handler, { reportsItemFailures: true });
    expect(batches).toEqual([
      ['1', '2', '3'],
      ['2', '3'],
    ]);
  });

  it('gives records up that have grown too old, and says why', async () => {
    const settings = { maximumAgeSeconds: 60, maximumRetries: -1, bisects: false };
    const { discarded } = await runLane(['1'], failOn(['1']), settings);
    expect(discarded).toMatchObject([{ condition: 'RecordAgeExceeded' }]);
  });

  it('gives up the bad records and no other, whichever they are', async () => {
    const sequences = ['1', '2', '3', '4', '5', '6', '7', '8', '9'];
    await fc.assert(
      fc.asyncProperty(
        fc.subarray(sequences),
        fc.integer({ min: 1, max: 9 }),
        async (poison, size) => {
          const { batches, givenUp } = await runLane(sequences, failOn(poison), {
            batchSize: size,
          });
          const done = batches.filter((batch) => !batch.some((one) => poison.includes(one))).flat();
          expect(givenUp).toEqual(poison);
          expect(done).toEqual(sequences.filter((sequence) => !poison.includes(sequence)));
        },
      ),
      { numRuns: 40 },
    );
  });
});
