import type { Instant } from '#domain/model/instant.ts';
import type { MovableClock } from '../clock/clock.ts';
import type { QueueDepth, QueueEngine } from '../engines/queues.ts';
import { type QueueRecord, queueRecord, receivedSchema } from './queue-message.ts';

/** A message that an event source has taken from its queue, and when, on the cloud's clock. */
export type TakenMessage = { record: QueueRecord; takenAt: Instant };

/** A queue as its event source uses it. */
export type MappedQueue = {
  /** Waits up to 20 s for messages; empty when none came. */
  take(most: number): Promise<TakenMessage[]>;
  remove(messages: readonly TakenMessage[]): Promise<void>;
  /** Makes a taken message visible again, now. */
  giveBack(message: TakenMessage): Promise<void>;
  depth(): Promise<QueueDepth>;
};

export type MappedQueueParts = {
  engine: QueueEngine;
  clock: MovableClock;
  queueUrl: string;
  queueArn: string;
  region: string;
};

const MOST_PER_CALL = 10;
const LONG_POLL_SECONDS = 20;
// Visibility is kept on the movable clock, so the engine must not make a message visible by itself.
const HIDDEN_SECONDS = 43_200;

export const createMappedQueue = (parts: MappedQueueParts): MappedQueue => {
  const { engine, clock, queueUrl: QueueUrl } = parts;
  return {
    take: async (most) => {
      const { Messages } = receivedSchema.parse(
        await engine.sqs('ReceiveMessage', {
          QueueUrl,
          MaxNumberOfMessages: Math.min(most, MOST_PER_CALL),
          WaitTimeSeconds: LONG_POLL_SECONDS,
          VisibilityTimeout: HIDDEN_SECONDS,
          AttributeNames: ['All'],
          MessageAttributeNames: ['All'],
        }),
      );
      const takenAt = clock.now();
      return Messages.map((message) => ({
        record: queueRecord(message, parts),
        takenAt,
      }));
    },
    remove: async (messages) => {
      for (let start = 0; start < messages.length; start += MOST_PER_CALL) {
        const some = messages.slice(start, start + MOST_PER_CALL);
        const Entries = some.map(({ record }, index) => ({
          Id: String(index),
          ReceiptHandle: record.receiptHandle,
        }));
        await engine.sqs('DeleteMessageBatch', { QueueUrl, Entries });
      }
    },
    giveBack: async ({ record }) => {
      const change = { QueueUrl, ReceiptHandle: record.receiptHandle, VisibilityTimeout: 0 };
      await engine.sqs('ChangeMessageVisibility', change);
    },
    depth: () => engine.depth(QueueUrl),
  };
};
