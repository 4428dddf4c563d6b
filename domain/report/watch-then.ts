import type { Watch } from '../evaluate/supervision.ts';
import { eraAt, type Timeline } from '../evaluate/timeline.ts';
import type { Violation } from '../model/violation.ts';

type Named = Pick<
  Violation,
  'violationId' | 'wearerId' | 'openedAt' | 'rule' | 'conditionId' | 'orderId'
>;

/** The watch that found a violation, as it was in force when it began; null: nobody can say. */
export const watchOf = (timelines: readonly Timeline[], violation: Named): Watch | null => {
  const { openedAt, wearerId, violationId, rule, conditionId, orderId } = violation;
  const own = timelines
    .flatMap((timeline) => eraAt(timeline, openedAt).supervision.watches)
    .filter((watch) => watch.rule === rule && watch.condition.conditionId === conditionId);
  // The id names the watch: among the tiers of a zone the longest name that fits is meant.
  const named = own
    .filter(({ watchId }) => violationId.startsWith(`${wearerId}.${watchId}.`))
    .toSorted((a, b) => b.watchId.length - a.watchId.length);
  return (
    named[0] ?? own.find((watch) => watch.orderId === orderId && watch.about === wearerId) ?? null
  );
};

/** Everything that was in force for a wearer: alone, and with whoever an order joins to them. */
export const timelinesOf = ({
  timeline,
  pairTimelines,
}: Readonly<{ timeline: Timeline | null; pairTimelines: readonly Timeline[] }>): Timeline[] => [
  ...(timeline === null ? [] : [timeline]),
  ...pairTimelines,
];
