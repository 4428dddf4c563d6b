import * as z from 'zod';
import type { QueueEngine } from './queues.ts';

/** Called with the body of each message that a function is done with. */
export type DoneListener = (body: string) => void;

const receivedSchema = z.looseObject({
  Messages: z.array(z.looseObject({ ReceiptHandle: z.string(), Body: z.string() })).default([]),
});
const queueSchema = z.looseObject({ QueueUrl: z.string() });
const deletedSchema = queueSchema.extend({
  Entries: z.array(z.looseObject({ ReceiptHandle: z.string() })),
});

/**
 * A queue engine that tells when its messages are taken off a queue: by the event sources, which do
 * so once a function is done with them. It remembers messages only where somebody listens.
 */
export const tellDoneMessages = (engine: QueueEngine) => {
  const listeners = new Map<string, DoneListener>();
  const bodies = new Map<string, string>();

  const noteReceived = (answer: unknown): void => {
    for (const { ReceiptHandle, Body } of receivedSchema.parse(answer).Messages) {
      bodies.set(ReceiptHandle, Body);
    }
  };

  const noteDeleted = (input: unknown, listener: DoneListener): void => {
    for (const { ReceiptHandle } of deletedSchema.parse(input).Entries) {
      const body = bodies.get(ReceiptHandle);
      bodies.delete(ReceiptHandle);
      if (body !== undefined) listener(body);
    }
  };

  const sqs: QueueEngine['sqs'] = async (operation, input) => {
    const answer = await engine.sqs(operation, input);
    const listener = listeners.get(queueSchema.safeParse(input).data?.QueueUrl ?? '');
    if (listener === undefined) return answer;
    if (operation === 'ReceiveMessage') noteReceived(answer);
    if (operation === 'DeleteMessageBatch') noteDeleted(input, listener);
    return answer;
  };

  return {
    queues: { ...engine, sqs },
    /** Tells of one queue's messages from now on. */
    onMessageDone: (queueUrl: string, listener: DoneListener): void => {
      listeners.set(queueUrl, listener);
    },
  };
};
