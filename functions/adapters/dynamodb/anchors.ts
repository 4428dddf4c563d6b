import { type DynamoDBClient, QueryCommand } from '@aws-sdk/client-dynamodb';
import type { AgencyId } from '#domain/model/ids.ts';
import { type Instant, instantSchema } from '#domain/model/instant.ts';
import { type Anchored, type SignedAnchor, signedAnchorSchema } from '#domain/record/anchor.ts';
import { type ChainEnd, endAt, type Hash } from '#domain/record/link.ts';
import { batchGet } from './batch-get.ts';
import {
  anchoredKey,
  anchorKey,
  anchorsPk,
  daysBetween,
  linkKey,
  sealedDayShards,
} from './chain-keys.ts';
import { linkFrom } from './chains.ts';
import { type Item, json, keyItem, number, readJson, readText, text } from './items.ts';
import type { Key } from './keys.ts';
import { newItem, putOnce } from './put-once.ts';
import { pagesOf } from './query.ts';

/** From an instant until before another. */
export type Stretch = Readonly<{ fromAt: Instant; untilAt: Instant }>;

const signedFrom = (item: Item): SignedAnchor => readJson(item, 'body', signedAnchorSchema);

const positionOf = (sk: string): number => Number(sk.slice(sk.indexOf('#') + 1));

/** The highest position of each chain among these keys. */
const furthest = (keys: readonly Item[], found: Map<string, number>): void => {
  for (const item of keys) {
    const [chain, position] = [readText(item, 'pk'), positionOf(readText(item, 'sk'))];
    found.set(chain, Math.max(position, found.get(chain) ?? 0));
  }
};

/** Anchors, and where chains stood in them; what is put is never put over. */
export const anchors = (client: DynamoDBClient, table: string, hash: Hash) => {
  const put = (key: Key, body: object) =>
    putOnce(client, newItem(table, key, { body: json(body) }));

  return {
    /** The last anchor of an agency; null before the first. */
    loadLast: async (agencyId: AgencyId): Promise<SignedAnchor | null> => {
      const { Items = [] } = await client.send(
        new QueryCommand({
          ...{ TableName: table, ConsistentRead: true, ScanIndexForward: false, Limit: 1 },
          KeyConditionExpression: 'pk = :pk',
          ExpressionAttributeValues: { ':pk': text(anchorsPk(agencyId)) },
        }),
      );
      return Items[0] === undefined ? null : signedFrom(Items[0]);
    },

    /** Which chains of an agency got links in a stretch, and the furthest of these; by name. */
    loadChanged: async (
      agencyId: AgencyId,
      { fromAt, untilAt }: Stretch,
    ): Promise<ReadonlyMap<string, number>> => {
      const found = new Map<string, number>();
      for (const day of daysBetween(fromAt, untilAt)) {
        for (const shard of sealedDayShards(agencyId, day)) {
          const pages = pagesOf(client, {
            TableName: table,
            IndexName: 'links',
            KeyConditionExpression: 'sealedDay = :shard AND sealedAt BETWEEN :from AND :until',
            ExpressionAttributeValues: {
              ...{ ':shard': text(shard), ':from': number(fromAt), ':until': number(untilAt - 1) },
            },
          });
          for await (const keys of pages) furthest(keys, found);
        }
      }
      return new Map([...found].sort(([a], [b]) => (a < b ? -1 : 1)));
    },

    /** The links at these positions, as ends; in the order of the chains' names. */
    loadEnds: async (positions: ReadonlyMap<string, number>): Promise<ChainEnd[]> => {
      const keys = [...positions].map(([chain, position]) => keyItem(linkKey(chain, position)));
      const ends = (await batchGet(client, table, keys)).map((item) => endAt(hash, linkFrom(item)));
      return ends.sort((a, b) => (a.chain < b.chain ? -1 : 1));
    },

    /** Keeps where a chain stood in an anchor that is about to be signed. */
    putAnchored: async (chain: string, anchored: Anchored): Promise<void> => {
      await put(anchoredKey(chain, anchored.number, anchored.root), anchored);
    },

    putAnchor: async (signed: SignedAnchor): Promise<void> => {
      const { agencyId, number: nth } = signed.anchor;
      await put(anchorKey(agencyId, nth), signed);
    },
  };
};
export type Anchors = ReturnType<typeof anchors>;

/** When the last anchor was taken; null before the first. */
export const untilAtOf = (last: SignedAnchor | null): Instant | null =>
  last === null ? null : instantSchema.parse(Date.parse(last.anchor.untilAt));
