/** An item of the trail, as far as its way into the archive goes by it. Days are UTC. */
export type Archivable = Readonly<{
  /** The days on which its events were recorded, in order; never empty. */
  days: readonly string[];
  /** The last day whose part of the archive holds it already. */
  archivedTo: string | null;
}>;

export type ArchivePlan<T> = Readonly<{
  /** What each day's part of the archive must hold before anything is removed. */
  days: ReadonlyMap<string, readonly T[]>;
  /** Wholly archived then. */
  gone: readonly T[];
  /** Reaches into days that are still kept: comes again with the last of them. */
  stays: readonly Readonly<{ item: T; archivedTo: string; lastDay: string }>[];
}>;

/**
 * Parts one wearer's items among the days of the archive. An item goes into each day on which it
 * has an event, so that a day's part is whole by itself.
 */
export const planArchive = <T extends Archivable>(
  items: readonly T[],
  firstKeptDay: string,
): ArchivePlan<T> => {
  const days = new Map<string, T[]>();
  const gone: T[] = [];
  const stays: { item: T; archivedTo: string; lastDay: string }[] = [];
  for (const item of items) {
    const ready = item.days.filter((day) => day < firstKeptDay);
    for (const day of ready) {
      if (item.archivedTo !== null && day <= item.archivedTo) continue;
      days.set(day, [...(days.get(day) ?? []), item]);
    }
    const [lastReady, lastDay] = [ready.at(-1), item.days.at(-1)];
    if (lastDay === undefined || lastReady === lastDay) gone.push(item);
    else stays.push({ item, archivedTo: lastReady ?? item.archivedTo ?? '', lastDay });
  }
  return { days, gone, stays };
};
