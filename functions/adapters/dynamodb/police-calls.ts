import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { alertSchema, type Page, pageSchema } from '#domain/model/alert.ts';
import type { AgencyId, LiaisonId } from '#domain/model/ids.ts';
import { instant } from '#domain/model/instant.ts';
import { type Call, isFalseAlert } from '#domain/response/false-alerts.ts';
import type { Period } from '#domain/response/wearer-days.ts';
import { batchGetAs } from './batch-get.ts';
import { type Item, keyItem, number, readJson, readText, text } from './items.ts';
import { alertKey } from './keys.ts';
import { queryAll } from './query.ts';
import { calledListKey } from './response-keys.ts';

/** A page to a force, among those of the same force: they are counted by it. */
export const calledListing = (agencyId: AgencyId, page: Page): Item => {
  const { recipient, purpose, createdAt } = page;
  if (recipient.channel !== 'liaison' || purpose !== 'alert') return {};
  const listKey = text(calledListKey(agencyId, recipient.liaisonId));
  return { listKey, listAt: number(createdAt) };
};

const isMade = (item: Item): boolean => readText(item, 'status') === 'sent';

/**
 * Loads what forces were called to within a time, and whether it was for nothing, as the alerts now
 * stand. By an index, so a second behind at most.
 */
export const policeCalls = (client: DynamoDBClient, TableName: string) => {
  const pagesTo = async (agencyId: AgencyId, liaisonId: LiaisonId, { fromAt, toAt }: Period) => {
    const items = await queryAll(client, {
      TableName,
      IndexName: 'list',
      KeyConditionExpression: 'listKey = :list AND listAt BETWEEN :from AND :until',
      ExpressionAttributeValues: {
        ':list': text(calledListKey(agencyId, liaisonId)),
        ':from': number(fromAt),
        ':until': number(instant(toAt - 1)),
      },
    });
    const pages = items.filter(isMade).map((item) => readJson(item, 'body', pageSchema));
    // Nobody drives anywhere for what is practised.
    const real = pages.filter(({ facts }) => facts.isExercise !== true);
    return real.map((page) => ({ page, liaisonId }));
  };

  return async (
    agencyId: AgencyId,
    liaisonIds: readonly LiaisonId[],
    period: Period,
  ): Promise<Call[]> => {
    const calls = (
      await Promise.all(liaisonIds.map((liaisonId) => pagesTo(agencyId, liaisonId, period)))
    ).flat();
    const ids = [...new Set(calls.map(({ page }) => page.alertId))];
    const keys = ids.map((alertId) => keyItem(alertKey(agencyId, alertId)));
    const items = await batchGetAs(client, { table: TableName, keys, consistency: 'eventual' });
    const alerts = items.map((item) => readJson(item, 'body', alertSchema));
    const wrong = new Set(alerts.filter(isFalseAlert).map(({ alertId }) => alertId));
    return calls.map(({ page, liaisonId }) => ({
      ...{ liaisonId, alertId: page.alertId, wearerId: page.wearerId },
      ...{ zoneName: page.facts.zoneName, calledAt: page.createdAt },
      isFalse: wrong.has(page.alertId),
    }));
  };
};
export type LoadPoliceCalls = ReturnType<typeof policeCalls>;
