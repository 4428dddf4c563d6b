import { createHash } from 'node:crypto';
import * as z from 'zod';
import { type Instant, instant, instantSchema, secondsAfter } from '#domain/model/instant.ts';
import type { Agenda } from '../agenda.ts';
import type { MovableClock } from '../clock/clock.ts';
import type { Ledger } from '../durable/ledger.ts';
import type { EngineMessage, MessageHooks } from './fauxqs-stores.ts';
import { fifoHooks, fifoParts } from './fifo-queues.ts';
import type { QueueEngine } from './queues.ts';
import { retentionOf } from './retention.ts';
import { envelopeAt } from './topic-envelope.ts';

const attributeSchema = z.object({
  DataType: z.string(),
  StringValue: z.string().exactOptional(),
  BinaryValue: z.string().exactOptional(),
});

const messageSchema = z.object({
  queueName: z.string(),
  messageId: z.string(),
  body: z.string(),
  attributes: z.record(z.string(), attributeSchema),
  sentAt: instantSchema,
  messageGroupId: z.string().exactOptional(),
  messageDeduplicationId: z.string().exactOptional(),
  sequenceNumber: z.string().exactOptional(),
  /** Until then it is held back. */
  dueAt: instantSchema.exactOptional(),
});
const deliveriesSchema = z.object({ count: z.number(), firstAt: instantSchema });

/** A message that was sent, and has not been deleted. */
export type BookedMessage = z.infer<typeof messageSchema>;

/** Knows every message of every queue: stamps it with the cloud's clock, and keeps it. */
export type MessageBook = {
  hooks: MessageHooks;
  /** From now on messages of this queue are kept over restarts, and dropped when too old. */
  addQueue(queueName: string, retentionSeconds: number): void;
  /** Holds a message until the clock shows its `dueAt`, and then puts it into its queue. */
  hold(message: BookedMessage & { dueAt: Instant }): void;
  /** Puts what was kept into the queues again; gives the names of queues that have vanished. */
  restore(): string[];
};

export type MessageBookParts = {
  clock: MovableClock;
  agenda: Agenda;
  ledger: Ledger;
  engine: () => QueueEngine;
};

const md5 = (text: string): string => createHash('md5').update(text).digest('hex');

const bookedOf = (queueName: string, message: EngineMessage): BookedMessage => ({
  queueName,
  messageId: message.messageId,
  body: message.body,
  attributes: message.messageAttributes,
  sentAt: instant(message.sentTimestamp),
  ...fifoParts(message),
});

/** Sets the time stamps that fauxqs took from the machine's clock to those of the cloud's. */
const stamp = (message: EngineMessage, at: Instant): void => {
  const body = envelopeAt(message.body, at);
  message.sentTimestamp = at;
  if (body === message.body) return;
  message.body = body;
  message.md5OfBody = md5(body);
};

export const createMessageBook = (parts: MessageBookParts): MessageBook => {
  const { clock, agenda, ledger, engine } = parts;
  const kept = ledger.collection('messages', messageSchema);
  const deliveries = ledger.collection('deliveries', deliveriesSchema);
  const live = new Map<string, EngineMessage>();
  const queues = new Map<string, ReturnType<typeof retentionOf>>();
  const entering = new Set<string>();

  const forget = (messageId: string): void => {
    live.delete(messageId);
    kept.drop(messageId);
    deliveries.drop(messageId);
  };

  const hooks: MessageHooks = {
    ...fifoHooks(clock, ledger),
    insertMessage: (queueName, message) => {
      const { messageId } = message;
      // One that moves to a dead-letter queue, or is put in again, keeps its times.
      const isNew = message.approximateReceiveCount === 0 && !entering.has(messageId);
      if (isNew) stamp(message, clock.now());
      live.set(messageId, message);
      const queue = queues.get(queueName);
      if (queue === undefined) return;
      if (!kept.has(messageId)) kept.set(messageId, bookedOf(queueName, message));
      queue.entered(messageId, instant(message.sentTimestamp));
    },
    updateMessageInflight: (messageId, ...[, , count]) => {
      const message = live.get(messageId);
      if (message === undefined) return;
      const firstAt = count === 1 ? clock.now() : message.approximateFirstReceiveTimestamp;
      if (firstAt === undefined) return;
      message.approximateFirstReceiveTimestamp = firstAt;
      if (kept.has(messageId)) deliveries.set(messageId, { count, firstAt: instant(firstAt) });
    },
    deleteMessage: (messageId) => {
      forget(messageId);
      for (const queue of queues.values()) queue.left(messageId);
    },
    deleteQueueMessages: (queueName) => {
      for (const messageId of queues.get(queueName)?.clear() ?? []) forget(messageId);
    },
  };

  const enter = ({ queueName, attributes, sentAt, ...message }: BookedMessage): void => {
    const { messageId, dueAt: _, ...rest } = message;
    const delivered = deliveries.get(messageId);
    entering.add(messageId);
    engine().enter(queueName, {
      ...{ ...rest, messageId, messageAttributes: attributes, sentTimestamp: sentAt },
      approximateReceiveCount: delivered?.count ?? 0,
      approximateFirstReceiveTimestamp: delivered?.firstAt,
    });
    entering.delete(messageId);
  };

  const holdUntil = (message: BookedMessage, dueAt: Instant): void => {
    const label = `message ${message.messageId} for ${message.queueName}`;
    agenda.add({ dueAt, kind: 'delay', label, run: () => enter(message) });
  };

  const discard = (queueName: string, messageId: string): void => {
    engine().discard(queueName, messageId);
    forget(messageId);
  };

  return {
    hooks,
    addQueue: (queueName, retentionSeconds) => {
      const expiresAt = (sentAt: Instant): Instant => secondsAfter(sentAt, retentionSeconds);
      const expire = (messageId: string): void => discard(queueName, messageId);
      queues.set(queueName, retentionOf({ queueName, agenda, clock, expiresAt, expire }));
    },
    hold: (message) => {
      kept.set(message.messageId, message);
      holdUntil(message, message.dueAt);
    },
    restore: () => {
      const vanished = new Set<string>();
      for (const [, message] of kept.entries()) {
        if (!queues.has(message.queueName)) vanished.add(message.queueName);
        else if (message.dueAt === undefined) enter(message);
        else holdUntil(message, message.dueAt);
      }
      return [...vanished];
    },
  };
};
