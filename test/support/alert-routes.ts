import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { changeAlert } from '#functions/adapters/change-alert.ts';
import type { Clock } from '#functions/adapters/clock/system-clock.ts';
import { alertHistories } from '#functions/adapters/dynamodb/alert-histories.ts';
import { alerts } from '#functions/adapters/dynamodb/alerts.ts';
import { alertsAt } from '#functions/adapters/dynamodb/alerts-at.ts';
import { episodeStore } from '#functions/adapters/dynamodb/episodes.ts';
import { firstPaged } from '#functions/adapters/dynamodb/first-paged.ts';
import { listedAlerts } from '#functions/adapters/dynamodb/listed-alerts.ts';
import { onWearers } from '#functions/adapters/dynamodb/on-wearers.ts';
import { outbox } from '#functions/adapters/dynamodb/outbox.ts';
import { people } from '#functions/adapters/dynamodb/people.ts';
import { policeCalls } from '#functions/adapters/dynamodb/police-calls.ts';
import { recordRefusal } from '#functions/adapters/dynamodb/refusals.ts';

type Over = Readonly<{
  client: DynamoDBClient;
  now: Clock;
  tables: Readonly<{ monitoring: string; record: string }>;
}>;

/** What the routes of alerts need, over a database; no timer is armed. */
export const alertRouteDeps = ({ client, now, tables }: Over) => ({
  recordRefusal: recordRefusal(client, tables.record),
  alerts: alerts(client, tables),
  changeAlert: changeAlert({
    ...{ now, alerts: alerts(client, tables), alertTimer: async () => undefined },
    episodes: episodeStore(client, tables.monitoring),
    recordRefusal: recordRefusal(client, tables.record),
  }),
  outbox: outbox(client, tables.monitoring),
  loadAlertsAt: alertsAt(client, tables),
  loadListed: listedAlerts(client, tables.monitoring),
  loadHistories: alertHistories(client, tables),
  loadFirstPaged: firstPaged(client, tables.monitoring),
  loadPoliceCalls: policeCalls(client, tables.monitoring),
  loadOnWearers: onWearers(client, tables.monitoring),
  loadKnown: people(client, tables.monitoring).loadKnown,
});
