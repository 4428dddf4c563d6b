import type { DynamoDBClient, TransactWriteItem } from '@aws-sdk/client-dynamodb';
import type { AgencyId, WearerRef } from '#domain/model/ids.ts';
import { isPair, type Pair, pairSchema } from '#domain/model/pair.ts';
import { batchGet } from './batch-get.ts';
import { json, keyItem, MalformedItem, readJson, text } from './items.ts';
import { memberOfKey, pairKey, wearerPk } from './keys.ts';
import { listedWearerPut } from './wearer-list.ts';

/** A pair on record, and the row beside each of its two by which evaluation knows of it. */
export const pairPuts = (table: string, agencyId: AgencyId, pair: Pair): TransactWriteItem[] => [
  {
    Put: {
      TableName: table,
      Item: {
        ...keyItem(pairKey({ agencyId, wearerId: pair.pairId })),
        entity: text('PAIR'),
        body: json(pair),
      },
    },
  },
  listedWearerPut(table, { agencyId, wearerId: pair.pairId }),
  ...pair.members.map((wearerId) => ({
    Put: {
      TableName: table,
      Item: {
        ...keyItem(memberOfKey({ agencyId, wearerId }, pair.pairId)),
        entity: text('MEMBER-OF'),
        body: json(pair),
      },
    },
  })),
];

export const pairs = (client: DynamoDBClient, table: string) => ({
  /** The two people of a pair. Throws MalformedItem where it is not on record. */
  load: async (pair: WearerRef): Promise<Pair> => {
    const key = pairKey(pair);
    const [item] = await batchGet(client, table, [keyItem(key)]);
    if (item === undefined) throw new MalformedItem(key.pk, new Error('no pair of this id'));
    return readJson(item, 'body', pairSchema);
  },
});

/** Whose partitions hold what is found of somebody: the members', where it is a pair. */
export const partitionsOf =
  (client: DynamoDBClient, table: string) =>
  async (wearer: WearerRef): Promise<string[]> => {
    if (!isPair(wearer)) return [wearerPk(wearer)];
    const { members } = await pairs(client, table).load(wearer);
    return members.map((wearerId) => wearerPk({ agencyId: wearer.agencyId, wearerId }));
  };
