import * as z from 'zod';
import { type Instant, secondsAfter } from '#domain/model/instant.ts';
import type { MovableClock } from '../clock/clock.ts';
import type { Ledger } from '../durable/ledger.ts';
import type { EngineMessage, EngineQueue } from './fauxqs-stores.ts';

/**
 * For so long a message with the same id is taken, and not delivered.
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/
 * using-messagededuplicationid-property.html
 */
const DEDUPLICATION_SECONDS = 300;

type Seen = { messageId: string; sequenceNumber?: string };

/** What a FIFO queue has seen lately, on the cloud's clock. */
const seenLately = (clock: Pick<MovableClock, 'now'>) => {
  const seen = new Map<string, { what: Seen; until: Instant }>();
  return {
    get: (id: string): Seen | undefined => {
      const found = seen.get(id);
      return found !== undefined && clock.now() < found.until ? found.what : undefined;
    },
    set: (id: string, what: Seen): void => {
      for (const [old, { until }] of seen) {
        if (clock.now() < until) break;
        seen.delete(old);
      }
      seen.delete(id);
      seen.set(id, { what, until: secondsAfter(clock.now(), DEDUPLICATION_SECONDS) });
    },
  };
};

/** What the queue engine tells of FIFO queues, put on the cloud's clock and into its ledger. */
export const fifoHooks = (clock: Pick<MovableClock, 'now'>, ledger: Ledger) => {
  const counters = ledger.collection('sequences', z.number());
  return {
    insertQueue: (queue: EngineQueue): void => {
      if (!queue.isFifo()) return;
      Reflect.set(queue, 'deduplicationCache', seenLately(clock));
      queue.sequenceCounter = counters.get(queue.name) ?? 0;
    },
    updateQueueSequenceCounter: (name: string, counter: number): void => {
      counters.set(name, counter);
    },
  };
};

/** What a message of a FIFO queue has besides; nothing of any other. */
export const fifoParts = (message: EngineMessage) => ({
  ...(message.messageGroupId && { messageGroupId: message.messageGroupId }),
  ...(message.messageDeduplicationId && {
    messageDeduplicationId: message.messageDeduplicationId,
  }),
  ...(message.sequenceNumber && { sequenceNumber: message.sequenceNumber }),
});

/** Takes a message out of a queue of either kind, whether somebody holds it or not. */
export const discardFrom = (queue: EngineQueue, messageId: string): void => {
  const isOther = (message: EngineMessage): boolean => message.messageId !== messageId;
  queue.messages = queue.messages.filter(isOther);
  for (const [group, messages] of queue.fifoMessages) {
    queue.fifoMessages.set(group, messages.filter(isOther));
  }
  for (const [handle, { message }] of queue.inflightMessages) {
    // It also lets the messages behind it in its group come.
    if (!isOther(message)) queue.deleteMessage(handle);
  }
};
