import type { WearerRef } from '#domain/model/ids.ts';
import { planArchive } from '#domain/trail/archive-plan.ts';
import type { ArchivableItems } from '../adapters/dynamodb/archivable-items.ts';
import { startOfDay } from '../adapters/dynamodb/trail-day.ts';
import type { TrailArchive } from '../adapters/s3/trail-archive.ts';

export type ArchiveWearerDeps = Readonly<{
  items: ArchivableItems;
  archive: Pick<TrailArchive, 'keep'>;
}>;

/** So many items of a wearer are removed at once: more would only wait for a connection. */
const REMOVED_AT_ONCE = 6;

/**
 * Archives what a wearer has from before the first kept day: each day's object is written and
 * verified before any item is removed from the table. Gives the number of days written. Stopped
 * anywhere it loses nothing; done again it doubles nothing.
 */
export const archiveWearer = async (
  { items, archive }: ArchiveWearerDeps,
  wearer: WearerRef,
  firstKeptDay: string,
): Promise<number> => {
  const found = await items.load(wearer, startOfDay(firstKeptDay));
  const { days, gone, stays } = planArchive(found, firstKeptDay);
  for (const [day, ofDay] of days) {
    await archive.keep(
      { wearer, day },
      ofDay.map(({ item }) => item),
    );
  }
  for (const { item, archivedTo, lastDay } of stays) {
    await items.leave(item.item, archivedTo, lastDay);
  }
  for (let i = 0; i < gone.length; i += REMOVED_AT_ONCE) {
    const some = gone.slice(i, i + REMOVED_AT_ONCE);
    await Promise.all(some.map(({ item }) => items.remove(item)));
  }
  return days.size;
};
