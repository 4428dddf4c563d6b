import { type DynamoDBClient, QueryCommand } from '@aws-sdk/client-dynamodb';
import { saltSchema } from '#domain/record/link.ts';
import type { LinkToArchive } from '../s3/archived-stretch.ts';
import { ARCHIVED_PREFIX, archivedKey, LINK_PREFIX, linkKey } from './chain-keys.ts';
import { type ChainTables, linkFrom } from './chains.ts';
import { readNumber, readText, text } from './items.ts';
import { newItem, putOnce } from './put-once.ts';
import { between, queryAll } from './query.ts';
import { loadSealed, sealedEntryFrom } from './sealed-entries.ts';

/** Chains in stretches: with what opens their links, where that has not been erased. */
export const chainStretches = (client: DynamoDBClient, tables: ChainTables) => {
  const openingsOf = async (chain: string, names: readonly string[]) => {
    const { entries, seals } = await loadSealed(client, tables.record, { chain, names });
    const salts = new Map(
      seals.map((item) => [readText(item, 'sk'), saltSchema.safeParse(item.salt?.S).data]),
    );
    return new Map(
      entries.map(sealedEntryFrom).flatMap((entry) => {
        const salt = salts.get(entry.name);
        return salt === undefined ? [] : [[entry.name, { salt, entry }] as const];
      }),
    );
  };

  return {
    /** Links of a chain from a position on, at most so many, each with what opens it. */
    loadStretch: async (chain: string, from: number, most: number): Promise<LinkToArchive[]> => {
      const range = { from: linkKey(chain, from).sk, to: `${LINK_PREFIX}~` };
      const items = await queryAll(client, between(tables.chain, chain, range), most);
      const links = items.map(linkFrom);
      const openings = await openingsOf(
        chain,
        links.map(({ name }) => name),
      );
      return links.map((link) => ({ link, opening: openings.get(link.name) ?? null }));
    },

    /** Up to which position a chain is in the archive; 0: not at all. */
    loadArchived: async (chain: string): Promise<number> => {
      const { Items = [] } = await client.send(
        new QueryCommand({
          ...{ TableName: tables.chain, ConsistentRead: true, ScanIndexForward: false, Limit: 1 },
          KeyConditionExpression: 'pk = :pk AND begins_with(sk, :prefix)',
          ExpressionAttributeValues: { ':pk': text(chain), ':prefix': text(ARCHIVED_PREFIX) },
        }),
      );
      return Items[0] === undefined ? 0 : readNumber(Items[0], 'position');
    },

    /** Notes that a chain is in the archive up to a position, and in which object that is. */
    putArchived: async (chain: string, position: number, object: string): Promise<void> => {
      const more = { position: { N: String(position) }, object: text(object) };
      await putOnce(client, newItem(tables.chain, archivedKey(chain, position), more));
    },
  };
};
export type ChainStretches = ReturnType<typeof chainStretches>;
