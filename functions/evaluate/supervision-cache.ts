import type { Timeline } from '#domain/evaluate/timeline.ts';
import type { WearerRef } from '#domain/model/ids.ts';
import type { Instant } from '#domain/model/instant.ts';
import { statePk } from '../adapters/dynamodb/keys.ts';
import type { LoadTimeline } from '../adapters/dynamodb/supervisions.ts';

/** Those of whoever is out and about: one who rests in a safe disc takes none. */
const MOST_CACHED = 4_000;

/** What the state rests on, since when it matters, and whether a change was announced. */
export type Wanted = Readonly<{ key: string | null; sinceAt: Instant; mustLoad: boolean }>;

export type SupervisionCache = (wearer: WearerRef, wanted: Wanted) => Promise<Timeline>;

/**
 * Where the state rests on what is remembered of zones and timetables, that will do; else, and
 * after a change was announced, all is read as it stands now.
 */
const loadWanted = async (
  load: LoadTimeline,
  wearer: WearerRef,
  { key, sinceAt, mustLoad }: Wanted,
): Promise<Timeline> => {
  if (!mustLoad && key !== null) {
    const timeline = await load(wearer, { sinceAt, freshness: 'remembered' });
    if (timeline.key === key) return timeline;
  }
  return load(wearer, { sinceAt, freshness: 'fresh' });
};

/**
 * Keeps compiled supervisions by wearer. A cached one serves only where the wearer's state rests on
 * the same key; any other is loaded, and is then that version or newer. Those not used for the
 * longest go first.
 */
export const supervisionCache = (load: LoadTimeline): SupervisionCache => {
  const cache = new Map<string, Timeline>();
  return async (wearer, wanted) => {
    const name = statePk(wearer);
    const cached = cache.get(name);
    cache.delete(name);
    const isGood =
      cached !== undefined &&
      !wanted.mustLoad &&
      cached.key === wanted.key &&
      cached.fromAt <= wanted.sinceAt;
    const timeline = isGood ? cached : await loadWanted(load, wearer, wanted);
    cache.set(name, timeline);
    for (const oldest of cache.keys()) {
      if (cache.size <= MOST_CACHED) break;
      cache.delete(oldest);
    }
    return timeline;
  };
};
