import * as z from 'zod';
import { type Instant, secondsAfter } from '../model/instant.ts';

/**
 * How many text messages one contact is sent at most, within two spans of time. Whatever must not
 * wait is counted, and never kept waiting by it.
 */
export const throttleLimitsSchema = z.object({
  shortSeconds: z.number().int().min(60).max(3_600),
  mostInShort: z.number().int().min(1).max(1_000),
  longSeconds: z.number().int().min(60).max(86_400),
  mostInLong: z.number().int().min(1).max(1_000),
});
export type ThrottleLimits = z.infer<typeof throttleLimitsSchema>;

/** When so many of what was sent no longer lie within the last seconds; null: there is room. */
const roomAt = (
  sentAt: readonly Instant[],
  { most, seconds, now }: Readonly<{ most: number; seconds: number; now: Instant }>,
): Instant | null => {
  const within = sentAt.filter((at) => secondsAfter(at, seconds) > now).sort((a, b) => b - a);
  const last = within[most - 1];
  return last === undefined ? null : secondsAfter(last, seconds);
};

/** Until when a contact is spared another message that can wait; null: they are free. */
export const sparedUntil = (
  sentAt: readonly Instant[],
  limits: ThrottleLimits,
  now: Instant,
): Instant | null => {
  const { shortSeconds, mostInShort, longSeconds, mostInLong } = limits;
  const short = roomAt(sentAt, { most: mostInShort, seconds: shortSeconds, now });
  const long = roomAt(sentAt, { most: mostInLong, seconds: longSeconds, now });
  return short === null || long === null ? (short ?? long) : short > long ? short : long;
};

/** What is remembered of a contact after another message: as much as the longer span asks for. */
export const withSent = (
  sentAt: readonly Instant[],
  limits: ThrottleLimits,
  now: Instant,
): Instant[] => {
  const spanSeconds = Math.max(limits.shortSeconds, limits.longSeconds);
  const kept = [...sentAt, now].filter((at) => secondsAfter(at, spanSeconds) > now);
  const most = Math.max(limits.mostInShort, limits.mostInLong);
  return kept.sort((a, b) => a - b).slice(-most);
};
