import { binary, type Item, json, keyItem, readJson } from '#functions/adapters/dynamodb/items.ts';
import type { Key } from '#functions/adapters/dynamodb/keys.ts';
import { zoneListDraftKey, zoneListPartKey } from '#functions/adapters/dynamodb/zone-list-keys.ts';
import { storedZonesSchema, type ZoneListStore } from '#functions/adapters/dynamodb/zone-lists.ts';

const nameOf = ({ pk, sk }: Key): string => `${pk} ${sk}`;

/** The members of zone lists, kept in memory among the other items. */
export const keptZoneLists = (items: Map<string, Item>): ZoneListStore => ({
  saveParts: async (list, parts) =>
    parts.map((bytes) => {
      const name = Buffer.from(bytes).toString('hex');
      const key = zoneListPartKey(list, name);
      items.set(nameOf(key), { ...keyItem(key), compiled: binary(bytes) });
      return name;
    }),
  saveDraft: async (list, at, body) => {
    const key = zoneListDraftKey(list, at);
    items.set(nameOf(key), { ...keyItem(key), body: json(body) });
  },
  loadDraft: async (list, { draft, parts }) =>
    Array.from({ length: parts }, (_, i) => {
      const item = items.get(nameOf(zoneListDraftKey(list, { draft, part: i + 1 })));
      return item === undefined ? null : readJson(item, 'body', storedZonesSchema);
    }),
});
