import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { decodeZone } from '#domain/geo/zone-codec.ts';
import {
  type Dated,
  type DatedVersion,
  type TimetableVersion,
  timetableLabelSchema,
  type ZoneListVersion,
  type ZoneVersion,
  zoneLabelSchema,
} from '#domain/model/documents.ts';
import type {
  AgencyId,
  ThresholdPolicyId,
  TimetableId,
  ZoneId,
  ZoneListId,
} from '#domain/model/ids.ts';
import type { Order } from '#domain/model/order.ts';
import { referencesOf } from '#domain/model/references.ts';
import { type ThresholdPolicy, thresholdPolicySchema } from '#domain/model/threshold-policy.ts';
import { batchGet } from './batch-get.ts';
import { type Item, keyItem, readBinary, readJson, readText } from './items.ts';
import { type Key, sharedKey } from './keys.ts';
import { compiledTimetableFrom } from './timetable-item.ts';
import { datedOf, type LoadVersions, type Since } from './versions.ts';
import { type ZoneListHeader, zoneListHeaderFrom, zoneListLoader } from './zone-lists.ts';

/**
 * `fresh`: everything as it stands now. `remembered`: zones and timetables may be as a warm
 * function knows them, which the key of what is compiled then shows.
 */
export type Freshness = 'fresh' | 'remembered';

type DatedZone = ZoneVersion & Dated;
type DatedTimetable = TimetableVersion & Dated;

/** A zone as it is kept. */
export const zoneFrom = (item: Item): DatedZone => {
  const label = readJson(item, 'body', zoneLabelSchema);
  return { ...datedOf(item), value: { ...label, zone: decodeZone(readBinary(item, 'compiled')) } };
};

/** A timetable as it is kept, with its compiled hours. */
export const timetableFrom = (item: Item): DatedTimetable => {
  const label = readJson(item, 'body', timetableLabelSchema);
  return { ...datedOf(item), value: { ...label, compiled: compiledTimetableFrom(item) } };
};

const policyFrom = (item: Item): DatedVersion<ThresholdPolicy> => ({
  ...{ ...datedOf(item), value: readJson(item, 'body', thresholdPolicySchema) },
});

/** Names of everything that some orders refer to, each once. */
const namesIn = (orders: readonly Order[]) => {
  const references = orders.flatMap(referencesOf);
  const each = <Id extends string>(ids: readonly Id[]): Id[] => [...new Set(ids)];
  return {
    zoneIds: each(references.flatMap((one) => (one.kind === 'ZONE' ? [one.id] : []))),
    zoneListIds: each(references.flatMap((one) => (one.kind === 'ZONE-LIST' ? [one.id] : []))),
    timetableIds: each(references.flatMap((one) => (one.kind === 'TIMETABLE' ? [one.id] : []))),
    policyIds: each(references.flatMap((one) => (one.kind === 'THRESHOLDS' ? [one.id] : []))),
  };
};

/** A document, decoded; all undefined for what is none of these. */
type Shared = Readonly<{
  zone?: DatedZone;
  zoneList?: ZoneListHeader;
  timetable?: DatedTimetable;
  policy?: DatedVersion<ThresholdPolicy>;
}>;

const sharedFrom = (item: Item): Shared => {
  switch (readText(item, 'entity')) {
    case 'ZONE':
      return { zone: zoneFrom(item) };
    case 'ZONE-LIST':
      return { zoneList: zoneListHeaderFrom(item) };
    case 'TIMETABLE':
      return { timetable: timetableFrom(item) };
    case 'THRESHOLDS':
      return { policy: policyFrom(item) };
    default:
      return {};
  }
};

/** Zones and timetables that a warm function remembers: many wearers share them. */
const MOST_REMEMBERED = 2_000;

