import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { type Activity, createActivity } from '#local/cloud/activity.ts';
import { type Agenda, createAgenda } from '#local/cloud/agenda.ts';
import type { MovableClock } from '#local/cloud/clock/clock.ts';
import { forgetfulLedger } from '#local/cloud/durable/ledger.ts';
import { createMessageBook } from '#local/cloud/engines/message-book.ts';
import { type QueueEngine, startQueues } from '#local/cloud/engines/queues.ts';
import type { InvocationResult } from '#local/cloud/functions/running-task.ts';
import { createEventFilter } from '#local/cloud/sources/event-filter.ts';
import {
  type EventSource,
  type QueueSourceSettings,
  startQueueSource,
} from '#local/cloud/sources/queue-source.ts';
import { stoppedClock } from './fixture-cloud.ts';

const QueueUrl = 'http://127.0.0.1/000000000000/work';

const eventSchema = z.object({ Records: z.array(z.looseObject({ body: z.string() })) });
const bodiesOf = (event: unknown): string[] =>
  eventSchema.parse(event).Records.map(({ body }) => body);

let engine: QueueEngine;
let clock: MovableClock;
let activity: Activity;
let agenda: Agenda;
let source: EventSource | undefined;
let batches: string[][];

const fail = (line: string): never => expect.fail(line);

beforeEach(async () => {
  clock = stoppedClock();
  activity = createActivity(fail);
  agenda = createAgenda({ clock, activity, log: fail });
  const ledger = forgetfulLedger();
  const book = createMessageBook({ clock, agenda, ledger, engine: () => engine });
  engine = await startQueues('eu-west-2', book.hooks);
  await engine.sqs('CreateQueue', { QueueName: 'work' });
  clock.follow({ nextDueAt: agenda.nextDueAt, settled: activity.settled });
  batches = [];
});
afterEach(async () => {
  source?.stop();
  await engine.stop();
});

type Answer = (bodies: string[]) => unknown;

const start = (settings: Partial<QueueSourceSettings>, answer: Answer = () => null): void => {
  const started = startQueueSource({
    ...{ engine, agenda, clock, log: fail },
    onChange: activity.changed,
    settings: {
      queueUrl: QueueUrl,
      queueArn: 'arn:aws:sqs:eu-west-2:000000000000:work',
      region: 'eu-west-2',
      visibilitySeconds: 30,
      batchSize: 10,
      windowSeconds: 0,
      reportsItemFailures: true,
      filter: () => true,
      concurrency: 1,
      ...settings,
    },
    invoke: async (event): Promise<InvocationResult> => {
      const bodies = bodiesOf(event);
      batches.push(bodies.toSorted());
      return { outcome: 'success', requestId: 'r', payload: await answer(bodies) };
    },
  });
  activity.addCheck('source', started.isDrained);
  source = started;
};

const send = async (...bodies: string[]): Promise<void> => {
  for (const MessageBody of bodies) await engine.sqs('SendMessage', { QueueUrl, MessageBody });
};

const numbered = (count: number): string[] =>
  Array.from({ length: count }, (_, index) => `${index}`);

describe('given a queue and its consumer', () => {
  it('hands over no more than a batch at a time', async () => {
    await send(...numbered(7));
    start({ batchSize: 3 });
    await activity.settled();
    expect(batches.map(({ length }) => length)).toEqual([3, 3, 1]);
    expect(batches.flat().toSorted()).toEqual(numbered(7));
  });

  it('collects for the length of its window, on the clock', async () => {
    start({ batchSize: 100, windowSeconds: 5 });
    await send('a');
    await activity.settled();
    await clock.advanceBy(4000);
    await send('b');
    await activity.settled();
    expect(batches).toEqual([]);
    await clock.advanceBy(1000);
    expect(batches).toEqual([['a', 'b']]);
  });

  it('does not wait for the end of the window when the batch is full', async () => {
    start({ batchSize: 15, windowSeconds: 60 });
    await send(...numbered(16));
    await activity.settled();
    expect(batches.map(({ length }) => length)).toEqual([15]);
    await clock.advanceBy(60_000);
    expect(batches.map(({ length }) => length)).toEqual([15, 1]);
  });

  it.each([
    ['a malformed response', { batchItemFailures: [{ itemIdentifier: '' }] }],
    ['an unknown item', { batchItemFailures: [{ itemIdentifier: 'nobody' }] }],
  ])('takes %s for the failure of the whole batch', async (_, response) => {
    const answers: unknown[] = [response];
    await send('a', 'b');
    start({}, () => answers.shift() ?? null);
    await activity.settled();
    await clock.advanceBy(30_000);
    expect(batches.flat().toSorted()).toEqual(['a', 'a', 'b', 'b']);
  });

  it('deletes what its filter does not let through, without a call', async () => {
    const criteria = { Filters: [{ Pattern: '{"body":{"kind":["fix"]}}' }] };
    await send('{"kind":"fix"}', '{"kind":"other"}', 'plain text');
    start({ filter: createEventFilter(criteria, 'test') });
    await activity.settled();
    expect(batches.flat()).toEqual(['{"kind":"fix"}']);
    expect(await engine.depth(QueueUrl)).toEqual({ visible: 0, inFlight: 0 });
  });

  it('has no more batches with the function than it may', async () => {
    let running = 0;
    let most = 0;
    await send(...numbered(12));
    start({ batchSize: 1, concurrency: 3 }, async () => {
      running += 1;
      most = Math.max(most, running);
      await new Promise((resolve) => setTimeout(resolve, 5));
      running -= 1;
    });
    await activity.settled();
    expect([most, batches.length]).toEqual([3, 12]);
  });
});
