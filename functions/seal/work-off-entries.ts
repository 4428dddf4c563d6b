import * as z from 'zod';
import { type Instant, instant, secondsBetween } from '#domain/model/instant.ts';
import type { SealedEntry } from '#domain/record/link.ts';
import { readText } from '../adapters/dynamodb/items.ts';
import { sealedEntryFrom } from '../adapters/dynamodb/sealed-entries.ts';
import { imageItem } from '../adapters/dynamodb/stream-image.ts';
import { errorName, type Telemetry } from '../adapters/log/log.ts';
import { type BatchResponse, failuresOf } from '../middleware/batch.ts';
import { type SealDeps, sealEntries } from './seal-entries.ts';

const imageSchema = z.record(z.string(), z.record(z.string(), z.unknown()));

/** A batch of the record's stream, as far as we read it: new entries alone pass its filter. */
export const entriesBatchSchema = z.object({
  Records: z.array(
    z.object({
      dynamodb: z.object({
        SequenceNumber: z.string(),
        NewImage: imageSchema,
        /** In seconds. */
        ApproximateCreationDateTime: z.number().optional(),
      }),
    }),
  ),
});
type EntryRecord = z.infer<typeof entriesBatchSchema>['Records'][number];

export type WorkOffDeps = SealDeps & Readonly<{ telemetry: Telemetry }>;

type Waiting = Readonly<{ nth: number; sequence: string; at: Instant | null; entry: SealedEntry }>;

/** So many chains at once: while one waits for an answer another is worked on. */
const CHAINS_AT_ONCE = 8;

const waitingFrom = ({ dynamodb }: EntryRecord, nth: number): readonly [string, Waiting] => {
  const item = imageItem(dynamodb.NewImage);
  const seconds = dynamodb.ApproximateCreationDateTime;
  const waiting = {
    nth,
    sequence: dynamodb.SequenceNumber,
    at: seconds === undefined ? null : instant(Math.round(seconds * 1000)),
    entry: sealedEntryFrom(item),
  };
  return [readText(item, 'pk'), waiting];
};

const byChain = (records: readonly EntryRecord[]): Map<string, Waiting[]> => {
  const chains = new Map<string, Waiting[]>();
  records.forEach((record, nth) => {
    const [chain, waiting] = waitingFrom(record, nth);
    chains.set(chain, [...(chains.get(chain) ?? []), waiting]);
  });
  return chains;
};

/** The first record of a chain that could not be sealed; null where all of it is. */
const sealChain = async (
  deps: WorkOffDeps,
  [chain, waiting]: readonly [string, readonly Waiting[]],
): Promise<Waiting | null> => {
  try {
    await sealEntries(
      deps,
      chain,
      waiting.map(({ entry }) => entry),
    );
    return null;
  } catch (error) {
    // Retry: the stream gives it again; what gives up in the end is found by the net.
    deps.telemetry.log.error('entries not sealed', { chain, error: errorName(error) });
    return waiting[0] ?? null;
  }
};

/** How long the entry that waited longest has waited, as of now. */
const tellAge = (deps: WorkOffDeps, waiting: readonly Waiting[]): void => {
  const now = deps.now();
  const ages = waiting.flatMap(({ at }) => (at === null ? [] : [secondsBetween(at, now)]));
  deps.telemetry.measure('sealedAfterMaxSeconds', Math.max(0, ...ages));
};

/**
 * Input: new entries of the record, from its table's stream. Output: the first record that must be
 * given again. Course: the entries of each partition go into its chain, one chain after another and
 * some at once; a chain that fails holds up no other.
 */
export const workOffEntries = async (
  deps: WorkOffDeps,
  records: readonly EntryRecord[],
): Promise<BatchResponse> => {
  const chains = [...byChain(records)];
  const failed: Waiting[] = [];
  for (let i = 0; i < chains.length; i += CHAINS_AT_ONCE) {
    const some = chains.slice(i, i + CHAINS_AT_ONCE);
    const outcomes = await Promise.all(some.map((chain) => sealChain(deps, chain)));
    failed.push(...outcomes.flatMap((one) => (one === null ? [] : [one])));
  }
  tellAge(
    deps,
    chains.flatMap(([, waiting]) => waiting),
  );
  const first = failed.reduce<Waiting | null>(
    (least, one) => (least === null || one.nth < least.nth ? one : least),
    null,
  );
  return failuresOf(first === null ? [] : [first.sequence]);
};
