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
    zoneIds: conditions.flatMap((c) => (c.kind === 'exclusion-zone' ? [c.zoneId] : [])),
    timetableIds: conditions.flatMap((c) => (c.timetableId === null ? [] : [c.timetableId])),
  };
};

export const supervisions = (client: DynamoDBClient, table: string) => {
  const loadShared = async (wearer: WearerRef, orders: readonly OrderVersion[]) => {
    const { zoneIds, timetableIds } = references(orders);
    const keys = [
      ...[...new Set(zoneIds)].map((id) => sharedKey(wearer.agencyId, 'ZONE', id)),
      ...[...new Set(timetableIds)].map((id) => sharedKey(wearer.agencyId, 'TIMETABLE', id)),
    ];
    const items = await batchGet(client, table, keys.map(keyItem));
    const ofKind = (kind: string) => items.filter((item) => readText(item, 'entity') === kind);
    const zones = ofKind('ZONE').map(zoneFrom);
    const timetables = ofKind('TIMETABLE').map(timetableFrom);
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
  return async (wearer: WearerRef): Promise<Supervision> => {
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
      ...(await loadShared(wearer, orders)),
    });
  };
};
export type LoadSupervision = ReturnType<typeof supervisions>;
