import { type Instant, instant, secondsAfter } from '#domain/model/instant.ts';
import type { Agenda } from '../agenda.ts';
import type { MovableClock } from '../clock/clock.ts';
import type { InvocationResult } from '../functions/running-task.ts';
import type { Log } from '../log.ts';
import {
  afterFailure,
  firstFailure,
  type RetryRules,
  type SeenRecord,
  streamEventRecord,
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
  onChange: () => void;
  log: Log;
};

export type LaneState = 'idle' | 'busy' | 'waiting';

/** One line of batches in order: a shard, or one of its parallel parts. */
export type StreamLane = { add(record: SeenRecord): void; state(): LaneState };

type Attempt = { records: readonly SeenRecord[]; retries: number };
type Wait = (dueAt: Instant, kind: 'retry' | 'window') => Promise<void>;

const FIRST_PAUSE_MILLISECONDS = 100;
const LONGEST_PAUSE_MILLISECONDS = 60_000;

const pauseMilliseconds = (retries: number): number =>
  Math.min(FIRST_PAUSE_MILLISECONDS * 2 ** retries, LONGEST_PAUSE_MILLISECONDS);

/** Takes a batch through its attempts to the end: done, or given up. */
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

  const work = async (attempt: Attempt): Promise<void> => {
    const records = await dropExpired(attempt);
    if (records.length === 0) return;
    const Records = records.map((record) => streamEventRecord(record, settings));
    const result = await parts.invoke({ Records });
    const from = firstFailure(result, records, settings.reportsItemFailures);
    if (from === undefined) return;
    const { retries } = attempt;
    const next = afterFailure(records, { from, retries }, settings);
    if (next.step === 'give-up') {
      const { requestId } = result;
      const condition = 'RetryAttemptsExhausted';
      await discard({ records, condition, requestId, invokeCount: retries + 1 });
      return;
    }
    await wait(instant(clock.now() + pauseMilliseconds(from > 0 ? 0 : retries)), 'retry');
    for (const batch of next.batches) await work(batch);
  };
  return work;
};

export const createStreamLane = (parts: StreamLaneParts): StreamLane => {
  const { settings, agenda } = parts;
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
      agenda.add({ dueAt, kind, label: settings.streamArn, run });
    });
  const work = createWork(parts, wait);

  const drain = async (): Promise<void> => {
    for (let first = queue[0]; first !== undefined; first = queue[0]) {
      if (settings.windowSeconds > 0 && queue.length < settings.batchSize) {
        await wait(secondsAfter(first.seenAt, settings.windowSeconds), 'window');
      }
      await work({ records: queue.splice(0, settings.batchSize), retries: 0 });
    }
    show('idle');
  };

  return {
    add: (record) => {
      queue.push(record);
      if (state !== 'idle') return;
      show('busy');
      // Starts after the caller has added all it read, so that batches fill.
      queueMicrotask(() => {
        // Record: only an engine that is being stopped fails here.
        drain().catch((error) => parts.log(`stream ${settings.streamArn}: ${error}`));
      });
    },
    state: () => state,
  };
};
