import { eachOnce } from '#domain/evaluate/slice.ts';
import type { DeviceEvent } from '#domain/model/device-event.ts';
import type { WearerRef } from '#domain/model/ids.ts';
import type { Instant } from '#domain/model/instant.ts';
import type { Clock } from './clock/system-clock.ts';
import type { Trail } from './dynamodb/trail.ts';
import { daysBetween, firstKeptDay } from './dynamodb/trail-day.ts';
import type { TrailArchive } from './s3/trail-archive.ts';

type Parts = Readonly<{
  table: Pick<Trail, 'load'>;
  archive: Pick<TrailArchive, 'load'>;
  now: Clock;
}>;

/**
 * The trail of a wearer between two instants, both included, wherever it lies: in the table, in
 * the archive, or in both while it moves. The table is read first: what leaves it is in the
 * archive before, so nothing slips through between the two reads.
 */
export const wholeTrail = ({ table, archive, now }: Parts): Pick<Trail, 'load'> => ({
  load: async (wearer: WearerRef, fromAt: Instant, toAt: Instant): Promise<DeviceEvent[]> => {
    const kept = await table.load(wearer, fromAt, toAt);
    const archivedBefore = firstKeptDay(now());
    const days = daysBetween(fromAt, toAt).filter((day) => day < archivedBefore);
    if (days.length === 0) return kept;
    const archived = await Promise.all(days.map((day) => archive.load({ wearer, day })));
    const within = archived
      .flat()
      .filter(({ recordedAt }) => recordedAt >= fromAt && recordedAt <= toAt);
    return eachOnce([...kept, ...within]);
  },
});
