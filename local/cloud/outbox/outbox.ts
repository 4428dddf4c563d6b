import type { Instant } from '#domain/model/instant.ts';
import type { MovableClock } from '../clock/clock.ts';

/**
 * How something left the system: a text message, an e-mail, or a message in a subscriber's queue.
 */
export type OutboxChannel = 'sms' | 'email' | 'queue';

export type OutboxMessage = {
  channel: OutboxChannel;
  /** Phone number, e-mail address or queue name. */
  to: string;
  subject?: string;
  text: string;
  attributes: Readonly<Record<string, string>>;
  /** The topic's name; a text message has none. */
  topic?: string;
  messageId: string;
};

export type OutboxEntry = OutboxMessage & {
  /** 1, 2, 3, in order of acceptance. */
  sequence: number;
  /** On the cloud's clock. */
  acceptedAt: Instant;
  /** On the machine's clock, epoch milliseconds. */
  acceptedRealAt: number;
};

/** Everything that would have left for people and feeds, in order. */
export type Outbox = {
  entries(): readonly OutboxEntry[];
  /** Called with each new entry; the result ends it. */
  onEntry(listener: (entry: OutboxEntry) => void): () => void;
};

export type WritableOutbox = Outbox & { accept(message: OutboxMessage): OutboxEntry };

export const createOutbox = (clock: MovableClock): WritableOutbox => {
  const entries: OutboxEntry[] = [];
  const listeners = new Set<(entry: OutboxEntry) => void>();
  return {
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
      for (const listener of listeners) listener(entry);
      return entry;
    },
  };
};
