import type { Supervision } from '#domain/evaluate/supervision.ts';
import type { WearerRef } from '#domain/model/ids.ts';
import { statePk } from '../adapters/dynamodb/keys.ts';
import type { LoadSupervision } from '../adapters/dynamodb/supervisions.ts';

const MOST_CACHED = 2_000;

/** What the state says its supervision is, and whether a change was announced. */
export type Wanted = Readonly<{ key: string | null; mustLoad: boolean }>;

export type SupervisionCache = (wearer: WearerRef, wanted: Wanted) => Promise<Supervision>;

/**
 * Keeps compiled supervisions by wearer. A cached one serves only where the wearer's state rests on
 * the same key; any other is loaded, and is then that version or newer.
 */
export const supervisionCache = (load: LoadSupervision): SupervisionCache => {
  const cache = new Map<string, Supervision>();
  return async (wearer, wanted) => {
    const name = statePk(wearer);
    const cached = cache.get(name);
    if (cached !== undefined && !wanted.mustLoad && cached.key === wanted.key) return cached;
    const loaded = await load(wearer);
    if (cache.size >= MOST_CACHED) cache.clear();
    cache.set(name, loaded);
    return loaded;
  };
};
