import { eachOnce } from '#domain/evaluate/slice.ts';
import type { DeviceEvent } from '#domain/model/device-event.ts';
import type { WearerRef } from '#domain/model/ids.ts';
import {
  DAY_MILLISECONDS,
  earlierOf,
  type Instant,
  instant,
  laterOf,
} from '#domain/model/instant.ts';
import type { Clock } from './clock/system-clock.ts';
import type { SetAside } from './dynamodb/set-aside.ts';
import type { Trail } from './dynamodb/trail.ts';
import { daysBetween, firstKeptDay, startOfDay } from './dynamodb/trail-day.ts';
import type { LoadState } from './dynamodb/wearer-states.ts';
import type { TrailArchive } from './s3/trail-archive.ts';

export type TrailDaysParts = Readonly<{
  loadState: LoadState;
  table: Pick<Trail, 'load'>;
  loadSetAside: SetAside;
  archive: Pick<TrailArchive, 'loadDay'>;
  now: Clock;
}>;

/** One UTC day of a trail, or what of it was asked for. */
export type TrailDay = Readonly<{
  /** In the order of time, each once. */
  events: readonly DeviceEvent[];
  /** Events of devices that were not on the wearer. */
  setAside: readonly DeviceEvent[];
}>;

type Stretch = Readonly<{ fromAt: Instant; toAt: Instant }>;

/** So many days are read ahead: one by one the way there would take longest. */
const READ_AHEAD_DAYS = 4;

/**
 * The trail of a wearer day by day, the oldest first, wherever it lies: in the archive, the table
 * or the state. Both ends are included. A few days are in memory at a time, however many are asked
 * for.
 */
export const trailDays = ({ loadState, table, loadSetAside, archive, now }: TrailDaysParts) => {
  const read = async (wearer: WearerRef, day: string, asked: Stretch): Promise<TrailDay> => {
    const fromAt = laterOf(asked.fromAt, startOfDay(day));
    const toAt = earlierOf(asked.toAt, instant(startOfDay(day) + DAY_MILLISECONDS - 1));
    // The state first, then the table, then the archive: what leaves one is in the next by then.
    // What was kept of a parked wearer goes the other way, so their state is read once more.
    const before = await loadState(wearer);
    const [kept, aside] = await Promise.all([
      table.load(wearer, fromAt, toAt),
      loadSetAside(wearer, { fromAt, toAt }),
    ]);
    const after = before.parkedAt === null ? before : await loadState(wearer);
    const archived =
      day < firstKeptDay(now())
        ? await archive.loadDay({ wearer, day })
        : { events: [], setAside: [] };
    const current = [before, after].flatMap(({ state }) => state?.slice.inputs ?? []);
    const isWithin = ({ recordedAt: at }: DeviceEvent): boolean => at >= fromAt && at <= toAt;
    return {
      events: eachOnce([...archived.events, ...kept, ...current].filter(isWithin)),
      setAside: eachOnce([...archived.setAside, ...aside].filter(isWithin)),
    };
  };

  return async function* (wearer: WearerRef, asked: Stretch): AsyncGenerator<TrailDay> {
    const days = daysBetween(asked.fromAt, asked.toAt);
    for (let i = 0; i < days.length; i += READ_AHEAD_DAYS) {
      const some = days.slice(i, i + READ_AHEAD_DAYS);
      yield* await Promise.all(some.map((day) => read(wearer, day, asked)));
    }
  };
};
export type ReadTrailDays = ReturnType<typeof trailDays>;
