import type { Instant } from '#domain/model/instant.ts';

/** What the sender of a delayed message was promised. */
export type MessageOrigin = { messageId: string; sentAt: Instant };

/**
 * Remembers, by the id the queue engine gave, what the sender of a delayed message was promised.
 */
export type HeldMessages = {
  forwarded(engineMessageId: string, origin: MessageOrigin): void;
  originOf(engineMessageId: string): MessageOrigin | undefined;
  forget(engineMessageId: string): void;
};

export const createHeldMessages = (): HeldMessages => {
  const origins = new Map<string, MessageOrigin>();
  return {
    forwarded: (engineMessageId, origin) => origins.set(engineMessageId, origin),
    originOf: (engineMessageId) => origins.get(engineMessageId),
    forget: (engineMessageId) => origins.delete(engineMessageId),
  };
};
