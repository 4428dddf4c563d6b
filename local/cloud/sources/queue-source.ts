import { type Instant, secondsAfter } from '#domain/model/instant.ts';
import type { Agenda } from '../agenda.ts';
import type { MovableClock } from '../clock/clock.ts';
import type { QueueEngine } from '../engines/queues.ts';
import type { InvocationResult } from '../functions/running-task.ts';
import type { Log } from '../log.ts';
import { createBatchWindow } from './batch-window.ts';
import type { EventFilter } from './event-filter.ts';
import { createMappedQueue, type TakenMessage } from './mapped-queue.ts';
import { failedItems } from './partial-response.ts';
import { countThatFits } from './payload-cut.ts';
import { filterView } from './queue-message.ts';

export type QueueSourceSettings = {
  queueUrl: string;
  queueArn: string;
  region: string;
  visibilitySeconds: number;
  batchSize: number;
  windowSeconds: number;
  reportsItemFailures: boolean;
  /** Undefined = every message is wanted, and no body need be read. */
  filter: EventFilter | undefined;
  /** How many batches may be with the function at once. */
  concurrency: number;
};

export type QueueSourceParts = {
  settings: QueueSourceSettings;
  engine: QueueEngine;
  agenda: Agenda;
  clock: MovableClock;
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
  if (result.outcome !== 'success') return () => true;
  if (!reportsItemFailures) return () => false;
  const sent = batch.map(({ record }) => record.messageId);
  const failed = failedItems(result.payload, sent);
  return ({ record }) => failed === 'all' || failed.includes(record.messageId);
};

/** How long a throttled batch waits before Lambda tries again; twice as long each time. */
const FIRST_PAUSE_SECONDS = 1;

type BatchHandler = {
  hand(batch: readonly TakenMessage[]): Promise<void>;
  /** Messages that wait for their visibility timeout to pass. */
  waiting(): number;
};

const createBatchHandler = (
  parts: QueueSourceParts,
  queue: ReturnType<typeof createMappedQueue>,
): BatchHandler => {
  const { settings, agenda, clock, invoke } = parts;
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

  const pause = (dueAt: Instant, count: number): Promise<void> =>
    new Promise((resolve) => {
      waiting += count;
      const run = (): void => {
        waiting -= count;
        resolve();
      };
      agenda.add({ dueAt, kind: 'retry', label: `throttled batch of ${settings.queueUrl}`, run });
    });

  /** A throttled batch is tried again for as long as its messages are hidden in the queue. */
  const invokeInTime = async (batch: readonly TakenMessage[]): Promise<InvocationResult> => {
    const event = { Records: batch.map(({ record }) => record) };
    const takenAt = batch[0]?.takenAt ?? clock.now();
    const hiddenUntil = secondsAfter(takenAt, settings.visibilitySeconds);
    for (let pauseSeconds = FIRST_PAUSE_SECONDS; ; pauseSeconds *= 2) {
      const result = await invoke(event);
      const againAt = secondsAfter(clock.now(), pauseSeconds);
      if (result.outcome !== 'throttled' || againAt >= hiddenUntil) return result;
      await pause(againAt, batch.length);
    }
  };

  const handOne = async (batch: readonly TakenMessage[]): Promise<void> => {
    const result = await invokeInTime(batch);
    const hasFailed = failureTest(result, batch, settings.reportsItemFailures);
    for (const message of batch.filter(hasFailed)) retryLater(message);
    await queue.remove(batch.filter((message) => !hasFailed(message)));
  };

  /** The messages that the filter lets through; the others are deleted. */
  const filtered = async (batch: readonly TakenMessage[]): Promise<readonly TakenMessage[]> => {
    const { filter } = settings;
    if (filter === undefined) return batch;
    const wanted = batch.filter(({ record }) => filter(filterView(record)));
    await queue.remove(batch.filter((message) => !wanted.includes(message)));
    return wanted;
  };

  const hand = async (batch: readonly TakenMessage[]): Promise<void> => {
    const wanted = await filtered(batch);
    for (let rest = wanted; rest.length > 0; ) {
      const count = countThatFits(rest, ({ record }) => record.body.length);
      await handOne(rest.slice(0, count));
      rest = rest.slice(count);
    }
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
