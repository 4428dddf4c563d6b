import {
  type DynamoDBClient,
  QueryCommand,
  type QueryCommandInput,
} from '@aws-sdk/client-dynamodb';
import type { AgencyId } from '#domain/model/ids.ts';
import { anchoredSchema, signedAnchorSchema } from '#domain/record/anchor.ts';
import type { LineOf } from '#domain/record/export-line.ts';
import { type ChainEnd, endAt, type Hash, type SealedEntry } from '#domain/record/link.ts';
import { batchGet } from './batch-get.ts';
import { ANCHORED_PREFIX, anchorKey, linkKey, sealedPk } from './chain-keys.ts';
import { type ChainTables, chains, linkFrom } from './chains.ts';
import { type Item, keyItem, readJson, readText } from './items.ts';
import { between, queryAll, startingWith } from './query.ts';
import { loadSealed, sealedEntryFrom } from './sealed-entries.ts';

/** So many of a portion: of each entry three items are read, and one may be large. */
const MOST_ENTRIES = 100;
/** Of large ones fewer, so that an answer holds them: of bodies, and at least one. */
const MOST_LETTERS = 1_000_000;
const MOST_ANCHORS = 200;
const ALL_NAMES = { from: ' ', to: '~' } as const;
/** Nearly all of these are sealed, and come to no line. */
const MOST_LOOKED_AT = 500;

/** A portion of what was asked for, and after what the next one begins; null: there is no more. */
export type Portion<T, After> = Readonly<{ found: T[]; next: After | null }>;

export const byName = (items: readonly Item[]): Map<string, Item> =>
  new Map(items.map((item) => [readText(item, 'sk'), item]));

/** Links up to where what they commit to fills an answer. */
const untilFull = (
  links: readonly Item[],
  entryOf: (link: Item) => Item | undefined,
): readonly Item[] => {
  let letters = 0;
  const full = links.findIndex((link, i) => {
    letters += entryOf(link)?.body?.S?.length ?? 0;
    return i > 0 && letters > MOST_LETTERS;
  });
  return full === -1 ? links : links.slice(0, full);
};

type Page = Readonly<{ query: QueryCommandInput; pk: string; after: string | null; most: number }>;

/** One page of a query: what it holds, and the sort key of its last item if there may be more. */
export const pageOf = async (
  client: DynamoDBClient,
  { query, pk, after, most }: Page,
): Promise<Portion<Item, string>> => {
  const start = after === null ? {} : { ExclusiveStartKey: keyItem({ pk, sk: after }) };
  const page = new QueryCommand({ ...query, ...start, Limit: most });
  const { Items = [], LastEvaluatedKey } = await client.send(page);
  return { found: Items, next: LastEvaluatedKey?.sk?.S ?? null };
};

const entryLine = (
  hash: Hash,
  item: Item,
  { entry, note }: Record<'entry' | 'note', Item | undefined>,
): LineOf<'entry'> => {
  const link = linkFrom(item);
  const { chain: _, ...rest } = link;
  return {
    kind: 'entry',
    ...rest,
    hash: endAt(hash, link).hash,
    salt: note?.salt?.S ?? null,
    entry: entry === undefined ? null : sealedEntryFrom(entry),
  };
};

/** A chain as it goes out: portion by portion, in its order, without a state between them. */
export const recordExports = (client: DynamoDBClient, tables: ChainTables, hash: Hash) => ({
  loadEnd: async (chain: string): Promise<ChainEnd> =>
    (await chains(client, tables, hash).load(chain)).end,

  /** Whether anything stands on record in it, sealed or not. */
  isThere: async (chain: string): Promise<boolean> =>
    (await queryAll(client, { ...between(tables.record, chain, ALL_NAMES), Limit: 1 }, 1)).length >
      0 || (await chains(client, tables, hash).load(chain)).end.position > 0,

  /** Anchors that hold the chain, after one of a key; what an anchoring left behind is none. */
  loadAnchors: async (
    agencyId: AgencyId,
    chain: string,
    after: string | null,
  ): Promise<Portion<LineOf<'anchor'>, string>> => {
    const query = startingWith(tables.chain, chain, ANCHORED_PREFIX);
    const page = { query, pk: chain, after, most: MOST_ANCHORS };
    const { found, next } = await pageOf(client, page);
    const places = found.map((item) => readJson(item, 'body', anchoredSchema));
    const numbers = [...new Set(places.map(({ number }) => number))];
    const keys = numbers.map((number) => keyItem(anchorKey(agencyId, number)));
    const items = await batchGet(client, tables.chain, keys);
    const signed = items.map((item) => readJson(item, 'body', signedAnchorSchema));
    const byNumber = new Map(signed.map((one) => [one.anchor.number, one]));
    const lines = places.flatMap((anchored): LineOf<'anchor'>[] => {
      const one = byNumber.get(anchored.number);
      return one?.anchor.root === anchored.root ? [{ kind: 'anchor', signed: one, anchored }] : [];
    });
    return { found: lines, next };
  },

  /** Links after a position up to another, with what they commit to, as far as it is there. */
  loadEntries: async (
    chain: string,
    { after, until }: Readonly<{ after: number; until: number }>,
  ): Promise<Portion<LineOf<'entry'>, number>> => {
    const last = Math.min(after + MOST_ENTRIES, until);
    if (last <= after) return { found: [], next: null };
    const range = { from: linkKey(chain, after + 1).sk, to: linkKey(chain, last).sk };
    const links = await queryAll(client, between(tables.chain, chain, range));
    const names = links.map((item) => readText(item, 'name'));
    const { entries, seals } = await loadSealed(client, tables.record, { chain, names });
    const [entryOf, noteOf] = [byName(entries), byName(seals)];
    const some = untilFull(links, (item) => entryOf.get(readText(item, 'name')));
    const found = some.map((item) => {
      const name = readText(item, 'name');
      return entryLine(hash, item, { entry: entryOf.get(name), note: noteOf.get(name) });
    });
    const reached = some.length < links.length ? (found.at(-1)?.position ?? last) : last;
    return { found, next: reached < until ? reached : null };
  },

  /** Entries that no seal stands beside, among the next after a name. */
  loadUnsealed: async (
    chain: string,
    after: string | null,
  ): Promise<Portion<SealedEntry, string>> => {
    const query = between(tables.record, chain, ALL_NAMES);
    const page = { query, pk: chain, after, most: MOST_LOOKED_AT };
    const { found, next } = await pageOf(client, page);
    const [first, last] = [found[0], found.at(-1)];
    if (first === undefined || last === undefined) return { found: [], next };
    const range = { from: readText(first, 'sk'), to: readText(last, 'sk') };
    const notes = byName(await queryAll(client, between(tables.record, sealedPk(chain), range)));
    const unsealed = found.filter((item) => !notes.has(readText(item, 'sk')));
    return { found: unsealed.map(sealedEntryFrom), next };
  },
});
export type RecordExports = ReturnType<typeof recordExports>;
