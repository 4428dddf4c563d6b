import { SendMessageBatchCommand, SendMessageCommand } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { queueClient } from '../../stack/fixture-cloud.ts';
import {
  arnOfResource,
  depthOf,
  loggedBy,
  mappedQueue,
  startTinyStack,
  type TinyCloud,
} from './tiny-stack.ts';

// https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html
// https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html
// https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-scaling.html

/** Logs each batch as [body, number of deliveries][]; does what the bodies ask for. */
const CONSUMER = `
let invocations = 0;
exports.handler = async ({ Records }) => {
  invocations += 1;
  console.log('@' + JSON.stringify(
    Records.map(({ body, attributes }) => [body, Number(attributes.ApproximateReceiveCount)])
  ));
  const bodies = Records.map(({ body }) => body);
  if (bodies.includes('first')) console.log('invocation ' + invocations);
  if (bodies.some((body) => body.startsWith('slow'))) await new Promise((done) => setTimeout(done, 150));
  if (bodies.includes('hang')) await new Promise(() => setInterval(() => {}, 1000));
  if (bodies.includes('throw')) throw new Error('asked to');
  const [answer] = bodies.filter((body) => body.startsWith('{"answer"'));
  if (answer !== undefined) return JSON.parse(answer).answer;
  return { batchItemFailures: Records
    .filter(({ body }) => body === 'bad')
    .map(({ messageId }) => ({ itemIdentifier: messageId })) };
};`;

const REPORTS = { FunctionResponseTypes: ['ReportBatchItemFailures'] };
const consumer = (properties = {}) => ({ code: CONSUMER, properties });
const redriven = (maxReceiveCount: number) => ({
  RedrivePolicy: { deadLetterTargetArn: arnOfResource('Dead'), maxReceiveCount },
});
const filters = (...patterns: unknown[]) => ({
  FilterCriteria: { Filters: patterns.map((pattern) => ({ Pattern: JSON.stringify(pattern) })) },
});

const STACK = {
  functions: {
    Batches: consumer(),
    Windowed: consumer(),
    Partial: consumer(),
    Whole: consumer(),
    Answers: consumer(),
    Filtered: consumer(),
    Capped: consumer(),
    Reserved: consumer({ ReservedConcurrentExecutions: 1 }),
    Closed: consumer({ ReservedConcurrentExecutions: 0 }),
    Hanging: consumer({ Timeout: 1 }),
    Heavy: consumer(),
  },
  resources: {
    Dead: { Type: 'AWS::SQS::Queue', Properties: {} },
    ...mappedQueue('Batches', { BatchSize: 3 }),
    ...mappedQueue('Windowed', { BatchSize: 12, MaximumBatchingWindowInSeconds: 5 }),
    ...mappedQueue('Partial', REPORTS, redriven(2)),
    ...mappedQueue('Whole', {}, redriven(2)),
    ...mappedQueue('Answers', { ...REPORTS, BatchSize: 1 }, redriven(2)),
    ...mappedQueue(
      'Filtered',
      filters({ body: { kind: ['fix'], level: [{ numeric: ['>', 3] }] } }),
    ),
    ...mappedQueue('Capped', { BatchSize: 1, ScalingConfig: { MaximumConcurrency: 2 } }),
    ...mappedQueue('Reserved', { BatchSize: 1 }, redriven(2)),
    ...mappedQueue('Closed', {}, redriven(2)),
    ...mappedQueue('Hanging', { BatchSize: 1 }, redriven(2)),
    ...mappedQueue('Heavy', { BatchSize: 10, MaximumBatchingWindowInSeconds: 1 }),
  },
};

let cloud: TinyCloud;

beforeAll(async () => {
  cloud = await startTinyStack(STACK);
});
afterAll(() => cloud.stop());

const send = async (name: string, ...bodies: string[]): Promise<void> => {
  const QueueUrl = cloud.queueUrl(`${name}Queue`);
  for (const MessageBody of bodies) {
    await queueClient(cloud).send(new SendMessageCommand({ QueueUrl, MessageBody }));
  }
};

/** Sends so many at once that they are there together. */
const sendTogether = async (name: string, bodies: readonly string[]): Promise<void> => {
  const QueueUrl = cloud.queueUrl(`${name}Queue`);
  for (let start = 0; start < bodies.length; start += 10) {
    const Entries = bodies
      .slice(start, start + 10)
      .map((MessageBody, index) => ({ Id: `${index}`, MessageBody }));
    await queueClient(cloud).send(new SendMessageBatchCommand({ QueueUrl, Entries }));
  }
};

const batchSchema = z.array(z.tuple([z.string(), z.number()]));
const batchesOf = (name: string): [string, number][][] =>
  loggedBy(cloud, name).map((line) => batchSchema.parse(line));
const deliveriesOf = (name: string): [string, number][] =>
  batchesOf(name)
    .flat()
    .toSorted(([a, m], [b, n]) => a.localeCompare(b) || m - n);

const numbered = (count: number): string[] =>
  Array.from({ length: count }, (_, index) => `m${String(index).padStart(2, '0')}`);

