import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { compileSupervision } from '#domain/evaluate/compile-supervision.ts';
import type { Supervision } from '#domain/evaluate/supervision.ts';
import { decodeZone } from '#domain/geo/zone-codec.ts';
import {
  type OrderVersion,
  type TimetableVersion,
  timetableLabelSchema,
  type ZoneVersion,
  zoneLabelSchema,
} from '#domain/model/documents.ts';
import type { TimetableId, WearerRef, ZoneId } from '#domain/model/ids.ts';
import { orderSchema } from '#domain/model/order.ts';
import { activationSchema } from '#domain/model/wearer.ts';
import { batchGet } from './batch-get.ts';
import { versionOf } from './documents.ts';
import { type Item, keyItem, readBinary, readJson, readText, text } from './items.ts';
import { SUPERVISION_RANGE, sharedKey, wearerPk } from './keys.ts';
import { queryAll } from './query.ts';
import { compiledTimetableFrom } from './timetable-item.ts';

const zoneFrom = (item: Item): ZoneVersion => {
  const label = readJson(item, 'body', zoneLabelSchema);
  return {
    version: versionOf(item),
    value: { ...label, zone: decodeZone(readBinary(item, 'compiled')) },
  };
};

const timetableFrom = (item: Item): TimetableVersion => {
  const label = readJson(item, 'body', timetableLabelSchema);
  return { version: versionOf(item), value: { ...label, compiled: compiledTimetableFrom(item) } };
};

/** Names of everything that some orders refer to. */
const references = (orders: readonly OrderVersion[]) => {
  const conditions = orders.flatMap((order) => order.value.conditions);
  return {
    zoneIds: conditions.flatMap((c) => ('zoneId' in c ? [c.zoneId] : [])),
    timetableIds: conditions.flatMap((c) => (c.timetableId === null ? [] : [c.timetableId])),
  };
};

/** A zone or timetable, decoded; undefined for what is neither. */
type Shared = Readonly<{ zone?: ZoneVersion; timetable?: TimetableVersion }>;

const sharedFrom = (item: Item): Shared => {
  switch (readText(item, 'entity')) {
    case 'ZONE':
      return { zone: zoneFrom(item) };
    case 'TIMETABLE':
      return { timetable: timetableFrom(item) };
    default:
      return {};
  }
};

/** Zones and timetables that a warm function remembers: many wearers share them. */
const MOST_REMEMBERED = 2_000;

/**
 * `fresh`: everything as it stands now. `remembered`: zones and timetables may be as a warm
 * function knows them, which the key of what is compiled then shows.
 */
export type Freshness = 'fresh' | 'remembered';

export const supervisions = (client: DynamoDBClient, table: string) => {
  const remembered = new Map<string, Shared>();

  const remember = (pk: string, shared: Shared): void => {
    remembered.delete(pk);
    remembered.set(pk, shared);
    const [oldest] = remembered.keys();
    if (remembered.size > MOST_REMEMBERED && oldest !== undefined) remembered.delete(oldest);
  };

  const loadShared = async (
    wearer: WearerRef,
    orders: readonly OrderVersion[],
    freshness: Freshness,
  ) => {
    const { zoneIds, timetableIds } = references(orders);
    const keys = [
      ...[...new Set(zoneIds)].map((id) => sharedKey(wearer.agencyId, 'ZONE', id)),
      ...[...new Set(timetableIds)].map((id) => sharedKey(wearer.agencyId, 'TIMETABLE', id)),
    ];
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
    const found = keys.map(({ pk }) => held.get(pk) ?? {});
    const zones = found.flatMap(({ zone }) => zone ?? []);
    const timetables = found.flatMap(({ timetable }) => timetable ?? []);
    return {
      zones: new Map<ZoneId, ZoneVersion>(zones.map((zone) => [zone.value.zoneId, zone])),
      timetables: new Map<TimetableId, TimetableVersion>(
        timetables.map((timetable) => [timetable.value.timetableId, timetable]),
      ),
    };
  };

  /**
   * Everything now in force for a wearer, strongly consistent. Throws MissingDocument as compiling
   * does.
   */
  return async (wearer: WearerRef, freshness: Freshness = 'fresh'): Promise<Supervision> => {
    const items = await queryAll(client, {
      TableName: table,
      ConsistentRead: true,
      KeyConditionExpression: 'pk = :pk AND sk BETWEEN :from AND :to',
      ExpressionAttributeValues: {
        ':pk': text(wearerPk(wearer)),
        ':from': text(SUPERVISION_RANGE.from),
        ':to': text(SUPERVISION_RANGE.to),
      },
    });
    const ofKind = (kind: string) => items.filter((item) => readText(item, 'entity') === kind);
    const orders = ofKind('ORDER').map((item) => ({
      version: versionOf(item),
      value: readJson(item, 'body', orderSchema),
    }));
    const activations = ofKind('ACTIVATION').map((item) =>
      readJson(item, 'body', activationSchema),
    );
    return compileSupervision({
      wearer,
      orders,
      activations,
      ...(await loadShared(wearer, orders, freshness)),
    });
  };
};
export type LoadSupervision = ReturnType<typeof supervisions>;
