import type { DeviceEvent } from '#domain/model/device-event.ts';
import type { WearerRef } from '#domain/model/ids.ts';
import { type Key, statePk } from '#functions/adapters/dynamodb/keys.ts';
import type { Parking } from '#functions/adapters/dynamodb/parking.ts';
import { NO_STATE, type StoredState } from '#functions/adapters/dynamodb/wearer-states.ts';

/** So many parts are loaded at once, so that a test soon has more than that. */
const PAGE = 2;

/** Parking in memory, beside states in memory. */
export const keptParked = (states: Map<string, StoredState>) => {
  const parts: { pk: string; sk: string; events: readonly DeviceEvent[] }[] = [];
  let made = 0;
  const put = (wearer: WearerRef, events: readonly DeviceEvent[]) => {
    made += 1;
    if (events.length > 0) parts.push({ pk: statePk(wearer), sk: `PARKED#${made}`, events });
  };
  const of = (wearer: WearerRef) => parts.filter(({ pk }) => pk === statePk(wearer));
  const parking: Parking = {
    park: async (wearer, { epoch, parkedAt, events }) => {
      const stored = states.get(statePk(wearer)) ?? NO_STATE;
      if (stored.epoch !== epoch) return 'conflict';
      states.set(statePk(wearer), { ...stored, epoch: epoch + 1, parkedAt });
      put(wearer, events);
      return 'saved';
    },
    keep: async (wearer, events) => {
      if ((states.get(statePk(wearer))?.parkedAt ?? null) === null) return 'conflict';
      put(wearer, events);
      return 'saved';
    },
    load: async (wearer) => {
      const found = of(wearer);
      const page = found.slice(0, PAGE);
      const keys: Key[] = page.map(({ pk, sk }) => ({ pk, sk }));
      return {
        events: page.flatMap(({ events }) => events),
        keys,
        hasMore: found.length > PAGE,
      };
    },
    remove: async (keys) => {
      const gone = new Set(keys.map(({ sk }) => sk));
      parts.splice(0, parts.length, ...parts.filter(({ sk }) => !gone.has(sk)));
    },
  };
  return { parking, kept: (wearer: WearerRef) => of(wearer).flatMap(({ events }) => events) };
};
