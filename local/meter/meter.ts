import type { MeteredRow, Usage, UsageEntry } from './usage.ts';

export type MeteredPlace = Readonly<{ by: string; what: string; on?: string }>;

/** Counts what AWS would bill. Counting is one look-up and one addition. */
export type Meter = {
  count(row: MeteredRow, place: MeteredPlace, amount?: number): void;
  /** Notes a thing that is billed by its being there, however often it is seen. */
  standing(row: MeteredRow, place: MeteredPlace, amount?: number): void;
  /** All that was counted since the cloud started. */
  snapshot(): Usage;
  /** What was counted since that snapshot; what stands is whole in both. */
  since(before: Usage): Usage;
};

type Keyed = Pick<UsageEntry, 'row'> & MeteredPlace;

const keyOf = ({ row, by, what, on = '' }: Keyed): string => `${row}|${by}|${what}|${on}`;

/** `now` is the cloud's clock, in milliseconds. */
export const createMeter = (now: () => number): Meter => {
  const startedAt = now();
  const counted = new Map<string, UsageEntry & { amount: number }>();
  const standing = new Map<string, UsageEntry>();

  const entryOf = (row: MeteredRow, { by, what, on = '' }: MeteredPlace, amount: number) => ({
    ...{ row, by, what, on, amount },
  });

  const snapshot = (): Usage => ({
    spanSeconds: (now() - startedAt) / 1000,
    entries: [...counted.values()].map((entry) => ({ ...entry })),
    standing: [...standing.values()],
  });

  return {
    count: (row, place, amount = 1) => {
      const key = keyOf({ row, ...place });
      const found = counted.get(key);
      if (found === undefined) counted.set(key, entryOf(row, place, amount));
      else found.amount += amount;
    },
    standing: (row, place, amount = 1) => {
      const key = keyOf({ row, ...place });
      if (!standing.has(key)) standing.set(key, entryOf(row, place, amount));
    },
    snapshot,
    since: (before) => {
      const earlier = new Map(before.entries.map((entry) => [keyOf(entry), entry.amount]));
      const after = snapshot();
      const entries = after.entries
        .map((entry) => ({ ...entry, amount: entry.amount - (earlier.get(keyOf(entry)) ?? 0) }))
        .filter(({ amount }) => amount !== 0);
      return { ...after, entries, spanSeconds: after.spanSeconds - before.spanSeconds };
    },
  };
};
