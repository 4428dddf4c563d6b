import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { alertIdOf } from '#domain/escalate/open-alert.ts';
import { type AlertId, reportIdSchema, type WearerRef } from '#domain/model/ids.ts';
import { type Instant, instant, laterOf } from '#domain/model/instant.ts';
import { reportFormatSchema } from '#domain/report/job.ts';
import { reportFileKey } from '../s3/report-files.ts';
import { besideDocument } from './beside-document.ts';
import { classOfDocument } from './class-of-key.ts';
import type { ErasablePiece, Row } from './erasable.ts';
import { type Item, keyOf, readText } from './items.ts';
import { type Key, wearerPk } from './keys.ts';
import { ownDateOf } from './own-date.ts';
import { pausesOfWearer } from './pauses-of-wearer.ts';
import { queryAll, wholePartition } from './query.ts';
import { REPORT_PREFIX } from './report-keys.ts';
import { erasingKey, retentionGuardKey } from './retention-keys.ts';
import { rowsOfAlert } from './rows-of-alert.ts';
import { violationFrom } from './violations.ts';

/** Everything of a wearer in the table of what the office speaks of. */
export type ErasableDocuments = Readonly<{
  pieces: readonly ErasablePiece[];
  openAlerts: readonly AlertId[];
  /** Keys that are none of ours: they stay, and somebody has to look. */
  unknown: readonly string[];
}>;

const documentRow = (key: Key): Row => ({ table: 'monitoring', key });

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

const LISTED_NOTE = /^WRITTEN_NOTE_AT#[^#]+#/;

/** Where a note stands in the order of time goes with the note. */
const dated = (items: readonly Item[]) => {
  const own = new Map(items.map((item) => [readText(item, 'sk'), ownDateOf(item)]));
  return (sk: string): Instant =>
    own.get(sk.replace(LISTED_NOTE, 'WRITTEN_NOTE#')) ?? own.get(sk) ?? instant(0);
};

/** Reads all of it at once: what is open of it decides whether anything goes. */
export const erasableDocuments = (client: DynamoDBClient, table: string) => {
  const loadAlert = rowsOfAlert(client, table);
  const loadPauses = pausesOfWearer(client, table);

  /** The alert of a violation, with every page of it. */
  const alertOf = async ({ agencyId }: WearerRef, item: Item) => {
    if (!isViolation(item)) return { rows: [], open: [], at: instant(0) };
    const alertId = alertIdOf(violationFrom(item).violationId);
    const { alert, keys } = await loadAlert(agencyId, alertId);
    const isOpen = alert !== null && alert.status !== 'closed';
    const at = alert?.changed.at ?? instant(0);
    return { rows: keys.map(documentRow), open: isOpen ? [alertId] : [], at };
  };

  const pieceOf = async (wearer: WearerRef, item: Item, ownAt: Instant) => {
    const key = keyOf(item);
    const dataClass = classOfDocument(key.sk);
    if (dataClass === null) return { unknown: [key.sk], pieces: [], openAlerts: [] };
    const alert = await alertOf(wearer, item);
    const beside = besideDocument(wearer, item).map(documentRow);
    // The document itself is the last of it: by it the rest is found again.
    const rows = once([...beside, ...alert.rows, documentRow(key)]);
    const objects = filesOf(wearer, key.sk);
    const at = laterOf(ownAt, alert.at);
    const piece = { dataClass, name: key.sk, at, rows, chain: null, objects };
    return { pieces: [piece], openAlerts: alert.open, unknown: [] };
  };

  return async (wearer: WearerRef): Promise<ErasableDocuments> => {
    const items = await queryAll(client, wholePartition(table, wearerPk(wearer)));
    const dateOf = dated(items);
    // They go with the last of everything: erasing itself goes by them.
    const own = new Set([retentionGuardKey(wearer).sk, erasingKey(wearer).sk]);
    const read: Awaited<ReturnType<typeof pieceOf>>[] = [];
    for (const item of items) {
      const sk = readText(item, 'sk');
      if (!own.has(sk)) read.push(await pieceOf(wearer, item, dateOf(sk)));
    }
    return {
      pieces: [...read.flatMap(({ pieces }) => pieces), ...(await loadPauses(wearer))],
      openAlerts: read.flatMap(({ openAlerts }) => openAlerts),
      unknown: read.flatMap(({ unknown }) => unknown),
    };
  };
};
export type LoadErasableDocuments = ReturnType<typeof erasableDocuments>;
