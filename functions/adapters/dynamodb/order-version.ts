import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { AgencyId } from '#domain/model/ids.ts';
import { type Order, orderSchema } from '#domain/model/order.ts';
import type { Violation } from '#domain/model/violation.ts';
import { documents } from './documents.ts';
import { orderKey, versionKey } from './keys.ts';

type Found = Pick<Violation, 'wearerId' | 'orderId' | 'orderVersion'>;

/** The version of an order under which something was found; null: it is not on record. */
export const orderVersions =
  (client: DynamoDBClient, table: string) =>
  async (agencyId: AgencyId, found: Found): Promise<Order | null> => {
    const key = orderKey({ agencyId, wearerId: found.wearerId }, found.orderId);
    const kept = await documents(client, table).load(
      versionKey(key, found.orderVersion),
      orderSchema,
    );
    return kept?.value ?? null;
  };
export type LoadOrderVersion = ReturnType<typeof orderVersions>;

/** A wearer's order as it now stands; null: it is not on record. */
export const currentOrders =
  (client: DynamoDBClient, table: string) =>
  async (
    agencyId: AgencyId,
    { wearerId, orderId }: Pick<Violation, 'wearerId' | 'orderId'>,
  ): Promise<Order | null> => {
    const key = orderKey({ agencyId, wearerId }, orderId);
    return (await documents(client, table).load(key, orderSchema))?.value ?? null;
  };
export type LoadCurrentOrder = ReturnType<typeof currentOrders>;
