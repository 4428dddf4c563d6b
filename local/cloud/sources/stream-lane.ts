import { type Instant, instant, secondsAfter } from '#domain/model/instant.ts';
import type { Agenda } from '../agenda.ts';
import type { MovableClock } from '../clock/clock.ts';
import type { InvocationResult } from '../functions/sandbox.ts';
import type { Log } from '../log.ts';
import { failedItems } from './partial-response.ts';
import type { ShardRecord } from './stream-reader.ts';

/** A record and when it was first seen, on the cloud's clock. */
export type SeenRecord = ShardRecord & { seenAt: Instant };

export type StreamLaneSettings = {
  streamArn: string;
  region: string;
  batchSize: number;
  windowSeconds: number;
  reportsItemFailures: boolean;
  bisects: boolean;
  /** -1 = for ever. */
  maximumRetries: number;
  /** -1 = for ever. */
  maximumAgeSeconds: number;
};

/** Why records were given up, in Lambda's words. */
export type DiscardCondition = 'RetryAttemptsExhausted' | 'RecordAgeExceeded';

export type Discarded = {
  records: readonly SeenRecord[];
  condition: DiscardCondition;
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

/** One line of batches in order: a shard, or one of its parallel parts. */
export type StreamLane = {
  add(record: SeenRecord): void;
  state(): 'idle' | 'busy' | 'waiting';
};

type Attempt = { records: readonly SeenRecord[]; retries: number };

const FIRST_PAUSE_MILLISECONDS = 100;
const LONGEST_PAUSE_MILLISECONDS = 60_000;

const sequenceOf = ({ record }: SeenRecord): string => record.dynamodb.SequenceNumber;

export const createStreamLane = (parts: StreamLaneParts): StreamLane => {
  const { settings, agenda, clock } = parts;
  const queue: SeenRecord[] = [];
  let state: 'idle' | 'busy' | 'waiting' = 'idle';

  const show = (next: typeof state): void => {
    state = next;
    parts.onChange();
  };

  const until = (dueAt: Instant, kind: 'retry' | 'window'): Promise<void> =>
    new Promise((resolve) => {
      const run = (): void => {
        show('busy');
        resolve();
      };
      agenda.add({ dueAt, kind, label: settings.streamArn, run });
      if (dueAt > clock.now()) show('waiting');
    });

  const pause = (retries: number): Promise<void> => {
    const milliseconds = Math.min(
      FIRST_PAUSE_MILLISECONDS * 2 ** retries,
      LONGEST_PAUSE_MILLISECONDS,
    );
    return until(instant(clock.now() + milliseconds), 'retry');
  };

  const eventRecord = ({ record, seenAt }: SeenRecord) => ({
    ...record,
    awsRegion: settings.region,
    eventSourceARN: settings.streamArn,
    dynamodb: { ...record.dynamodb, ApproximateCreationDateTime: Math.floor(seenAt / 1000) },
  });

  /** The place of the first record to do again; undefined when all is done. */
  const firstFailure = (
    result: InvocationResult,
    records: readonly SeenRecord[],
  ): number | undefined => {
    if (result.outcome === 'error') return 0;
    if (!settings.reportsItemFailures) return undefined;
    const sequences = records.map(sequenceOf);
    const failed = failedItems(result.payload, sequences);
    if (failed === 'all') return 0;
    return failed.length === 0
      ? undefined
      : Math.min(...failed.map((sequence) => sequences.indexOf(sequence)));
  };

  const dropExpired = async ({ records, retries }: Attempt): Promise<readonly SeenRecord[]> => {
    if (settings.maximumAgeSeconds < 0) return records;
    const oldest = clock.now() - settings.maximumAgeSeconds * 1000;
    const expired = records.filter(({ seenAt }) => seenAt < oldest);
    if (expired.length > 0) {
      const condition = 'RecordAgeExceeded';
      await parts.discard({ records: expired, condition, requestId: '', invokeCount: retries });
    }
    return records.filter(({ seenAt }) => seenAt >= oldest);
  };

  const work = async (attempt: Attempt): Promise<void> => {
    const records = await dropExpired(attempt);
    if (records.length === 0) return;
    const result = await parts.invoke({ Records: records.map(eventRecord) });
    const from = firstFailure(result, records);
    if (from === undefined) return;
    const { retries } = attempt;
    const { requestId } = result;
    if (from > 0) {
      // What came before is done; the rest begins its own count of retries.
      await pause(0);
      await work({ records: records.slice(from), retries: 0 });
    } else if (settings.bisects && records.length > 1) {
      // Splitting does not count as a retry.
      const middle = Math.ceil(records.length / 2);
      await pause(retries);
      await work({ records: records.slice(0, middle), retries });
      await work({ records: records.slice(middle), retries });
    } else if (settings.maximumRetries >= 0 && retries >= settings.maximumRetries) {
      const condition = 'RetryAttemptsExhausted';
      await parts.discard({ records, condition, requestId, invokeCount: retries + 1 });
    } else {
      await pause(retries);
      await work({ records, retries: retries + 1 });
    }
  };

  const drain = async (): Promise<void> => {
    for (let first = queue[0]; first !== undefined; first = queue[0]) {
      if (settings.windowSeconds > 0 && queue.length < settings.batchSize) {
        await until(secondsAfter(first.seenAt, settings.windowSeconds), 'window');
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
