import * as z from 'zod';
import type { Held } from '../model/alert.ts';
import type { HeadEndId } from '../model/ids.ts';
import { type Instant, secondsAfter } from '../model/instant.ts';
import type { Violation } from '../model/violation.ts';
import { type Hold, holdOf } from './held.ts';

/** What a late feed is, and how long alerts wait for one; seconds. */
export const feedLimitsSchema = z.object({
  /** Nothing came of the feed later than so long after the last of the wearer. */
  togetherSeconds: z.number().int().min(0).max(3_600),
  everySeconds: z.number().int().min(60).max(3_600),
  /** No alert is held longer than so long. */
  holdSeconds: z.number().int().min(0).max(86_400),
  /** With fewer wearers the silence of a feed is no other thing than theirs. */
  leastWearers: z.number().int().min(2).max(1_000),
});
export type FeedLimits = z.infer<typeof feedLimitsSchema>;

/** What is known of the feed of a wearer: how late it is, and whose alert tells of it. */
export type FeedSeen = Readonly<{
  headEndId: HeadEndId;
  heardAt: Instant;
  /** Whether it has as many wearers as it takes. */
  isLarge: boolean;
  /** Whether this is the violation whose alert speaks for all. */
  speaks: boolean;
}>;

/** Only the silence of a device may be the feed's; everything else was received, or is told. */
export const mayBeFeed = ({ rule, status, isOldNews }: Violation): boolean =>
  rule === 'device-silent' && status === 'open' && !isOldNews;

/** Whether nothing has come of a feed since the wearer fell silent, but for what came together. */
export const isLateWith = (
  { openedAt }: Violation,
  heardAt: Instant,
  { togetherSeconds }: FeedLimits,
): boolean => heardAt <= secondsAfter(openedAt, togetherSeconds);

/** How an alert begins whose wearer fell silent with the whole feed; null: like any other. */
export const holdForFeed = (
  violation: Violation,
  feed: FeedSeen,
  { limits, now }: Readonly<{ limits: FeedLimits; now: Instant }>,
): Hold | null => {
  if (!mayBeFeed(violation) || !feed.isLarge || feed.speaks) return null;
  if (!isLateWith(violation, feed.heardAt, limits)) return null;
  const { headEndId, heardAt } = feed;
  const { everySeconds, holdSeconds } = limits;
  const untilAt = secondsAfter(now, holdSeconds);
  const held: Held = {
    ...{ why: 'feed-late', headEndId, heardAt, untilAt, everySeconds, backAt: null },
  };
  return holdSeconds === 0 ? null : holdOf(held, now);
};
