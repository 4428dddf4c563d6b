import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { Versioned } from '#domain/model/documents.ts';
import type { WearerRef } from '#domain/model/ids.ts';
import type { Instant } from '#domain/model/instant.ts';
import { type Order, orderSchema } from '#domain/model/order.ts';
import { versionOf } from './documents.ts';
import { readJson, readOrNull } from './items.ts';
import { wearerPk } from './keys.ts';
import { queryAll, startingWith } from './query.ts';

const isRunning =
  (at: Instant) =>
  ({ value: { startsAt, endsAt } }: Versioned<Order>): boolean =>
    startsAt <= at && (endsAt === null || at < endsAt);

const newer = (a: Versioned<Order>, b: Versioned<Order>): Versioned<Order> =>
  b.value.startsAt >= a.value.startsAt ? b : a;

/** Every order of a wearer as it stands. */
export const wearerOrders =
  (client: DynamoDBClient, table: string) =>
  async (wearer: WearerRef): Promise<Versioned<Order>[]> => {
    const items = await queryAll(client, startingWith(table, wearerPk(wearer), 'ORDER#'));
    return items.flatMap((item): Versioned<Order>[] => {
      // Record: one that cannot be read is told of by whoever evaluates by it.
      const value = readOrNull(item, (kept) => readJson(kept, 'body', orderSchema));
      return value === null ? [] : [{ version: versionOf(item), value }];
    });
  };
export type LoadWearerOrders = ReturnType<typeof wearerOrders>;

/**
 * The order whose officer looks after somebody at an instant: of those that run the one that began
 * last, else the last that there was. Null: none is on record that can be read.
 */
export const leadingOrders = (client: DynamoDBClient, table: string) => {
  const loadOrders = wearerOrders(client, table);
  return async (wearer: WearerRef, at: Instant): Promise<Versioned<Order> | null> => {
    const orders = await loadOrders(wearer);
    const running = orders.filter(isRunning(at));
    const [first, ...others] = running.length > 0 ? running : orders;
    return first === undefined ? null : others.reduce(newer, first);
  };
};
export type LoadLeadingOrder = ReturnType<typeof leadingOrders>;
