import type { ClosedSlice, Slice } from '#domain/evaluate/slice.ts';
import type { WearerRef } from '#domain/model/ids.ts';
import { DAY_MILLISECONDS, type Instant, instant } from '#domain/model/instant.ts';
import type { Clock } from './clock/system-clock.ts';
import type { Trail } from './dynamodb/trail.ts';
import { daysBetween, firstKeptDay, utcDay } from './dynamodb/trail-day.ts';
import type { LoadState } from './dynamodb/wearer-states.ts';
import type { TrailArchive } from './s3/trail-archive.ts';

type Parts = Readonly<{
  loadState: LoadState;
  table: Pick<Trail, 'slicesFrom'>;
  archive: Pick<TrailArchive, 'loadSlices'>;
  now: Clock;
}>;

type Stretch = Readonly<{ fromAt: Instant; toAt: Instant }>;

/** Whoever was silent for longer than this before an instant begins from nothing. */
const MOST_DAYS_BACK = 40;

const byStart = (slices: readonly Slice[]): Slice[] => {
  const once = new Map(slices.map((slice) => [slice.startedAt, slice]));
  return [...once.values()].sort((a, b) => a.startedAt - b.startedAt);
};

/**
 * The slices of a wearer from the one that holds an instant on, up to another, oldest first: from
 * the archive, the table and the state. The state is read first, and the table before the archive:
 * what leaves the one is in the next by then.
 */
export const wholeSlices = ({ loadState, table, archive, now }: Parts) => {
  const archivedBetween = async (wearer: WearerRef, { fromAt, toAt }: Stretch) => {
    const before = firstKeptDay(now());
    const days = daysBetween(fromAt, toAt).filter((day) => day < before);
    const found = await Promise.all(days.map((day) => archive.loadSlices({ wearer, day })));
    return found.flat();
  };

  /** The slice that holds an archived instant has its events on that day, or on an earlier one. */
  const archivedBefore = async (wearer: WearerRef, at: Instant): Promise<ClosedSlice[]> => {
    for (let back = 0; back <= MOST_DAYS_BACK; back += 1) {
      const day = utcDay(at - back * DAY_MILLISECONDS);
      const slices = await archive.loadSlices({ wearer, day });
      const begun = slices.filter(({ startedAt }) => startedAt <= at);
      if (begun.length > 0) return begun;
    }
    return [];
  };

  return async (wearer: WearerRef, stretch: Stretch): Promise<Slice[]> => {
    const { fromAt, toAt } = stretch;
    const { state } = await loadState(wearer);
    const before = state?.slice.startedAt ?? instant(toAt + 1);
    const kept = await table.slicesFrom(wearer, { at: fromAt, before });
    // An older slice in the table proves nothing: those after it may be archived already.
    const archived =
      utcDay(fromAt) >= firstKeptDay(now())
        ? []
        : [...(await archivedBefore(wearer, fromAt)), ...(await archivedBetween(wearer, stretch))];
    const current = state === null ? [] : [state.slice];
    return byStart([...archived, ...kept, ...current]).filter((slice) => slice.startedAt <= toAt);
  };
};
export type LoadSlices = ReturnType<typeof wholeSlices>;
