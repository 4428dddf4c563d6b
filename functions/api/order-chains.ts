import type { WearerRef } from '#domain/model/ids.ts';
import { referencesOf } from '#domain/model/references.ts';
import { sharedKey } from '../adapters/dynamodb/keys.ts';
import type { WearerVersions } from '../adapters/dynamodb/wearer-versions.ts';
import { ordersIn } from './history/demographics.ts';

/**
 * The chains of what a wearer's orders ever referred to: zones, zone lists, timetables, thresholds
 * and escalation policies; each once, in the order of their names.
 */
export const orderChains = async (
  { ofWearer }: Pick<WearerVersions, 'ofWearer'>,
  wearer: WearerRef,
): Promise<string[]> => {
  const orders = ordersIn(await ofWearer(wearer, 'ORDER'));
  const keys = orders.flatMap((order) => [
    ...referencesOf(order).map(({ kind, id }) => sharedKey(wearer.agencyId, kind, id)),
    sharedKey(wearer.agencyId, 'POLICY', order.policyId),
  ]);
  return [...new Set(keys.map(({ pk }) => pk))].sort();
};
