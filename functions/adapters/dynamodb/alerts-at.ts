import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { alertEventSchema } from '#domain/escalate/alert-events.ts';
import { evolve } from '#domain/escalate/evolve.ts';
import { alertIdOf } from '#domain/escalate/open-alert.ts';
import { type Alert, alertSchema } from '#domain/model/alert.ts';
import type { ViolationId, WearerRef } from '#domain/model/ids.ts';
import { earlierOf, type Instant, toIso } from '#domain/model/instant.ts';
import type { Tables } from './alerts.ts';
import { batchGetAs } from './batch-get.ts';
import { type Item, keyItem, readJson, readText } from './items.ts';
import { alertKey, alertOfEntry, wearerPk } from './keys.ts';
import { between, queryAll } from './query.ts';

/** An alert as its entries of the record make it, up to the last of them. */
const alertFrom = (entries: readonly Item[]): Alert | null =>
  entries
    .map((item) => readJson(item, 'body', alertEventSchema))
    .reduce<Alert | null>((alert, event) => {
      if (event.type === 'alert-opened') return event.alert;
      return alert === null ? null : evolve(alert, event);
    }, null);

/** Whether an alert, as it stands now, may have been open at an instant. */
const mayHaveBeenOpen = ({ openedAt, closed }: Alert, at: Instant): boolean =>
  openedAt <= at && (closed === null || closed.at > at);

/**
 * Loads the alerts that were open or in somebody's hands at an instant of our clock, as they stood
 * then: from the record, which is the truth of then.
 */
export const alertsAt =
  (client: DynamoDBClient, tables: Tables) =>
  async (
    wearer: WearerRef,
    violationIds: readonly ViolationId[],
    at: Instant,
  ): Promise<Alert[]> => {
    const keys = violationIds.map((id) => keyItem(alertKey(wearer.agencyId, alertIdOf(id))));
    const asked = { table: tables.monitoring, keys, consistency: 'eventual' } as const;
    const items = await batchGetAs(client, asked);
    const candidates = items
      .map((item) => readJson(item, 'body', alertSchema))
      .filter((alert) => mayHaveBeenOpen(alert, at));
    const [first] = candidates;
    if (first === undefined) return [];
    const openedAt = candidates.map((alert) => alert.openedAt).reduce(earlierOf, first.openedAt);
    const entries = await queryAll(client, {
      ...between(tables.record, wearerPk(wearer), { from: toIso(openedAt), to: `${toIso(at)}~` }),
      ConsistentRead: false,
    });
    const byAlert = Map.groupBy(entries, (item) => alertOfEntry(readText(item, 'sk')));
    return candidates.flatMap(({ alertId }) => {
      const alert = alertFrom(byAlert.get(alertId) ?? []);
      return alert === null || alert.status === 'closed' ? [] : [alert];
    });
  };
export type LoadAlertsAt = ReturnType<typeof alertsAt>;
