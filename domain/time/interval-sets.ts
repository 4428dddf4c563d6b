import { earlierOf, type Instant, laterOf } from '../model/instant.ts';

/** What made an edge: a window or exception by its place in the timetable, or a limit. */
export type EdgeSource =
  | `windows.${number}`
  | `exceptions.${number}`
  | 'permission'
  | 'validity'
  | 'horizon';

/** From `startAt` until just before `endAt`. */
export type ActiveInterval = Readonly<{
  startAt: Instant;
  endAt: Instant;
  startsBy: EdgeSource;
  endsBy: EdgeSource;
}>;

const isLasting = ({ startAt, endAt }: ActiveInterval): boolean => startAt < endAt;

/** All that lies in any of the intervals, in order; those that overlap or touch become one. */
export const unite = (intervals: readonly ActiveInterval[]): ActiveInterval[] => {
  const inOrder = intervals.filter(isLasting).sort((a, b) => a.startAt - b.startAt);
  const united: ActiveInterval[] = [];
  for (const next of inOrder) {
    const last = united[united.length - 1];
    if (last === undefined || next.startAt > last.endAt) united.push(next);
    else if (next.endAt > last.endAt) {
      united[united.length - 1] = { ...last, endAt: next.endAt, endsBy: next.endsBy };
    }
  }
  return united;
};

/** What of the intervals lies within a limit. */
export const clip = (
  intervals: readonly ActiveInterval[],
  limit: ActiveInterval,
): ActiveInterval[] => intervals.map((interval) => clipOne(interval, limit)).filter(isLasting);

/** One that lies within stays the very same: a thousand of them are shared by many wearers. */
const clipOne = (interval: ActiveInterval, limit: ActiveInterval): ActiveInterval => {
  const { startAt, endAt, startsBy, endsBy } = interval;
  if (startAt >= limit.startAt && endAt <= limit.endAt) return interval;
  return {
    startAt: laterOf(startAt, limit.startAt),
    endAt: earlierOf(endAt, limit.endAt),
    startsBy: startAt < limit.startAt ? limit.startsBy : startsBy,
    endsBy: endAt > limit.endAt ? limit.endsBy : endsBy,
  };
};

const cutOne = (interval: ActiveInterval, cut: ActiveInterval): ActiveInterval[] => {
  if (cut.endAt <= interval.startAt || cut.startAt >= interval.endAt) return [interval];
  const before = { ...interval, endAt: cut.startAt, endsBy: cut.startsBy };
  const after = { ...interval, startAt: cut.endAt, startsBy: cut.endsBy };
  return [before, after].filter(isLasting);
};

/** What of the intervals lies in none of the cuts. */
export const cutOut = (
  intervals: readonly ActiveInterval[],
  cuts: readonly ActiveInterval[],
): ActiveInterval[] =>
  unite(cuts).reduce<ActiveInterval[]>(
    (left, cut) => left.flatMap((interval) => cutOne(interval, cut)),
    [...intervals],
  );

/** What lies in both of two sets of intervals, each in order and without overlaps. */
export const common = (
  one: readonly ActiveInterval[],
  other: readonly ActiveInterval[],
): ActiveInterval[] => {
  const found: ActiveInterval[] = [];
  for (let [i, j] = [0, 0]; ; ) {
    const [a, b] = [one[i], other[j]];
    if (a === undefined || b === undefined) return found;
    found.push(...clip([a], b));
    if (a.endAt <= b.endAt) i += 1;
    else j += 1;
  }
};
