import type { ClosedSlice } from '#domain/evaluate/slice.ts';
import type { DeviceEvent } from '#domain/model/device-event.ts';
import { eventsOf } from '../dynamodb/item-events.ts';
import { type Item, readText } from '../dynamodb/items.ts';
import { isAside } from '../dynamodb/keys.ts';
import { sliceFrom } from '../dynamodb/trail.ts';
import { packDay, unpackDay, type WearerDay } from './day-object.ts';
import type { Objects } from './objects.ts';

/** Somebody else archives the same day at this moment: whoever is second comes again. */
class DayChanged extends Error {
  constructor() {
    super('an archived day changed while it was written');
    this.name = 'DayChanged';
  }
}

/** What S3 holds is not what was sent: nothing may be removed for it. */
class DayNotKept extends Error {
  constructor() {
    super('an archived day does not have the checksum that it was sent with');
    this.name = 'DayNotKept';
  }
}

/** Ids need no escaping, so a key is three of them: everything of a wearer lies together. */
const dayKey = ({ wearer, day }: WearerDay): string =>
  `${wearer.agencyId}/${wearer.wearerId}/${day}.ndjson.gz`;

/** What an archived day holds: the trail, and what was set aside. */
type ArchivedDay = Readonly<{
  events: readonly DeviceEvent[];
  setAside: readonly DeviceEvent[];
}>;

export const trailArchive = (objects: Objects) => {
  const write = async (at: WearerDay, items: readonly Item[], replaces: string | null) => {
    const body = packDay(at, items);
    if ((await objects.put(dayKey(at), body, replaces)) === 'conflict') return 'conflict';
    if (!(await objects.holds(dayKey(at), body))) throw new DayNotKept();
    return 'kept';
  };

  /** Adds to a day that is there already: it only grows, and a repeat writes nothing. */
  const merge = async (at: WearerDay, items: readonly Item[]): Promise<void> => {
    const found = await objects.get(dayKey(at));
    if (found === null) throw new DayChanged();
    const kept = unpackDay(at, found.body);
    const merged = [...kept.items, ...items];
    const { manifest } = unpackDay(at, packDay(at, merged));
    if (manifest.sha256 === kept.manifest.sha256) return;
    if ((await write(at, merged, found.etag)) === 'conflict') throw new DayChanged();
  };

  const itemsOf = async (at: WearerDay): Promise<Item[]> => {
    const found = await objects.get(dayKey(at));
    return found === null ? [] : unpackDay(at, found.body).items;
  };

  return {
    /**
     * Keeps items of a wearer's day. When it returns, S3 holds them: by its checksum of what was
     * sent, or because they were read back. Throws otherwise, and may be called again.
     */
    keep: async (at: WearerDay, items: readonly Item[]): Promise<void> => {
      if ((await write(at, items, null)) === 'conflict') await merge(at, items);
    },

    /** The events of the trail in an archived day; none where nothing was archived. */
    load: async (at: WearerDay): Promise<DeviceEvent[]> => {
      const items = await itemsOf(at);
      return items.filter((item) => !isAside(readText(item, 'sk'))).flatMap(eventsOf);
    },

    /** The same, and beside it the events of devices that were not on the wearer. */
    loadDay: async (at: WearerDay): Promise<ArchivedDay> => {
      const items = await itemsOf(at);
      const [aside, trail] = [true, false].map((wanted) =>
        items.filter((item) => isAside(readText(item, 'sk')) === wanted).flatMap(eventsOf),
      );
      return { events: trail ?? [], setAside: aside ?? [] };
    },

    /** The slices that have events in an archived day; none where nothing was archived. */
    loadSlices: async (at: WearerDay): Promise<ClosedSlice[]> => {
      const items = await itemsOf(at);
      return items.filter((item) => readText(item, 'sk').startsWith('SLICE#')).map(sliceFrom);
    },
  };
};
export type TrailArchive = ReturnType<typeof trailArchive>;
