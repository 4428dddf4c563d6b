import type { Instant } from '#domain/model/instant.ts';
import type { Agenda } from '../agenda.ts';
import type { MovableClock } from '../clock/clock.ts';

/** Follows the ages of one queue's messages. */
export type Retention = {
  entered(messageId: string, sentAt: Instant): void;
  left(messageId: string): void;
  /** Forgets all, and gives their ids. */
  clear(): string[];
};

export type RetentionParts = {
  queueName: string;
  agenda: Agenda;
  clock: MovableClock;
  expiresAt: (sentAt: Instant) => Instant;
  expire: (messageId: string) => void;
};

/**
 * Drops messages when they have been kept long enough, counted from when they were first sent, also
 * in a dead-letter queue.
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/
 * sqs-dead-letter-queues.html
 */
export const retentionOf = (parts: RetentionParts): Retention => {
  const { queueName, agenda, clock, expiresAt, expire } = parts;
  const ends = new Map<string, Instant>();
  let next: { dueAt: Instant; cancel: () => void } | undefined;

  const arm = (dueAt: Instant): void => {
    if (next !== undefined && next.dueAt <= dueAt) return;
    next?.cancel();
    const cancel = agenda.add({ dueAt, kind: 'retention', label: queueName, run });
    next = { dueAt, cancel };
  };

  const run = (): void => {
    next = undefined;
    let earliest: Instant | undefined;
    for (const [messageId, endsAt] of ends) {
      if (endsAt <= clock.now()) {
        ends.delete(messageId);
        expire(messageId);
      } else if (earliest === undefined || endsAt < earliest) earliest = endsAt;
    }
    if (earliest !== undefined) arm(earliest);
  };

  return {
    entered: (messageId, sentAt) => {
      const endsAt = expiresAt(sentAt);
      ends.set(messageId, endsAt);
      arm(endsAt);
    },
    left: (messageId) => ends.delete(messageId),
    clear: () => {
      const ids = [...ends.keys()];
      ends.clear();
      return ids;
    },
  };
};
