import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import * as z from 'zod';
import type { Alert } from '#domain/model/alert.ts';
import type { AgencyId, AlertId, WearerRef } from '#domain/model/ids.ts';
import { earlierOf, instantSchema, toIso } from '#domain/model/instant.ts';
import type { KeptHistory } from '#domain/response/alert-timeline.ts';
import {
  outcomeSeenSchema,
  type PageSeen,
  pageWrittenSchema,
  type Recorded,
  receiptSeenSchema,
  recordedSchema,
  waitSeenSchema,
} from '#domain/response/on-record.ts';
import type { Tables } from './alerts.ts';
import { type Item, readJson, readNumber, readText } from './items.ts';
import { alertPk, OUTBOX_PREFIX, wearerPk } from './keys.ts';
import { between, queryAll, startingWith } from './query.ts';
import { alertToldOf, isOutside } from './response-keys.ts';

/** Sorts after every instant that can be written. */
const FOR_EVER = '~';

const maybe = <S extends z.ZodType>(item: Item, name: string, schema: S): z.output<S> | null =>
  item[name] === undefined ? null : readJson(item, name, schema);

const pageSeen = (item: Item): PageSeen => ({
  page: readJson(item, 'body', pageWrittenSchema),
  status: readText(item, 'status'),
  outcome: maybe(item, 'outcome', outcomeSeenSchema),
  waits: maybe(item, 'waits', waitSeenSchema),
  receipts: maybe(item, 'receipts', z.array(receiptSeenSchema)) ?? [],
  claimedUntilAt:
    item.claimedUntilAt === undefined
      ? null
      : instantSchema.parse(readNumber(item, 'claimedUntilAt')),
  tries: item.tries === undefined ? 0 : readNumber(item, 'tries'),
});

/** Loads every page of an alert, in the order in which they were written. */
export const alertPages =
  (client: DynamoDBClient, table: string) =>
  async (agencyId: AgencyId, alertId: AlertId): Promise<PageSeen[]> => {
    const rows = startingWith(table, alertPk(agencyId, alertId), OUTBOX_PREFIX);
    return (await queryAll(client, rows)).map(pageSeen);
  };
export type LoadAlertPages = ReturnType<typeof alertPages>;

const ofAlertSchema = z.looseObject({ alertId: z.string() });

/** The alert that an entry tells of; null: it tells of none. */
const alertOf = (item: Item): string | null => {
  const sk = readText(item, 'sk');
  return isOutside(sk) ? readJson(item, 'body', ofAlertSchema).alertId : alertToldOf(sk);
};

/**
 * Loads what happened to alerts: their entries of the record, what was refused of them, what
 * liaisons were told of them and said, and every page. Strongly consistent: what was saved a moment
 * ago is in it.
 */
export const alertHistories = (client: DynamoDBClient, tables: Tables) => {
  const pagesOf = alertPages(client, tables.monitoring);

  const recordedOf = async (wearer: WearerRef, alerts: readonly Alert[]) => {
    const [first] = alerts;
    if (first === undefined) return new Map<string | null, Item[]>();
    const openedAt = alerts.map((alert) => alert.openedAt).reduce(earlierOf, first.openedAt);
    const since = { from: toIso(openedAt), to: FOR_EVER };
    const items = await queryAll(client, between(tables.record, wearerPk(wearer), since));
    return Map.groupBy(items, alertOf);
  };

  const entriesOf = (items: readonly Item[] = []): Recorded[] =>
    items.map((item) => readJson(item, 'body', recordedSchema));

  return async (
    agencyId: AgencyId,
    alerts: readonly Alert[],
  ): Promise<Map<AlertId, KeptHistory>> => {
    const byWearer = Map.groupBy(alerts, ({ wearerId }) => wearerId);
    const found = await Promise.all(
      [...byWearer].map(async ([wearerId, own]) => {
        const recorded = await recordedOf({ agencyId, wearerId }, own);
        const pages = await Promise.all(own.map(({ alertId }) => pagesOf(agencyId, alertId)));
        return own.map(({ alertId }, i): [AlertId, KeptHistory] => [
          alertId,
          { recorded: entriesOf(recorded.get(alertId)), pages: pages[i] ?? [] },
        ]);
      }),
    );
    return new Map(found.flat());
  };
};
export type LoadHistories = ReturnType<typeof alertHistories>;
