import { type Instant, instant, secondsAfter } from '#domain/model/instant.ts';
import type { Agenda } from '../agenda.ts';
import type { MovableClock } from '../clock/clock.ts';
import type { InvocationResult } from '../functions/running-task.ts';
import type { Log } from '../log.ts';
import {
  afterFailure,
  firstFailure,
  nextBatchSize,
  type RetryRules,
  type SeenRecord,
  streamEvent,
} from './stream-batch.ts';

export type StreamLaneSettings = RetryRules & {
  streamArn: string;
  region: string;
  batchSize: number;
  windowSeconds: number;
  reportsItemFailures: boolean;
  /** -1 = for ever. */
  maximumAgeSeconds: number;
};

/** Records that were given up, and why, in Lambda's words. */
export type Discarded = {
  records: readonly SeenRecord[];
  condition: 'RetryAttemptsExhausted' | 'RecordAgeExceeded';
  requestId: string;
  invokeCount: number;
};

export type StreamLaneParts = {
  settings: StreamLaneSettings;
  agenda: Agenda;
  clock: MovableClock;
  invoke: (event: unknown) => Promise<InvocationResult>;
  discard: (discarded: Discarded) => Promise<void>;
  /** Told of records that are done or given up: they need not be read again. */
  onDone: (records: readonly SeenRecord[]) => void;
  onChange: () => void;
  log: Log;
};

export type LaneState = 'idle' | 'busy' | 'waiting';

/** One line of batches in order: a shard, or one of its parallel parts. */
export type StreamLane = { add(record: SeenRecord): void; state(): LaneState };

/** `throttles` counts attempts that did not reach the function, which use up no retries. */
type Attempt = { records: readonly SeenRecord[]; retries: number; throttles: number };
type Wait = (dueAt: Instant, kind: 'retry' | 'window') => Promise<void>;

const FIRST_PAUSE_MILLISECONDS = 100;
const LONGEST_PAUSE_MILLISECONDS = 60_000;

const pauseMilliseconds = (retries: number): number =>
  Math.min(FIRST_PAUSE_MILLISECONDS * 2 ** retries, LONGEST_PAUSE_MILLISECONDS);

/**
 * Takes a batch through its attempts to the end: done, or given up.
 * https://docs.aws.amazon.com/lambda/latest/dg/services-dynamodb-errors.html
 */
const createWork = (parts: StreamLaneParts, wait: Wait) => {
  const { settings, clock, discard } = parts;

  const dropExpired = async ({ records, retries }: Attempt): Promise<readonly SeenRecord[]> => {
    if (settings.maximumAgeSeconds < 0) return records;
    const oldest = clock.now() - settings.maximumAgeSeconds * 1000;
    const expired = records.filter(({ seenAt }) => seenAt < oldest);
    if (expired.length > 0) {
      const condition = 'RecordAgeExceeded';
      await discard({ records: expired, condition, requestId: '', invokeCount: retries });
    }
    return records.filter(({ seenAt }) => seenAt >= oldest);
  };

  const pause = (attempts: number): Promise<void> =>
    wait(instant(clock.now() + pauseMilliseconds(attempts)), 'retry');

  const work = async (attempt: Attempt): Promise<void> => {
    const records = await dropExpired(attempt);
    if (records.length === 0) return;
    const { retries, throttles } = attempt;
    const result = await parts.invoke(streamEvent(records, settings));
    if (result.outcome === 'throttled') {
      await pause(throttles);
      return work({ records, retries, throttles: throttles + 1 });
    }
    const from = firstFailure(result, records, settings.reportsItemFailures);
    if (from === undefined) return;
    const next = afterFailure(records, { from, retries }, settings);
    if (next.step === 'give-up') {
      const { requestId } = result;
      const condition = 'RetryAttemptsExhausted';
      await discard({ records, condition, requestId, invokeCount: retries + 1 });
      return;
    }
    await pause(from > 0 ? 0 : retries);
    for (const batch of next.batches) await work({ ...batch, throttles: 0 });
  };
  return work;
};

/** Waits for a window's end, or for the moment when its batch is full. */
const createWindow = (agenda: Agenda, label: string) => {
  let onFull: (() => void) | undefined;
  return {
    /** Says that the batch is full. */
    fill: (): void => onFull?.(),
    until: async (dueAt: Instant, show: (state: LaneState) => void): Promise<void> => {
      show('waiting');
      await new Promise<void>((resolve) => {
        let cancel: () => void = () => undefined;
        // Known before the agenda is asked: a window that has already ended closes at once.
        onFull = () => {
          onFull = undefined;
          cancel();
          show('busy');
          resolve();
        };
        cancel = agenda.add({ dueAt, kind: 'window', label, run: () => onFull?.() });
      });
    },
  };
};

export const createStreamLane = (parts: StreamLaneParts): StreamLane => {
  const { settings, agenda } = parts;
  const { batchSize, windowSeconds, streamArn } = settings;
  const queue: SeenRecord[] = [];
  let state: LaneState = 'idle';

  const show = (next: LaneState): void => {
    state = next;
    parts.onChange();
  };

  const wait: Wait = (dueAt, kind) =>
    new Promise((resolve) => {
      const run = (): void => {
        show('busy');
        resolve();
      };
      show('waiting');
      agenda.add({ dueAt, kind, label: streamArn, run });
    });
  const work = createWork(parts, wait);
  const window = createWindow(agenda, streamArn);

  const drain = async (): Promise<void> => {
    for (let first = queue[0]; first !== undefined; first = queue[0]) {
      if (windowSeconds > 0 && queue.length < batchSize) {
        await window.until(secondsAfter(first.seenAt, windowSeconds), show);
      }
      const records = queue.splice(0, nextBatchSize(queue, batchSize));
      await work({ records, retries: 0, throttles: 0 });
      parts.onDone(records);
    }
    show('idle');
  };

  return {
    add: (record) => {
      queue.push(record);
      if (queue.length >= batchSize) window.fill();
      if (state !== 'idle') return;
      show('busy');
      // Starts after the caller has added all it read, so that batches fill.
      queueMicrotask(() => {
        // Record: only an engine that is being stopped fails here.
        drain().catch((error) => parts.log(`stream ${streamArn}: ${error}`));
      });
    },
    state: () => state,
  };
};
