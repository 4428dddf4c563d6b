import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import * as z from 'zod';
import type { AgencyId, WearerRef } from '#domain/model/ids.ts';
import { type Instant, instant } from '#domain/model/instant.ts';
import { orderSchema } from '#domain/model/order.ts';
import type { DatedOrder, WearerFacts } from '#domain/retention/retention-plan.ts';
import {
  type RetentionPolicy,
  retentionPolicySchema,
  USUAL_POLICY,
} from '#domain/retention/retention-policy.ts';
import { datesOf, documents } from './documents.ts';
import { type Item, readJson, readText } from './items.ts';
import { wearerKey, wearerPk } from './keys.ts';
import { queryAll, startingWith } from './query.ts';
import {
  type LoadRetentionGuard,
  loadRetentionGuard,
  type RetentionGuard,
} from './retention-guard.ts';
import { retentionPolicyKey } from './retention-keys.ts';

/** A policy with its version; 0: the usual one, for the agency has put none. */
export type PolicyInForce = Readonly<{ version: number; policy: RetentionPolicy }>;

export const loadRetentionPolicy =
  (client: DynamoDBClient, table: string) =>
  async (agencyId: AgencyId): Promise<PolicyInForce> => {
    const key = retentionPolicyKey(agencyId);
    const found = await documents(client, table).load(key, retentionPolicySchema);
    if (found === null) return { version: 0, policy: USUAL_POLICY };
    return { version: found.version, policy: found.value };
  };
export type LoadRetentionPolicy = ReturnType<typeof loadRetentionPolicy>;

/** What keeping goes by, of one wearer. */
export type RetentionFacts = Omit<WearerFacts, 'at' | 'policy' | 'openAlerts'> &
  Readonly<{ guard: RetentionGuard }>;

const orderFrom = (item: Item): DatedOrder => {
  const { orderId, type, endsAt, isZoneOnly = false } = readJson(item, 'body', orderSchema);
  return { orderId, type, endsAt, isZoneOnly };
};

const taskSchema = z.looseObject({ ended: z.looseObject({}).nullable() });

const isOpenTask = (item: Item): boolean => readJson(item, 'body', taskSchema).ended === null;

const idOf = (item: Item): string => readText(item, 'sk').split('#').slice(1).join('#');

/** Reads them; null where there is no such wearer. */
export const retentionFacts = (client: DynamoDBClient, table: string) => {
  const loadGuard: LoadRetentionGuard = loadRetentionGuard(client, table);
  const all = (wearer: WearerRef, prefix: string): Promise<Item[]> =>
    queryAll(client, startingWith(table, wearerPk(wearer), prefix));

  return async (wearer: WearerRef): Promise<RetentionFacts | null> => {
    const item = await documents(client, table).loadItem(wearerKey(wearer));
    if (item === null) return null;
    const [orders, tasks, guard] = await Promise.all([
      all(wearer, 'ORDER#'),
      all(wearer, 'TASK#'),
      loadGuard(wearer),
    ]);
    const lastKnownAt: Instant = instant(datesOf(item).changedAt);
    return {
      ...{ orders: orders.map(orderFrom), holds: guard.holds, guard, lastKnownAt },
      openTasks: tasks.filter(isOpenTask).map(idOf),
    };
  };
};
export type LoadRetentionFacts = ReturnType<typeof retentionFacts>;
