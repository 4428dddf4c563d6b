import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import * as z from 'zod';
import { type Alert, pageSchema } from '#domain/model/alert.ts';
import type { AgencyId, AlertId } from '#domain/model/ids.ts';
import { earliest, type Instant } from '#domain/model/instant.ts';
import { canAct } from '#domain/model/recipient.ts';
import { outcomeSeenSchema } from '#domain/response/on-record.ts';
import { batchGetAs } from './batch-get.ts';
import { type Item, keyItem, readJson, readText } from './items.ts';
import { alertPk, OUTBOX_PREFIX, outboxKey } from './keys.ts';
import { queryAll, startingWith } from './query.ts';

/** Of an alert whose first page did not go, so many are looked through for the first that did. */
const MOST_PAGES = 50;

const briefSchema = pageSchema.pick({ purpose: true, recipient: true });

/** Whether a page calls somebody who can act. */
const isCall = (item: Item): boolean => {
  const { purpose, recipient } = readJson(item, 'body', briefSchema);
  return (purpose === 'alert' || purpose === 'review') && canAct(recipient);
};

/** How a page ends that was told, be it by another that carried it. */
const TOLD = ['sent', 'bundled'];

/** When a page was taken by whoever delivers it; null: it was not, or not yet. */
const sentAt = (item: Item): Instant | null => {
  const { data } = z.string().safeParse(item.outcome?.S);
  if (data === undefined || !isCall(item)) return null;
  const { status, at } = readJson(item, 'outcome', outcomeSeenSchema);
  return TOLD.includes(status) ? at : null;
};

/**
 * When alerts were first paged to somebody who can act: their first page was taken by whoever
 * delivers it, or else the first of the next that was. Eventually consistent.
 */
export const firstPaged = (client: DynamoDBClient, table: string) => {
  const firstOf = async (agencyId: AgencyId, alertId: AlertId): Promise<Instant | null> => {
    const rows = startingWith(table, alertPk(agencyId, alertId), OUTBOX_PREFIX);
    const eventual = { ...rows, ConsistentRead: false, Limit: MOST_PAGES };
    return earliest((await queryAll(client, eventual, MOST_PAGES)).map(sentAt));
  };

  return async (
    agencyId: AgencyId,
    alerts: readonly Pick<Alert, 'alertId' | 'sequence'>[],
  ): Promise<Map<AlertId, Instant>> => {
    const paged = alerts.filter(({ sequence }) => sequence > 0);
    const keys = paged.map(({ alertId }) => keyItem(outboxKey(alertPk(agencyId, alertId), 1)));
    const items = await batchGetAs(client, { table, keys, consistency: 'eventual' });
    const first = new Map(items.map((item) => [readText(item, 'pk'), sentAt(item)]));
    const found = await Promise.all(
      paged.map(async ({ alertId, sequence }) => {
        const at = first.get(alertPk(agencyId, alertId)) ?? null;
        if (at !== null || sequence === 1) return [alertId, at] as const;
        return [alertId, await firstOf(agencyId, alertId)] as const;
      }),
    );
    return new Map(found.flatMap(([alertId, at]) => (at === null ? [] : [[alertId, at]])));
  };
};
export type LoadFirstPaged = ReturnType<typeof firstPaged>;