/** What the newest versions of some documents are, remembered from one read to the next. */
const newestOf = (client: DynamoDBClient, table: string) => {
  const remembered = new Map<string, Shared>();

  const remember = (pk: string, shared: Shared): void => {
    remembered.delete(pk);
    remembered.set(pk, shared);
    const [oldest] = remembered.keys();
    if (remembered.size > MOST_REMEMBERED && oldest !== undefined) remembered.delete(oldest);
  };

  return async (
    keys: readonly Key[],
    freshness: Freshness,
  ): Promise<ReadonlyMap<string, Shared>> => {
    // Held here, too: what is remembered may be forgotten while the rest is read.
    const held = new Map<string, Shared>();
    for (const { pk } of freshness === 'remembered' ? keys : []) {
      const shared = remembered.get(pk);
      if (shared !== undefined) held.set(pk, shared);
    }
    const wanted = keys.filter(({ pk }) => !held.has(pk));
    for (const { pk } of wanted) remembered.delete(pk);
    for (const item of await batchGet(client, table, wanted.map(keyItem))) {
      const [pk, shared] = [readText(item, 'pk'), sharedFrom(item)];
      held.set(pk, shared);
      remember(pk, shared);
    }
    return held;
  };
};

/** A document by its id, with each of its versions that matters. */
type Versions<Id, V> = readonly [Id, readonly V[]];

/** Loads zones and timetables with the versions that were in force since an instant. */
export const sharedDocuments = (
  client: DynamoDBClient,
  table: string,
  loadVersions: LoadVersions,
) => {
  const loadNewest = newestOf(client, table);
  const loadZoneList = zoneListLoader(client, table);

  const versionsOf = async <V extends Dated>(
    key: Key,
    newest: V,
    { since, read }: Readonly<{ since: Since; read: (item: Item) => V }>,
  ): Promise<readonly V[]> => {
    const found = await loadVersions(key, newest, since);
    return found === 'current' ? [newest] : found.map(read);
  };

  /** A list that is not on record has no versions. */
  const listVersions = async (
    key: Key,
    newest: ZoneListHeader | undefined,
    since: Since,
  ): Promise<readonly (ZoneListVersion & Dated)[]> => {
    if (newest === undefined) return [];
    const headers = await versionsOf(key, newest, { since, read: zoneListHeaderFrom });
    return Promise.all(headers.map((header) => loadZoneList(key, header)));
  };

  return async (
    agencyId: AgencyId,
    orders: readonly Order[],
    { freshness, since }: Readonly<{ freshness: Freshness; since: Since }>,
  ) => {
    const { zoneIds, zoneListIds, timetableIds, policyIds } = namesIn(orders);
    const zoneKey = (id: ZoneId) => sharedKey(agencyId, 'ZONE', id);
    const listKey = (id: ZoneListId) => sharedKey(agencyId, 'ZONE-LIST', id);
    const timetableKey = (id: TimetableId) => sharedKey(agencyId, 'TIMETABLE', id);
    const policyKey = (id: ThresholdPolicyId) => sharedKey(agencyId, 'THRESHOLDS', id);
    const keys = [
      ...[...zoneIds.map(zoneKey), ...timetableIds.map(timetableKey)],
      ...[...zoneListIds.map(listKey), ...policyIds.map(policyKey)],
    ];
    const newest = await loadNewest(keys, freshness);
    const zones = zoneIds.map(async (id): Promise<Versions<ZoneId, DatedZone>> => {
      const zone = newest.get(zoneKey(id).pk)?.zone;
      if (zone === undefined) return [id, []];
      return [id, await versionsOf(zoneKey(id), zone, { since, read: zoneFrom })];
    });
    const lists = zoneListIds.map(
      async (id): Promise<Versions<ZoneListId, ZoneListVersion & Dated>> => {
        const key = listKey(id);
        return [id, await listVersions(key, newest.get(key.pk)?.zoneList, since)];
      },
    );
    const timetables = timetableIds.map(
      async (id): Promise<Versions<TimetableId, DatedTimetable>> => {
        const timetable = newest.get(timetableKey(id).pk)?.timetable;
        if (timetable === undefined) return [id, []];
        const read = { since, read: timetableFrom };
        return [id, await versionsOf(timetableKey(id), timetable, read)];
      },
    );
    const policies = policyIds.map(
      async (id): Promise<Versions<ThresholdPolicyId, DatedVersion<ThresholdPolicy>>> => {
        const policy = newest.get(policyKey(id).pk)?.policy;
        if (policy === undefined) return [id, []];
        return [id, await versionsOf(policyKey(id), policy, { since, read: policyFrom })];
      },
    );
    return {
      zones: new Map(await Promise.all(zones)),
      zoneLists: new Map(await Promise.all(lists)),
      timetables: new Map(await Promise.all(timetables)),
      thresholdPolicies: new Map(await Promise.all(policies)),
    };
  };
};
