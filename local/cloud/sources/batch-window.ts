import { secondsAfter } from '#domain/model/instant.ts';
import type { Agenda } from '../agenda.ts';
import type { TakenMessage } from './mapped-queue.ts';

/** Collects messages until a batch is full or its window has passed, on the clock. */
export type BatchWindow = { add(messages: readonly TakenMessage[]): void; size(): number };

export type BatchWindowParts = {
  agenda: Agenda;
  batchSize: number;
  /** 0 = hand on at once whatever there is. */
  windowSeconds: number;
  label: string;
  onBatch: (batch: readonly TakenMessage[]) => Promise<void>;
};

export const createBatchWindow = (parts: BatchWindowParts): BatchWindow => {
  let collected: TakenMessage[] = [];
  let close: (() => void) | undefined;

  const flush = (): Promise<void> => {
    close?.();
    close = undefined;
    const batch = collected;
    collected = [];
    return parts.onBatch(batch);
  };

  return {
    size: () => collected.length,
    add: (messages) => {
      collected.push(...messages);
      const [first] = collected;
      if (first === undefined) return;
      if (parts.windowSeconds === 0 || collected.length >= parts.batchSize) {
        void flush();
      } else if (close === undefined) {
        const dueAt = secondsAfter(first.takenAt, parts.windowSeconds);
        close = parts.agenda.add({ dueAt, kind: 'window', label: parts.label, run: flush });
      }
    },
  };
};
