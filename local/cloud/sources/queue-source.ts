import { secondsAfter } from '#domain/model/instant.ts';
import type { Agenda } from '../agenda.ts';
import type { MovableClock } from '../clock/clock.ts';
import type { QueueEngine } from '../engines/queues.ts';
import type { InvocationResult } from '../functions/running-task.ts';
import type { HeldMessages } from '../gateway/held-messages.ts';
import type { Log } from '../log.ts';
import { createBatchWindow } from './batch-window.ts';
import type { EventFilter } from './event-filter.ts';
import { createMappedQueue, type TakenMessage } from './mapped-queue.ts';
import { failedItems } from './partial-response.ts';
import { filterView } from './queue-message.ts';

export type QueueSourceSettings = {
  queueUrl: string;
  queueArn: string;
  region: string;
  visibilitySeconds: number;
  batchSize: number;
  windowSeconds: number;
  reportsItemFailures: boolean;
  filter: EventFilter;
  /** How many batches may be with the function at once. */
  concurrency: number;
};

export type QueueSourceParts = {
  settings: QueueSourceSettings;
  engine: QueueEngine;
  agenda: Agenda;
  clock: MovableClock;
  held: HeldMessages;
  log: Log;
  invoke: (event: unknown) => Promise<InvocationResult>;
  onChange: () => void;
};

/** A running event source: ask whether it has work left, or stop it. */
export type EventSource = { isDrained(): Promise<boolean> | boolean; stop(): void };

/** Whether a message of this batch has failed, by the function's result. */
const failureTest = (
  result: InvocationResult,
  batch: readonly TakenMessage[],
  reportsItemFailures: boolean,
): ((message: TakenMessage) => boolean) => {
  if (result.outcome === 'error') return () => true;
  if (!reportsItemFailures) return () => false;
  const sent = batch.map(({ record }) => record.messageId);
  const failed = failedItems(result.payload, sent);
  return ({ record }) => failed === 'all' || failed.includes(record.messageId);
};

type BatchHandler = {
  hand(batch: readonly TakenMessage[]): Promise<void>;
  /** Messages that wait for their visibility timeout to pass. */
  waiting(): number;
};

const createBatchHandler = (
  parts: QueueSourceParts,
  queue: ReturnType<typeof createMappedQueue>,
): BatchHandler => {
  const { settings, agenda, invoke } = parts;
  let waiting = 0;

  const retryLater = (message: TakenMessage): void => {
    waiting += 1;
    const run = async (): Promise<void> => {
      await queue.giveBack(message);
      waiting -= 1;
    };
    const dueAt = secondsAfter(message.takenAt, settings.visibilitySeconds);
    agenda.add({ dueAt, kind: 'retry', label: `message ${message.record.messageId}`, run });
  };

  const hand = async (batch: readonly TakenMessage[]): Promise<void> => {
    const wanted = batch.filter(({ record }) => settings.filter(filterView(record)));
    await queue.remove(batch.filter((message) => !wanted.includes(message)));
    if (wanted.length === 0) return;
    const result = await invoke({ Records: wanted.map(({ record }) => record) });
    const hasFailed = failureTest(result, wanted, settings.reportsItemFailures);
    for (const message of wanted.filter(hasFailed)) retryLater(message);
    await queue.remove(wanted.filter((message) => !hasFailed(message)));
  };

  return { hand, waiting: () => waiting };
};

/** Feeds a function from a queue, as Lambda's event source mapping does. */
export const startQueueSource = (parts: QueueSourceParts): EventSource => {
  const { settings, agenda, clock, log } = parts;
  const { queueUrl, batchSize, windowSeconds, concurrency } = settings;
  const queue = createMappedQueue({ ...parts, ...settings });
  const handler = createBatchHandler(parts, queue);
  let stopped = false;
  let running = 0;
  let wakePoller: () => void = () => undefined;

  const onBatch = async (batch: readonly TakenMessage[]): Promise<void> => {
    running += 1;
    try {
      await handler.hand(batch);
    } catch (error) {
      // Record: the engine failed, which happens when the cloud is being stopped.
      if (!stopped) log(`queue ${queueUrl}: ${error}`);
    } finally {
      running -= 1;
      wakePoller();
      parts.onChange();
    }
  };
  const window = createBatchWindow({ agenda, batchSize, windowSeconds, label: queueUrl, onBatch });

  const untilOneEnds = (): Promise<void> =>
    new Promise((resolve) => {
      wakePoller = resolve;
    });

  const poll = async (): Promise<void> => {
    while (!stopped) {
      if (running >= concurrency) await untilOneEnds();
      else {
        window.add(await queue.take(batchSize - window.size()));
        parts.onChange();
      }
    }
  };

  void poll().catch((error) => {
    // Record: the engine ends its long polls when the cloud stops; anything else is told.
    if (!stopped) log(`queue ${queueUrl} is no longer polled: ${error}`);
  });

  return {
    isDrained: async () => {
      const { visible, inFlight } = await queue.depth();
      const excused = clock.canJump ? handler.waiting() + window.size() : 0;
      return visible === 0 && inFlight - excused === 0;
    },
    stop: () => {
      stopped = true;
      wakePoller();
    },
  };
};
