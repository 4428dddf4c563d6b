import type { WearerId } from '../model/ids.ts';
import { DAY_SECONDS, earlierOf, type Instant, laterOf, secondsBetween } from '../model/instant.ts';

/** A device on a wearer, for a stretch of time; null: it has no end yet. */
export type OnWearer = Readonly<{ wearerId: WearerId; startsAt: Instant; endsAt: Instant | null }>;

/** The end is not part of it. */
export type Period = Readonly<{ fromAt: Instant; toAt: Instant }>;

type Stretch = Readonly<{ from: Instant; to: Instant }>;

const within = ({ startsAt, endsAt }: OnWearer, { fromAt, toAt }: Period): Stretch => ({
  from: laterOf(startsAt, fromAt),
  to: endsAt === null ? toAt : earlierOf(endsAt, toAt),
});

/** How long at least one of some stretches went on, in seconds: what overlaps counts once. */
const covered = (stretches: readonly Stretch[]): number => {
  let seconds = 0;
  let until: Instant | null = null;
  for (const { from, to } of stretches.toSorted((a, b) => a.from - b.from)) {
    const start = until === null ? from : laterOf(from, until);
    if (to <= start) continue;
    seconds += secondsBetween(start, to);
    until = to;
  }
  return seconds;
};

/**
 * For how many days wearers had a device on, all together, within a period: one wearer for 24 hours
 * is one, also with two devices.
 */
export const wearerDays = (worn: readonly OnWearer[], period: Period): number => {
  const byWearer = Map.groupBy(worn, ({ wearerId }) => wearerId);
  const seconds = [...byWearer.values()].map((own) =>
    covered(own.map((one) => within(one, period))),
  );
  return seconds.reduce((sum, one) => sum + one, 0) / DAY_SECONDS;
};
