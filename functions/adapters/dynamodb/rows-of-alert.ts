import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { type Alert, alertSchema } from '#domain/model/alert.ts';
import type { AgencyId, AlertId, LiaisonId } from '#domain/model/ids.ts';
import { documents } from './documents.ts';
import { keyOf, readJson, readText } from './items.ts';
import { alertPk, type Key } from './keys.ts';
import { incidentFrom } from './liaison-feed-items.ts';
import { type FeedOf, feedIncidentKey } from './liaison-feed-keys.ts';
import { usedUpMemoKey } from './liaison-names-keys.ts';
import { queryAll, wholePartition } from './query.ts';
import { incidentPk } from './transfer-keys.ts';

/** Everything that stands because of an alert: its pages, and what liaisons were told by it. */
export type RowsOfAlert = Readonly<{ alert: Alert | null; keys: readonly Key[] }>;

const DOORS: readonly FeedOf['door'][] = ['actual', 'exercise'];

/** Loads them. What is in feeds goes by itself; how the alert stands with a liaison does not. */
export const rowsOfAlert = (client: DynamoDBClient, table: string) => {
  const { loadItem } = documents(client, table);

  const keysIn = async (pk: string): Promise<Key[]> =>
    (await queryAll(client, wholePartition(table, pk))).map(keyOf);

  const withLiaison = async (
    agencyId: AgencyId,
    alertId: AlertId,
    liaisonId: LiaisonId,
  ): Promise<Key[]> => {
    const memo = usedUpMemoKey(agencyId, liaisonId, alertId);
    const keys = [memo];
    for (const door of DOORS) {
      const key = feedIncidentKey({ agencyId, liaisonId, door }, alertId);
      const item = await loadItem(key);
      if (item === null) continue;
      // By it the incident is found again: it is the last of them.
      keys.push(...(await keysIn(incidentPk(agencyId, incidentFrom(item).incidentId))), key);
    }
    return keys;
  };

  return async (agencyId: AgencyId, alertId: AlertId): Promise<RowsOfAlert> => {
    const items = await queryAll(client, wholePartition(table, alertPk(agencyId, alertId)));
    const found = items.find((item) => readText(item, 'sk') === 'ALERT');
    const alert = found === undefined ? null : readJson(found, 'body', alertSchema);
    const told = alert?.feeds ?? [];
    const others = told.map(({ liaisonId }) => withLiaison(agencyId, alertId, liaisonId));
    const own = items.filter((item) => item !== found).map(keyOf);
    // The alert says who was told: it goes behind what is found by it.
    const last = found === undefined ? [] : [keyOf(found)];
    return { alert, keys: [...(await Promise.all(others)).flat(), ...own, ...last] };
  };
};
