import type { DynamoDBClient, TransactWriteItem } from '@aws-sdk/client-dynamodb';
import { type NamedBy, namedBySchema, referencesIn } from '#domain/liaison/references.ts';
import {
  type AgencyId,
  type LiaisonId,
  liaisonIdSchema,
  type WearerRef,
} from '#domain/model/ids.ts';
import { type Liaison, liaisonSchema } from '#domain/model/liaison.ts';
import type { Order } from '#domain/model/order.ts';
import { batchGetAs } from './batch-get.ts';
import { type Item, json, keyItem, MalformedItem, readJson, readText, text } from './items.ts';
import { sharedKey } from './keys.ts';
import { liaisonsPk, listedLiaisonKey, NAMED_BY_PREFIX, namedByKey } from './liaison-names-keys.ts';
import { queryAll, startingWith, wholePartition } from './query.ts';

/** A liaison among those of its agency, beside the liaison itself. */
export const listedLiaisonPut = (
  TableName: string,
  agencyId: AgencyId,
  liaisonId: LiaisonId,
): TransactWriteItem => ({
  Put: { TableName, Item: { ...keyItem(listedLiaisonKey(agencyId, liaisonId)), entity: LISTED } },
});
const LISTED = text('LISTED-LIAISON');

/** Which liaisons an order names by which references, and which it names no more. */
export const namedByPuts = (
  TableName: string,
  wearer: WearerRef,
  { order, before }: Readonly<{ order: Order; before: Order | null }>,
): TransactWriteItem[] => {
  const { orderId, endsAt } = order;
  const now = referencesIn(order).map(({ liaisonId, reference }): NamedBy => {
    return { liaisonId, wearerId: wearer.wearerId, orderId, reference, endsAt, isNamed: true };
  });
  const names = new Set(now.map(({ liaisonId }) => liaisonId));
  const gone = (before === null ? [] : referencesIn(before))
    .filter(({ liaisonId }) => !names.has(liaisonId))
    .map(({ liaisonId }): NamedBy => {
      const { wearerId } = wearer;
      return { liaisonId, wearerId, orderId, reference: null, endsAt, isNamed: false };
    });
  return [...now, ...gone].map((named) => ({
    Put: {
      TableName,
      Item: {
        ...keyItem(namedByKey(wearer, named.liaisonId, orderId)),
        ...{ entity: text('NAMED-BY'), body: json(named) },
      },
    },
  }));
};

/** One that cannot be read is as good as none: its alerts say so. */
const readable = (item: Item): Liaison[] => {
  try {
    return [readJson(item, 'body', liaisonSchema)];
  } catch (error) {
    // Record: whoever is to be told of an alert reads that it is unknown.
    if (error instanceof MalformedItem) return [];
    throw error;
  }
};

/** Every liaison of an agency, with the orders that name it. */
export const namedLiaisons =
  (client: DynamoDBClient, table: string) =>
  async (
    agencyId: AgencyId,
  ): Promise<readonly Readonly<{ liaison: Liaison; named: readonly NamedBy[] }>[]> => {
    const listed = await queryAll(client, wholePartition(table, liaisonsPk(agencyId)));
    const ids = listed.map((item) => liaisonIdSchema.parse(readText(item, 'sk')));
    const keys = ids.map((id) => keyItem(sharedKey(agencyId, 'LIAISON', id)));
    const items = await batchGetAs(client, { table, keys, consistency: 'eventual' });
    return Promise.all(
      items.flatMap(readable).map(async (liaison) => {
        const { pk } = sharedKey(agencyId, 'LIAISON', liaison.liaisonId);
        const rows = await queryAll(client, startingWith(table, pk, NAMED_BY_PREFIX));
        return { liaison, named: rows.map((row) => readJson(row, 'body', namedBySchema)) };
      }),
    );
  };
export type LoadNamedLiaisons = ReturnType<typeof namedLiaisons>;
