import type { Supervision } from '#domain/evaluate/supervision.ts';
import type { WearerRef } from '#domain/model/ids.ts';
import { statePk } from '../adapters/dynamodb/keys.ts';
import type { LoadSupervision } from '../adapters/dynamodb/supervisions.ts';

/** Those of whoever is out and about: one who rests in a safe disc takes none. */
const MOST_CACHED = 4_000;

/** What the state says its supervision is, and whether a change was announced. */
export type Wanted = Readonly<{ key: string | null; mustLoad: boolean }>;

export type SupervisionCache = (wearer: WearerRef, wanted: Wanted) => Promise<Supervision>;

/**
 * Where the state rests on what is remembered of zones and timetables, that will do; else, and
 * after a change was announced, all is read as it stands now.
 */
const loadWanted = async (
  load: LoadSupervision,
  wearer: WearerRef,
  { key, mustLoad }: Wanted,
): Promise<Supervision> => {
  if (!mustLoad && key !== null) {
    const supervision = await load(wearer, 'remembered');
    if (supervision.key === key) return supervision;
  }
  return load(wearer, 'fresh');
};

/**
 * Keeps compiled supervisions by wearer. A cached one serves only where the wearer's state rests on
 * the same key; any other is loaded, and is then that version or newer. Those not used for the
 * longest go first.
 */
export const supervisionCache = (load: LoadSupervision): SupervisionCache => {
  const cache = new Map<string, Supervision>();
  return async (wearer, wanted) => {
    const name = statePk(wearer);
    const cached = cache.get(name);
    cache.delete(name);
    const isGood = cached !== undefined && !wanted.mustLoad && cached.key === wanted.key;
    const supervision = isGood ? cached : await loadWanted(load, wearer, wanted);
    cache.set(name, supervision);
    for (const oldest of cache.keys()) {
      if (cache.size <= MOST_CACHED) break;
      cache.delete(oldest);
    }
    return supervision;
  };
};