describe('given a queue and its function', () => {
  it('hands over up to BatchSize messages, and never more', async () => {
    await sendTogether('Batches', numbered(7));
    await cloud.settled();
    const sizes = batchesOf('Batches').map(({ length }) => length);
    expect(Math.max(...sizes)).toBeLessThanOrEqual(3);
    expect(deliveriesOf('Batches')).toEqual(numbered(7).map((body) => [body, 1]));
  });

  it('gathers above ten for the length of the window, or until the batch is full', async () => {
    await sendTogether('Windowed', numbered(11));
    await cloud.settled();
    await cloud.clock.advanceBy(4999);
    expect(batchesOf('Windowed')).toEqual([]);
    await cloud.clock.advanceBy(1);
    expect(batchesOf('Windowed').map(({ length }) => length)).toEqual([11]);
    await sendTogether('Windowed', numbered(12));
    await cloud.settled();
    expect(batchesOf('Windowed').map(({ length }) => length)).toEqual([11, 12]);
  });

  it('brings back only what was reported, when its visibility timeout is over', async () => {
    await sendTogether('Partial', ['good', 'bad']);
    await cloud.settled();
    await cloud.clock.advanceBy(29_999);
    expect(deliveriesOf('Partial')).toEqual([
      ['bad', 1],
      ['good', 1],
    ]);
    await cloud.clock.advanceBy(1);
    expect(deliveriesOf('Partial')).toEqual([
      ['bad', 1],
      ['bad', 2],
      ['good', 1],
    ]);
  });

  it('moves a message to the dead-letter queue after maxReceiveCount deliveries', async () => {
    await send('Partial', 'bad');
    await cloud.clock.advanceBy(120_000);
    expect(deliveriesOf('Partial').filter(([, count]) => count > 2)).toEqual([]);
    expect(await depthOf(cloud, 'Dead')).toBeGreaterThan(0);
  });

  it('brings the whole batch back when the function throws and reports nothing', async () => {
    await sendTogether('Whole', ['good', 'throw']);
    await cloud.settled();
    const first = batchesOf('Whole');
    await cloud.clock.advanceBy(30_000);
    const again = batchesOf('Whole').slice(first.length).flat();
    const failedWith = first.find((batch) => batch.some(([body]) => body === 'throw')) ?? [];
    expect(again.toSorted()).toEqual(failedWith.map(([body]) => [body, 2]).toSorted());
  });

  it.each([
    ['an empty list', { batchItemFailures: [] }, 1],
    ['a list that is null', { batchItemFailures: null }, 1],
    ['an empty object', {}, 1],
    ['null', null, 1],
    ['an empty identifier', { batchItemFailures: [{ itemIdentifier: '' }] }, 2],
    ['an identifier that is null', { batchItemFailures: [{ itemIdentifier: null }] }, 2],
    ['a wrong key', { batchItemFailures: [{ identifier: 'x' }] }, 2],
    ['an identifier that was not sent', { batchItemFailures: [{ itemIdentifier: 'x' }] }, 2],
  ])('takes %s as the documentation says', async (_, answer, deliveries) => {
    const body = JSON.stringify({ answer, of: _ });
    await send('Answers', body);
    await cloud.settled();
    await cloud.clock.advanceBy(30_000);
    const counts = deliveriesOf('Answers').filter(([seen]) => seen === body);
    expect(counts).toHaveLength(deliveries);
  });

  it('deletes what its filter does not let through, without an invocation', async () => {
    const [wanted = '', ...others] = [
      { kind: 'fix', level: 4 },
      { kind: 'fix', level: 3 },
      { kind: 'tick', level: 9 },
    ].map((value) => JSON.stringify(value));
    await sendTogether('Filtered', [wanted, ...others, 'plain text']);
    await cloud.settled();
    await cloud.clock.advanceBy(60_000);
    expect(deliveriesOf('Filtered')).toEqual([[wanted, 1]]);
  });

  it('has no more batches with the function than MaximumConcurrency', async () => {
    await sendTogether('Capped', ['slow1', 'slow2', 'slow3', 'slow4']);
    const before = performance.now();
    await cloud.settled();
    // Two at a time, 150 ms each: two rounds at least.
    expect(performance.now() - before).toBeGreaterThan(250);
    expect(deliveriesOf('Capped').map(([, count]) => count)).toEqual([1, 1, 1, 1]);
  });

  it('tries a throttled batch again while it is hidden, without another delivery', async () => {
    await sendTogether('Reserved', ['slow1', 'slow2', 'slow3']);
    await cloud.settled();
    await cloud.clock.advanceBy(29_000);
    expect(deliveriesOf('Reserved')).toEqual([
      ['slow1', 1],
      ['slow2', 1],
      ['slow3', 1],
    ]);
  });

  it('returns what stays throttled to the queue, and so to the dead-letter queue', async () => {
    const before = await depthOf(cloud, 'Dead');
    await send('Closed', 'never');
    await cloud.settled();
    await cloud.clock.advanceBy(90_000);
    expect(batchesOf('Closed')).toEqual([]);
    expect(await depthOf(cloud, 'Dead')).toBe(before + 1);
  });

  it('fails the batch of a function that overruns, and starts anew for the next', async () => {
    await send('Hanging', 'hang');
    await cloud.settled();
    expect(cloud.functionLogs('Hanging').join('\n')).toContain('Task timed out after 1.00 seconds');
    await send('Hanging', 'first');
    await cloud.settled();
    expect(cloud.functionLogs('Hanging')).toContain('invocation 1');
    await cloud.clock.advanceBy(30_000);
    expect(deliveriesOf('Hanging')).toContainEqual(['hang', 2]);
  });

  // https://docs.aws.amazon.com/lambda/latest/dg/invocation-eventsourcemapping.html
  it('hands over no batch above 6 MB', async () => {
    const heavy = 'x'.repeat(900_000);
    for (let index = 0; index < 8; index += 1) await send('Heavy', `${index}${heavy}`);
    await cloud.clock.advanceBy(1000);
    const sizes = batchesOf('Heavy').map(({ length }) => length);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(8);
    expect(Math.max(...sizes)).toBeLessThanOrEqual(6);
  });
});
