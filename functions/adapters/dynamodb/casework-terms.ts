import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { CaseworkTerms } from '#domain/casework/task-due.ts';
import { type CaseworkPolicy, USUAL_POLICY } from '#domain/model/casework-policy.ts';
import type { AgencyId } from '#domain/model/ids.ts';
import type { Order } from '#domain/model/order.ts';
import { thresholdPolicySchema } from '#domain/model/threshold-policy.ts';
import { documents } from './documents.ts';
import { holidayDates } from './holidays.ts';
import { readJson, readOrNull } from './items.ts';
import { sharedKey } from './keys.ts';

/**
 * What people go by in the casework of an order: its agency's clocks and numbers, with the days on
 * which nobody works. Where those cannot be read, Homeward's own: no alert waits for them.
 */
export const caseworkTerms = (client: DynamoDBClient, table: string) => {
  const docs = documents(client, table);
  const loadDates = holidayDates(client, table);

  const loadPolicy = async (agencyId: AgencyId, order: Order): Promise<CaseworkPolicy> => {
    const id = order.thresholdPolicyId;
    if (id === null) return USUAL_POLICY;
    const item = await docs.loadItem(sharedKey(agencyId, 'THRESHOLDS', id));
    if (item === null) return USUAL_POLICY;
    const found = readOrNull(item, (kept) => readJson(kept, 'body', thresholdPolicySchema));
    return found?.casework ?? USUAL_POLICY;
  };

  return async (agencyId: AgencyId, order: Order): Promise<CaseworkTerms> => {
    const policy = await loadPolicy(agencyId, order);
    const { holidaysId } = policy;
    const dates = holidaysId === null ? null : await loadDates(agencyId, [holidaysId]);
    const holidays = (holidaysId === null ? null : dates?.get(holidaysId)) ?? [];
    return { policy, timeZone: order.timeZone, holidays };
  };
};
export type LoadCaseworkTerms = ReturnType<typeof caseworkTerms>;
