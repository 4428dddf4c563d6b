import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { alertIdOf } from '#domain/escalate/open-alert.ts';
import { alertSchema } from '#domain/model/alert.ts';
import { type AlertId, reportIdSchema, type WearerRef } from '#domain/model/ids.ts';
import { type Instant, instant } from '#domain/model/instant.ts';
import { orderSchema } from '#domain/model/order.ts';
import { referencesOf } from '#domain/model/references.ts';
import { activationSchema } from '#domain/model/wearer.ts';
import { reportFormatSchema } from '#domain/report/job.ts';
import { reportFileKey } from '../s3/report-files.ts';
import { classOfDocument } from './class-of-key.ts';
import type { ErasablePiece, Row } from './erasable.ts';
import { ofFeedKey } from './feed-keys.ts';
import { type Item, readJson, readOrNull, readText } from './items.ts';
import {
  activationKey,
  alertPk,
  batchedKey,
  deviceKey,
  type Key,
  sharedKey,
  usedByKey,
  wearerPk,
} from './keys.ts';
import { namedByKey } from './liaison-names-keys.ts';
import { queryAll, wholePartition } from './query.ts';
import { REPORT_PREFIX } from './report-keys.ts';
import { erasingKey, retentionGuardKey } from './retention-keys.ts';
import { violationFrom } from './violations.ts';

/** Everything of a wearer in the table of what the office speaks of. */
export type ErasableDocuments = Readonly<{
  pieces: readonly ErasablePiece[];
  openAlerts: readonly AlertId[];
  /** Keys that are none of ours: they stay, and somebody has to look. */
  unknown: readonly string[];
}>;

const documentRow = (key: Key): Row => ({ table: 'monitoring', key });

const keyOf = (item: Item): Key => ({ pk: readText(item, 'pk'), sk: readText(item, 'sk') });

/** When a document came on record as it stands, where it says so; else its class's time counts. */
const dateOf = (item: Item): Instant => {
  const at = item.changedAt?.N ?? item.waitsSinceAt?.N;
  return instant(at === undefined ? 0 : Number(at));
};

/** Where else a device is found by, and was only ever on this wearer. */
const besideActivation = ({ agencyId }: WearerRef, item: Item): Key[] => {
  const worn = readOrNull(item, (one) => readJson(one, 'body', activationSchema));
  if (worn === null) return [];
  const { activationId, headEndId } = worn;
  return [
    activationKey(agencyId, activationId),
    deviceKey({ agencyId, ...worn }, activationId),
    batchedKey(agencyId, activationId),
    ofFeedKey(agencyId, headEndId, activationId),
  ];
};

/** That the wearer stands beside zones, timetables and liaisons, which themselves stay. */
const besideOrder = (wearer: WearerRef, item: Item): Key[] => {
  const order = readOrNull(item, (one) => readJson(one, 'body', orderSchema));
  if (order === null) return [];
  const named = order.liaisons.map(({ liaisonId }) => liaisonId);
  const liaisons = order.policeForce === null ? named : [...named, order.policeForce];
  return [
    ...referencesOf(order).map(({ kind, id }) =>
      usedByKey(sharedKey(wearer.agencyId, kind, id), wearer.wearerId),
    ),
    ...liaisons.map((liaisonId) => namedByKey(wearer, liaisonId, order.orderId)),
  ];
};

/** Also of earlier versions: an order may have named what it names no more. */
const besideOf = (wearer: WearerRef, item: Item): Key[] => {
  const name = readText(item, 'sk').replace(/^VERSION#/, '');
  if (name.startsWith('ACTIVATION#')) return besideActivation(wearer, item);
  return name.startsWith('ORDER#') ? besideOrder(wearer, item) : [];
};

const once = (rows: readonly Row[]): Row[] => [
  ...new Map(rows.map((row) => [JSON.stringify(row), row])).values(),
];

/** The files of a report go before what says that it was made. */
const filesOf = (wearer: WearerRef, sk: string): string[] => {
  if (!sk.startsWith(REPORT_PREFIX)) return [];
  const reportId = reportIdSchema.parse(sk.slice(REPORT_PREFIX.length));
  return reportFormatSchema.options.map((format) => reportFileKey({ ...wearer, reportId }, format));
};

const isViolation = (item: Item): boolean => /^(VIOLATION|RAISED)#/.test(readText(item, 'sk'));

/** Reads all of it at once: what is open of it decides whether anything goes. */
export const erasableDocuments = (client: DynamoDBClient, table: string) => {
  /** The alert of a violation, with every page of it. */
  const alertOf = async ({ agencyId }: WearerRef, violation: Item) => {
    const { violationId } = violationFrom(violation);
    const alertId = alertIdOf(violationId);
    const items = await queryAll(client, wholePartition(table, alertPk(agencyId, alertId)));
    const alert = items.find((item) => readText(item, 'sk') === 'ALERT');
    const read = alert === undefined ? null : readJson(alert, 'body', alertSchema);
    const isOpen = read !== null && read.status !== 'closed';
    return { rows: items.map((item) => documentRow(keyOf(item))), open: isOpen ? [alertId] : [] };
  };

  const pieceOf = async (wearer: WearerRef, item: Item) => {
    const key = keyOf(item);
    const dataClass = classOfDocument(key.sk);
    if (dataClass === null) return { unknown: [key.sk], pieces: [], openAlerts: [] };
    const alert = isViolation(item) ? await alertOf(wearer, item) : { rows: [], open: [] };
    const beside = besideOf(wearer, item).map(documentRow);
    // The document itself is the last of it: by it the rest is found again.
    const rows = once([...beside, ...alert.rows, documentRow(key)]);
    const objects = filesOf(wearer, key.sk);
    const piece = { dataClass, name: key.sk, at: dateOf(item), rows, chain: null, objects };
    return { pieces: [piece], openAlerts: alert.open, unknown: [] };
  };

  return async (wearer: WearerRef): Promise<ErasableDocuments> => {
    const items = await queryAll(client, wholePartition(table, wearerPk(wearer)));
    // They go with the last of everything: erasing itself goes by them.
    const own = new Set([retentionGuardKey(wearer).sk, erasingKey(wearer).sk]);
    const read: Awaited<ReturnType<typeof pieceOf>>[] = [];
    for (const item of items) {
      if (!own.has(readText(item, 'sk'))) read.push(await pieceOf(wearer, item));
    }
    return {
      pieces: read.flatMap(({ pieces }) => pieces),
      openAlerts: read.flatMap(({ openAlerts }) => openAlerts),
      unknown: read.flatMap(({ unknown }) => unknown),
    };
  };
};
export type LoadErasableDocuments = ReturnType<typeof erasableDocuments>;
