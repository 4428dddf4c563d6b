import * as z from 'zod';
import type { ApiClient } from '#local/replay/api-client.ts';
import { asReader } from '#local/replay/as-reader.ts';
import { OFFICER } from '../population/documents.ts';

const trailSchema = z.object({ events: z.array(z.object({ recordedAt: z.string() })) });

const DAY_MILLISECONDS = 86_400_000;
const AHEAD_MILLISECONDS = 60_000;
const AT_ONCE = 6;

export type KeptFixes = Readonly<{ wearers: number; expected: number; found: number }>;

export type KeptParts = Readonly<{
  api: ApiClient;
  /** Whose trails are read. */
  numbers: readonly number[];
  wearerIdOf: (number: number) => string;
  /** Fixes of each wearer that were answered with 202. */
  taken: readonly number[];
}>;

/** Reads trails back through the API and counts: every fix that was taken must be there, once. */
export const countKept = async (parts: KeptParts): Promise<KeptFixes> => {
  const { api, numbers, wearerIdOf, taken } = parts;
  const to = Date.now() + AHEAD_MILLISECONDS;
  const from = new Date(to - DAY_MILLISECONDS).toISOString();
  const query = `from=${from}&to=${new Date(to).toISOString()}`;
  let found = 0;
  const left = numbers.values();
  const work = async (): Promise<void> => {
    for (let next = left.next(); next.done !== true; next = left.next()) {
      const path = `/v1/wearers/${wearerIdOf(next.value)}/trail?${query}`;
      const { events } = trailSchema.parse(await api.get(asReader(OFFICER.personId, path)));
      found += events.length;
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  const expected = numbers.reduce((sum, number) => sum + (taken[number] ?? 0), 0);
  return { wearers: numbers.length, expected, found };
};

/** So many numbers, evenly spread, and those that are asked for besides. */
export const spreadNumbers = (
  everybody: number,
  count: number,
  besides: readonly number[],
): number[] => {
  const some = Math.min(count, everybody);
  const spread = Array.from({ length: some }, (_, i) => Math.floor((i * everybody) / some));
  return [...new Set([...spread, ...besides])];
};
