import {
  SendMessageBatchCommand,
  type SendMessageBatchRequestEntry,
  SendMessageCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';

const MOST_ENTRIES = 10;
/** A batch may weigh 1 MiB in all; kept well below, so that attributes and framing fit too. */
const MOST_BATCH_BYTES = 900_000;
const MOST_TRIES = 3;

/**
 * Some messages could not be put on a queue. Retry: the sender is told, and sends the same again.
 */
export class NotQueued extends Error {
  constructor(count: number) {
    super(`${count} messages could not be put on the queue; send the same again`);
    this.name = 'NotQueued';
  }
}

const inBatches = (bodies: readonly string[]): string[][] => {
  const batches: string[][] = [];
  let weight = 0;
  for (const body of bodies) {
    const last = batches.at(-1);
    weight += body.length;
    if (last === undefined || last.length === MOST_ENTRIES || weight > MOST_BATCH_BYTES) {
      batches.push([body]);
      weight = body.length;
    } else {
      last.push(body);
    }
  }
  return batches;
};

export const queue = (client: SQSClient, QueueUrl: string) => {
  const sendBatch = async (bodies: readonly string[]): Promise<void> => {
    let left: SendMessageBatchRequestEntry[] = bodies.map((MessageBody, i) => ({
      Id: String(i),
      MessageBody,
    }));
    for (let tries = 0; left.length > 0; tries += 1) {
      if (tries === MOST_TRIES) throw new NotQueued(left.length);
      const answer = await client.send(new SendMessageBatchCommand({ QueueUrl, Entries: left }));
      const failed = new Set((answer.Failed ?? []).map(({ Id }) => Id));
      left = left.filter(({ Id }) => failed.has(Id));
    }
  };

  return {
    /**
     * Puts every message on the queue, or throws NotQueued: then some may be there, and a repeat is
     * harmless.
     */
    sendAll: async (messages: readonly unknown[]): Promise<void> => {
      const batches = inBatches(messages.map((message) => JSON.stringify(message)));
      await Promise.all(batches.map(sendBatch));
    },
    /** Puts a message on the queue as it came. */
    forward: async (MessageBody: string): Promise<void> => {
      await client.send(new SendMessageCommand({ QueueUrl, MessageBody }));
    },
    /** One message that becomes visible after at most 900 s. */
    sendLater: async (message: unknown, DelaySeconds: number): Promise<void> => {
      const MessageBody = JSON.stringify(message);
      await client.send(new SendMessageCommand({ QueueUrl, MessageBody, DelaySeconds }));
    },
  };
};
export type Queue = ReturnType<typeof queue>;
