import { type Instant, secondsAfter } from '#domain/model/instant.ts';
import type { Agenda } from '../agenda.ts';
import type { MovableClock } from '../clock/clock.ts';
import type { QueueEngine } from '../engines/queues.ts';
import type { InvocationResult } from '../functions/sandbox.ts';
import type { HeldMessages } from '../gateway/held-messages.ts';
import type { Log } from '../log.ts';
import type { EventFilter } from './event-filter.ts';
import { failedItems } from './partial-response.ts';
import { filterView, type QueueRecord, queueRecord, receivedSchema } from './queue-message.ts';

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

type Received = { record: QueueRecord; engineId: string; receivedAt: Instant };

const MOST_PER_RECEIVE = 10;
const LONG_POLL_SECONDS = 20;
// Visibility is kept on the movable clock, so the engine must not make a message visible by itself.
const HIDDEN_SECONDS = 43_200;

/** Feeds a function from a queue, as Lambda's event source mapping does. */
export const startQueueSource = (parts: QueueSourceParts): EventSource => {
  const { settings, engine, agenda, clock, held, log } = parts;
  const { queueUrl: QueueUrl } = settings;
  let stopped = false;
  let running = 0;
  let heldBack = 0;
  let wakePoller: () => void = () => undefined;
  let collected: Received[] = [];
  let closeWindow: (() => void) | undefined;

  const receive = async (most: number): Promise<Received[]> => {
    const { Messages } = receivedSchema.parse(
      await engine.sqs('ReceiveMessage', {
        QueueUrl,
        MaxNumberOfMessages: Math.min(most, MOST_PER_RECEIVE),
        WaitTimeSeconds: LONG_POLL_SECONDS,
        VisibilityTimeout: HIDDEN_SECONDS,
        AttributeNames: ['All'],
        MessageAttributeNames: ['All'],
      }),
    );
    const receivedAt = clock.now();
    return Messages.map((message) => ({
      record: queueRecord(message, { ...settings, clock, held }),
      engineId: message.MessageId,
      receivedAt,
    }));
  };

  const remove = async (messages: readonly Received[]): Promise<void> => {
    for (let start = 0; start < messages.length; start += MOST_PER_RECEIVE) {
      const some = messages.slice(start, start + MOST_PER_RECEIVE);
      const Entries = some.map(({ record }, index) => ({
        Id: String(index),
        ReceiptHandle: record.receiptHandle,
      }));
      await engine.sqs('DeleteMessageBatch', { QueueUrl, Entries });
    }
    for (const { engineId } of messages) held.forget(engineId);
  };

  const retryLater = ({ record, receivedAt }: Received): void => {
    heldBack += 1;
    agenda.add({
      dueAt: secondsAfter(receivedAt, settings.visibilitySeconds),
      kind: 'retry',
      label: `message ${record.messageId}`,
      run: async () => {
        const ReceiptHandle = record.receiptHandle;
        await engine.sqs('ChangeMessageVisibility', {
          QueueUrl,
          ReceiptHandle,
          VisibilityTimeout: 0,
        });
        heldBack -= 1;
      },
    });
  };

  const failuresOf = (result: InvocationResult, batch: readonly Received[]): string[] | 'all' => {
    if (result.outcome === 'error') return 'all';
    if (!settings.reportsItemFailures) return [];
    return failedItems(
      result.payload,
      batch.map(({ record }) => record.messageId),
    );
  };

  const hand = async (batch: readonly Received[]): Promise<void> => {
    const wanted = batch.filter(({ record }) => settings.filter(filterView(record)));
    await remove(batch.filter((message) => !wanted.includes(message)));
    if (wanted.length === 0) return;
    const result = await parts.invoke({ Records: wanted.map(({ record }) => record) });
    const failed = failuresOf(result, wanted);
    const hasFailed = ({ record }: Received): boolean =>
      failed === 'all' || failed.includes(record.messageId);
    for (const message of wanted.filter(hasFailed)) retryLater(message);
    await remove(wanted.filter((message) => !hasFailed(message)));
  };

  const launch = async (batch: readonly Received[]): Promise<void> => {
    running += 1;
    try {
      await hand(batch);
    } catch (error) {
      // Record: the engine failed, which happens when the cloud is being stopped.
      if (!stopped) log(`queue ${QueueUrl}: ${error}`);
    } finally {
      running -= 1;
      wakePoller();
      parts.onChange();
    }
  };

  const flush = (): Promise<void> => {
    closeWindow?.();
    closeWindow = undefined;
    const batch = collected;
    collected = [];
    return batch.length === 0 ? Promise.resolve() : launch(batch);
  };

  const collect = (messages: readonly Received[]): void => {
    collected.push(...messages);
    const [first] = collected;
    if (first === undefined) return;
    if (settings.windowSeconds === 0 || collected.length >= settings.batchSize) {
      void flush();
    } else if (closeWindow === undefined) {
      const dueAt = secondsAfter(first.receivedAt, settings.windowSeconds);
      closeWindow = agenda.add({ dueAt, kind: 'window', label: QueueUrl, run: flush });
    }
  };

  const poll = async (): Promise<void> => {
    while (!stopped) {
      if (running >= settings.concurrency) {
        await new Promise<void>((resolve) => {
          wakePoller = resolve;
        });
      } else {
        collect(await receive(settings.batchSize - collected.length));
        parts.onChange();
      }
    }
  };

  void poll().catch((error) => {
    // Record: the engine ends its long polls when the cloud stops; anything else is told.
    if (!stopped) log(`queue ${QueueUrl} is no longer polled: ${error}`);
  });

  return {
    isDrained: async () => {
      const { visible, inFlight } = await engine.depth(QueueUrl);
      const excused = clock.canJump ? heldBack + collected.length : 0;
      return visible === 0 && inFlight - excused === 0;
    },
    stop: () => {
      stopped = true;
      wakePoller();
    },
  };
};
