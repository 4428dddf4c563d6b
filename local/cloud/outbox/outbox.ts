import * as z from 'zod';
import { instantSchema } from '#domain/model/instant.ts';
import type { MovableClock } from '../clock/clock.ts';
import type { Ledger } from '../durable/ledger.ts';

/**
 * How something left the system: to a person on a channel, into a subscriber's queue, or by a post
 * to its address, which took it.
 */
const channelSchema = z.enum(['sms', 'email', 'voice', 'push', 'queue', 'https']);

const messageSchema = z.object({
  channel: channelSchema,
  /** Phone number, e-mail address, endpoint of an app, queue name or address. */
  to: z.string(),
  subject: z.string().exactOptional(),
  text: z.string(),
  attributes: z.record(z.string(), z.string()),
  /** The topic's name; a text message has none. */
  topic: z.string().exactOptional(),
  messageId: z.string(),
});
export type OutboxMessage = Readonly<z.infer<typeof messageSchema>>;

const entrySchema = messageSchema.extend({
  /** 1, 2, 3, in order of acceptance. */
  sequence: z.number(),
  /** On the cloud's clock. */
  acceptedAt: instantSchema,
  /** On the machine's clock, epoch milliseconds. */
  acceptedRealAt: z.number(),
});
export type OutboxEntry = Readonly<z.infer<typeof entrySchema>>;

/** Everything that would have left for people and feeds, in order. */
export type Outbox = {
  entries(): readonly OutboxEntry[];
  /** Called with each new entry; the result ends it. */
  onEntry(listener: (entry: OutboxEntry) => void): () => void;
  /** From now on nothing is accepted for this address; the result takes that back. */
  refuse(channel: RefusingChannel, to: string): () => void;
};

/** Channels whose provider says at once that it will not take something. */
export type RefusingChannel = 'sms' | 'voice' | 'push';

export type WritableOutbox = Outbox & {
  accept(message: OutboxMessage): OutboxEntry;
  isRefused(channel: RefusingChannel, to: string): boolean;
};

/** The outbox, with what is in the ledger already. */
export const createOutbox = (clock: MovableClock, ledger: Ledger): WritableOutbox => {
  const kept = ledger.collection('outbox', entrySchema);
  const entries: OutboxEntry[] = kept.entries().map(([, entry]) => entry);
  const listeners = new Set<(entry: OutboxEntry) => void>();
  const refused = new Set<string>();
  return {
    refuse: (channel, to) => {
      refused.add(`${channel} ${to}`);
      return () => refused.delete(`${channel} ${to}`);
    },
    isRefused: (channel, to) => refused.has(`${channel} ${to}`),
    entries: () => entries,
    onEntry: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    accept: (message) => {
      const sequence = entries.length + 1;
      const acceptedRealAt = Date.now();
      const entry = { ...message, sequence, acceptedAt: clock.now(), acceptedRealAt };
      entries.push(entry);
      kept.set(String(sequence), entry);
      for (const listener of listeners) listener(entry);
      return entry;
    },
  };
};
