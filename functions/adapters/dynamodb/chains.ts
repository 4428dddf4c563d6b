import {
  type DynamoDBClient,
  QueryCommand,
  type TransactWriteItem,
} from '@aws-sdk/client-dynamodb';
import { instantSchema, isoInstantSchema, toIso } from '#domain/model/instant.ts';
import {
  type ChainEnd,
  emptyChain,
  endAt,
  type Hash,
  type Link,
  linkSchema,
  type SealedEntry,
} from '#domain/record/link.ts';
import { batchGet } from './batch-get.ts';
import { entryDay, LINK_PREFIX, linkKey, sealedDay, sealedKey, wholeKey } from './chain-keys.ts';
import { type Item, keyItem, number, readNumber, readText, text } from './items.ts';
import { newItem, putOnce } from './put-once.ts';
import { queryAll } from './query.ts';
import { sealedEntryFrom } from './sealed-entries.ts';
import { transact } from './transact.ts';

/** A transaction takes a hundred items, and each entry is two: its link, and that it is sealed. */
export const MOST_LINKS_AT_ONCE = 50;

export type ChainTables = Readonly<{ chain: string; record: string }>;

/** An entry that is to be sealed, with the salt that it is given. */
export type NewLink = Readonly<{ link: Link; salt: string; entry: SealedEntry }>;

/** Where a chain ends, and whether all that its partition held before its first link is sealed. */
export type KnownChain = Readonly<{ end: ChainEnd; isWhole: boolean }>;

export const linkFrom = (item: Item): Link =>
  linkSchema.parse({
    chain: readText(item, 'pk'),
    position: readNumber(item, 'position'),
    previous: readText(item, 'previous'),
    name: readText(item, 'name'),
    commitment: readText(item, 'commitment'),
    sealedAt: toIso(instantSchema.parse(readNumber(item, 'sealedAt'))),
  });

const linkItem = ({ chain, position, ...link }: Link): Item => {
  const sealedAt = isoInstantSchema.parse(link.sealedAt);
  return {
    position: number(position),
    previous: text(link.previous),
    name: text(link.name),
    commitment: text(link.commitment),
    sealedAt: number(sealedAt),
    sealedDay: text(sealedDay(chain, sealedAt)),
  };
};

const putsOf = (tables: ChainTables, { link, salt, entry }: NewLink): TransactWriteItem[] => {
  const sealed = {
    position: number(link.position),
    salt: text(salt),
    entryDay: text(entryDay(link.chain, entry.at)),
  };
  return [
    newItem(tables.chain, linkKey(link.chain, link.position), linkItem(link)),
    newItem(tables.record, sealedKey(link.chain, link.name), sealed),
  ];
};

/**
 * Chains as their table holds them: a link is put once, at the position after the last, in one
 * transaction with the note that its entry is sealed. So no position is there twice, and no entry.
 */
export const chains = (client: DynamoDBClient, tables: ChainTables, hash: Hash) => {
  const recordPartition = (chain: string) => ({
    TableName: tables.record,
    ConsistentRead: true,
    KeyConditionExpression: 'pk = :pk',
    ExpressionAttributeValues: { ':pk': text(chain) },
  });

  return {
    /** One read of the last two items: the mark that a chain is whole lies behind its links. */
    load: async (chain: string): Promise<KnownChain> => {
      const { Items = [] } = await client.send(
        new QueryCommand({
          TableName: tables.chain,
          ConsistentRead: true,
          ScanIndexForward: false,
          Limit: 2,
          KeyConditionExpression: 'pk = :pk AND sk >= :links',
          ExpressionAttributeValues: { ':pk': text(chain), ':links': text(LINK_PREFIX) },
        }),
      );
      const last = Items.find((item) => readText(item, 'sk').startsWith(LINK_PREFIX));
      return {
        end: last === undefined ? emptyChain(chain) : endAt(hash, linkFrom(last)),
        isWhole: Items.some((item) => readText(item, 'sk') === wholeKey(chain).sk),
      };
    },

    /** `conflict`: somebody else has put a link there, or sealed one of the entries. */
    append: (links: readonly NewLink[]): Promise<'saved' | 'conflict'> =>
      transact(
        client,
        links.flatMap((link) => putsOf(tables, link)),
      ),

    /** Which of these names are sealed already. */
    loadSealed: async (chain: string, names: readonly string[]): Promise<Set<string>> => {
      const keys = names.map((name) => keyItem(sealedKey(chain, name)));
      const found = await batchGet(client, tables.record, keys);
      return new Set(found.map((item) => readText(item, 'sk')));
    },

    /** Every entry of a partition of the record, in the order of their names. */
    loadEntries: async (chain: string): Promise<SealedEntry[]> =>
      (await queryAll(client, recordPartition(chain))).map(sealedEntryFrom),

    /** Those of these names that are on record. */
    loadNamed: async (chain: string, names: readonly string[]): Promise<SealedEntry[]> => {
      const keys = names.map((sk) => keyItem({ pk: chain, sk }));
      return (await batchGet(client, tables.record, keys)).map(sealedEntryFrom);
    },

    /** Says for good that all that was there before the first link is sealed. */
    markWhole: async (chain: string): Promise<void> => {
      await putOnce(client, newItem(tables.chain, wholeKey(chain), {}));
    },
  };
};
export type Chains = ReturnType<typeof chains>;
