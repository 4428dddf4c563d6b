import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { instant } from '#domain/model/instant.ts';
import { createActivity } from '#local/cloud/activity.ts';
import { createAgenda } from '#local/cloud/agenda.ts';
import { createClock } from '#local/cloud/clock/clock.ts';
import { type Ledger, openLedger } from '#local/cloud/durable/ledger.ts';
import { createMessageBook } from '#local/cloud/engines/message-book.ts';
import { type QueueEngine, startQueues } from '#local/cloud/engines/queues.ts';
import { attributeFields } from '#local/cloud/gateway/sns-form.ts';

const TOPIC = 'arn:aws:sns:eu-west-2:000000000000:news.fifo';
const QUEUE = 'http://127.0.0.1/000000000000/kent.fifo';
const RETENTION_SECONDS = 3_600;

const receivedSchema = z.looseObject({
  Messages: z
    .array(
      z.looseObject({
        Body: z.string(),
        ReceiptHandle: z.string(),
        Attributes: z.record(z.string(), z.string()),
      }),
    )
    .default([]),
});

/** A FIFO topic and a FIFO queue behind it, over a ledger in this directory. */
const open = async (directory: string) => {
  const failed = (error: Error) => {
    throw error;
  };
  const ledger: Ledger = await openLedger(join(directory, 'ledger'), failed);
  const startAt = instant(Date.parse('2026-11-22T20:00:00Z'));
  const clock = createClock({ mode: 'stopped', startAt });
  const log = () => undefined;
  const activity = createActivity(log);
  const agenda = createAgenda({ clock, activity, log });
  clock.follow({ nextDueAt: agenda.nextDueAt, settled: async () => undefined });
  const book = createMessageBook({ clock, agenda, ledger, engine: () => engine });
  const engine: QueueEngine = await startQueues('eu-west-2', book.hooks);
  await engine.sns({
    ...{ Action: 'CreateTopic', Name: 'news.fifo' },
    ...attributeFields({ FifoTopic: 'true' }),
  });
  await engine.sqs('CreateQueue', { QueueName: 'kent.fifo', Attributes: { FifoQueue: 'true' } });
  book.addQueue('kent.fifo', RETENTION_SECONDS);
  await engine.sns({
    ...{ Action: 'Subscribe', TopicArn: TOPIC, Protocol: 'sqs' },
    Endpoint: 'arn:aws:sqs:eu-west-2:000000000000:kent.fifo',
    ...attributeFields({ RawMessageDelivery: 'true' }),
  });

  const publish = (Message: string, incident: string, id = Message) =>
    engine.sns({
      ...{ Action: 'Publish', TopicArn: TOPIC, Message },
      ...{ MessageGroupId: incident, MessageDeduplicationId: id },
    });
  const receive = async () => {
    const { Messages } = receivedSchema.parse(
      await engine.sqs('ReceiveMessage', {
        ...{ QueueUrl: QUEUE, MaxNumberOfMessages: 10, VisibilityTimeout: 43_200 },
        AttributeNames: ['All'],
      }),
    );
    return Messages;
  };
  const remove = (ReceiptHandle: string) =>
    engine.sqs('DeleteMessage', { QueueUrl: QUEUE, ReceiptHandle });
  const giveBack = (ReceiptHandle: string) =>
    engine.sqs('ChangeMessageVisibility', {
      ...{ QueueUrl: QUEUE, ReceiptHandle },
      VisibilityTimeout: 0,
    });
  /** Everything that there is, in the order in which it comes. */
  const drain = async (): Promise<string[]> => {
    const bodies: string[] = [];
    for (;;) {
      const messages = await receive();
      if (messages.length === 0) return bodies;
      for (const { Body, ReceiptHandle } of messages) {
        bodies.push(Body);
        await remove(ReceiptHandle);
      }
    }
  };
  const close = async () => {
    agenda.stop();
    await engine.stop();
    await ledger.close();
  };
  return { clock, book, publish, receive, remove, giveBack, drain, close };
};

let directory: string;
let feed: Awaited<ReturnType<typeof open>>;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'fifo-'));
  feed = await open(directory);
});
afterEach(async () => {
  await feed.close();
  await rm(directory, { recursive: true });
});

describe('given a FIFO topic with a FIFO queue behind it', () => {
  it('brings the messages of each incident in the order in which they were published', async () => {
    for (const message of ['a.1', 'b.1', 'a.2', 'b.2', 'a.3']) {
      await feed.publish(message, message.slice(0, 1));
    }
    const came = await feed.drain();
    expect(came.filter((body) => body.startsWith('a'))).toEqual(['a.1', 'a.2', 'a.3']);
    expect(came.filter((body) => body.startsWith('b'))).toEqual(['b.1', 'b.2']);
  });

  it('holds an incident while one of its messages is held, and no other incident', async () => {
    await feed.publish('a.1', 'a');
    const [held] = await feed.receive();
    await feed.publish('a.2', 'a');
    await feed.publish('b.1', 'b');
    expect(await feed.drain()).toEqual(['b.1']);
    await feed.giveBack(held?.ReceiptHandle ?? '');
    expect(await feed.drain()).toEqual(['a.1', 'a.2']);
  });

  it('drops what comes twice within five minutes of the clock, not what comes later', async () => {
    await feed.publish('a.1', 'a');
    await feed.clock.advanceBy(299_999);
    await feed.publish('a.1', 'a');
    expect(await feed.drain()).toEqual(['a.1']);
    await feed.clock.advanceBy(1);
    await feed.publish('a.1', 'a');
    expect(await feed.drain()).toEqual(['a.1']);
  });

  it('refuses a message without a group or an id', async () => {
    await expect(feed.publish('a.1', '')).rejects.toThrow('MessageGroupId');
    await expect(feed.publish('a.1', 'a', '')).rejects.toThrow('MessageDeduplicationId');
  });

  it('lets an incident go on when the message before it is too old', async () => {
    await feed.publish('a.1', 'a');
    await feed.receive();
    await feed.clock.advanceBy(1);
    await feed.publish('a.2', 'a');
    await feed.publish('a.3', 'a');
    await feed.clock.advanceBy(RETENTION_SECONDS * 1000 - 1);
    expect(await feed.drain()).toEqual(['a.2', 'a.3']);
  });

  it('goes on after a restart with the same messages, in order, and higher numbers', async () => {
    for (const message of ['a.1', 'a.2', 'a.3']) await feed.publish(message, 'a');
    const [first] = await feed.receive();
    await feed.remove(first?.ReceiptHandle ?? '');
    const [held] = await feed.receive();
    await feed.close();
    feed = await open(directory);
    expect(feed.book.restore()).toEqual([]);
    const [again] = await feed.receive();
    expect([again?.Body, again?.Attributes.ApproximateReceiveCount]).toEqual(['a.2', '2']);
    expect(again?.Attributes).toMatchObject({
      MessageGroupId: 'a',
      MessageDeduplicationId: 'a.2',
      SequenceNumber: held?.Attributes.SequenceNumber,
    });
    await feed.publish('a.4', 'a');
    await feed.remove(again?.ReceiptHandle ?? '');
    const [third] = await feed.receive();
    await feed.remove(third?.ReceiptHandle ?? '');
    const [fourth] = await feed.receive();
    expect([third?.Body, fourth?.Body]).toEqual(['a.3', 'a.4']);
    expect(fourth?.Attributes.SequenceNumber).toBe('00000000000000000004');
  });
});
