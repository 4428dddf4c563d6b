import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import * as z from 'zod';
import type { AgencyId, WearerRef } from '#domain/model/ids.ts';
import { instant } from '#domain/model/instant.ts';
import { type Order, orderSchema } from '#domain/model/order.ts';
import { isPair, otherIn, type Pair, pairSchema } from '#domain/model/pair.ts';
import type { DatedOrder, WearerFacts } from '#domain/retention/retention-plan.ts';
import {
  type RetentionPolicy,
  retentionPolicySchema,
  USUAL_POLICY,
} from '#domain/retention/retention-policy.ts';
import { datesOf, documents } from './documents.ts';
import { type Item, readJson, readText } from './items.ts';
import { pairKey, wearerKey, wearerPk } from './keys.ts';
import { between, queryAll, startingWith } from './query.ts';
import {
  type LoadRetentionGuard,
  loadRetentionGuard,
  type RetentionGuard,
} from './retention-guard.ts';
import { listedWearerKey, retentionPolicyKey } from './retention-keys.ts';

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

/** What keeping goes by, of one wearer or of a pair. */
export type RetentionFacts = Omit<WearerFacts, 'at' | 'policy' | 'openAlerts'> &
  Readonly<{
    /** Of each whose holds count: an erasure checks them all. */
    guards: readonly RetentionGuard[];
  }>;

const retained = ({ orderId, type, endsAt, isZoneOnly = false }: Order): DatedOrder => ({
  ...{ orderId, type, endsAt, isZoneOnly },
});

const taskSchema = z.looseObject({ ended: z.looseObject({}).nullable() });

const isOpenTask = (item: Item): boolean => readJson(item, 'body', taskSchema).ended === null;

const idOf = (item: Item): string => readText(item, 'sk').split('#').slice(1).join('#');

type Person = Readonly<{ orders: readonly Order[]; pairs: readonly Pair[] }>;

const PERSON_RANGE = { from: 'MEMBER_OF#', to: 'ORDER#~' } as const;

/**
 * By which orders of two people what is held of both is kept: by those that join them; by all of
 * theirs where none does any more. Of somebody who was erased nothing is kept for an order that
 * never was about them.
 */
const governing = (
  { members }: Pair,
  orders: readonly Order[],
  areBothThere: boolean,
): readonly Order[] => {
  const isJoining = ({ conditions }: Order): boolean =>
    conditions.map(otherIn).some((other) => other !== null && members.includes(other));
  const joining = orders.filter(isJoining);
  return joining.length > 0 || !areBothThere ? joining : orders;
};

/** Reads them; null where there is nobody of that id. */
export const retentionFacts = (client: DynamoDBClient, table: string) => {
  const loadGuard: LoadRetentionGuard = loadRetentionGuard(client, table);

  const personOf = async (wearer: WearerRef): Promise<Person> => {
    const items = await queryAll(client, between(table, wearerPk(wearer), PERSON_RANGE));
    const named = (prefix: string): Item[] =>
      items.filter((item) => readText(item, 'sk').startsWith(prefix));
    return {
      orders: named('ORDER#').map((item) => readJson(item, 'body', orderSchema)),
      pairs: named('MEMBER_OF#').map((item) => readJson(item, 'body', pairSchema)),
    };
  };

  /** The orders of others that join them with somebody: what is held of one is about both. */
  const joinedOrders = async (wearer: WearerRef, pairs: readonly Pair[]): Promise<Order[]> => {
    const others = pairs
      .flatMap(({ members }) => members)
      .filter((wearerId) => wearerId !== wearer.wearerId);
    const found = await Promise.all(
      others.map((wearerId) => personOf({ agencyId: wearer.agencyId, wearerId })),
    );
    return found
      .flatMap(({ orders }) => orders)
      .filter(({ conditions }) => conditions.some((one) => otherIn(one) === wearer.wearerId));
  };

  const isKnown = async (wearer: WearerRef): Promise<boolean> =>
    (await documents(client, table).loadItem(wearerKey(wearer))) !== null;

  const ofPair = async (wearer: WearerRef): Promise<RetentionFacts | null> => {
    const item = await documents(client, table).loadItem(pairKey(wearer));
    if (item === null) return null;
    const pair = readJson(item, 'body', pairSchema);
    const people = pair.members.map((wearerId) => ({ agencyId: wearer.agencyId, wearerId }));
    const [known, guards, areThere] = await Promise.all([
      Promise.all(people.map(personOf)),
      Promise.all(people.map(loadGuard)),
      Promise.all(people.map(isKnown)),
    ]);
    const orders = known.flatMap((person) => person.orders);
    return {
      orders: governing(pair, orders, areThere.every(Boolean)).map(retained),
      ...{ holds: guards.flatMap(({ holds }) => holds), guards, openTasks: [] },
      lastKnownAt: instant(0),
    };
  };

  return async (wearer: WearerRef): Promise<RetentionFacts | null> => {
    if (isPair(wearer)) return ofPair(wearer);
    const item = await documents(client, table).loadItem(wearerKey(wearer));
    if (item === null) return null;
    const [{ orders, pairs }, tasks, guard] = await Promise.all([
      personOf(wearer),
      queryAll(client, startingWith(table, wearerPk(wearer), 'TASK#')),
      loadGuard(wearer),
    ]);
    const joined = await joinedOrders(wearer, pairs);
    return {
      orders: [...orders, ...joined].map(retained),
      ...{ holds: guard.holds, guards: [guard], lastKnownAt: datesOf(item).changedAt },
      openTasks: tasks.filter(isOpenTask).map(idOf),
    };
  };
};
export type LoadRetentionFacts = ReturnType<typeof retentionFacts>;

/**
 * The same of somebody who is still on the list of wearers when their document has gone: an erasing
 * stopped before it was through, or something came meanwhile. An order that came keeps what is
 * left; a hold has nothing left to keep. Null: they are not on the list.
 */
export const restFacts =
  (client: DynamoDBClient, table: string): LoadRetentionFacts =>
  async (wearer) => {
    const listed = await documents(client, table).loadItem(listedWearerKey(wearer));
    if (listed === null) return null;
    const guards = [await loadRetentionGuard(client, table)(wearer)];
    const items = await queryAll(client, startingWith(table, wearerPk(wearer), 'ORDER#'));
    const orders = items.map((item) => retained(readJson(item, 'body', orderSchema)));
    return { orders, guards, holds: [], openTasks: [], lastKnownAt: instant(0) };
  };
