import { describe, expect, it } from 'vitest';
import { tellDoneMessages } from '#local/cloud/engines/done-messages.ts';
import type { QueueEngine } from '#local/cloud/engines/queues.ts';

const notAsked = async () => {
  throw new Error('nobody asks this here');
};

/** An engine whose queue always holds the same two messages. */
const engine: QueueEngine = {
  sqs: async (operation) =>
    operation === 'ReceiveMessage'
      ? {
          Messages: [
            { ReceiptHandle: 'h1', Body: 'first' },
            { ReceiptHandle: 'h2', Body: 'second' },
          ],
        }
      : {},
  forward: notAsked,
  sns: notAsked,
  depth: notAsked,
  enter: () => undefined,
  discard: () => undefined,
  stop: async () => undefined,
};

const receive = { QueueUrl: 'q' };
const remove = (...handles: readonly string[]) => ({
  QueueUrl: 'q',
  Entries: handles.map((ReceiptHandle, i) => ({ Id: String(i), ReceiptHandle })),
});

describe('a queue engine that tells what is done', () => {
  it('tells of each message that is taken off the queue, once', async () => {
    const { queues, onMessageDone } = tellDoneMessages(engine);
    const done: string[] = [];
    onMessageDone('q', (body) => done.push(body));
    await queues.sqs('ReceiveMessage', receive);
    await queues.sqs('DeleteMessageBatch', remove('h2'));
    await queues.sqs('DeleteMessageBatch', remove('h2', 'h1'));
    expect(done).toEqual(['second', 'first']);
  });

  it('tells nothing of other queues', async () => {
    const { queues, onMessageDone } = tellDoneMessages(engine);
    const done: string[] = [];
    onMessageDone('another', (body) => done.push(body));
    await queues.sqs('ReceiveMessage', receive);
    await queues.sqs('DeleteMessageBatch', remove('h1'));
    expect(done).toEqual([]);
  });

  it('answers as the engine does', async () => {
    const { queues } = tellDoneMessages(engine);
    expect(await queues.sqs('ReceiveMessage', receive)).toEqual(
      await engine.sqs('ReceiveMessage', receive),
    );
  });
});
