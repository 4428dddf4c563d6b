import type { DynamoDBClient, TransactWriteItem } from '@aws-sdk/client-dynamodb';
import * as z from 'zod';
import type { WearerRef } from '#domain/model/ids.ts';
import { type Instant, toIso } from '#domain/model/instant.ts';
import { ERASURE_TYPE } from '#domain/record/erasure.ts';
import { dataClassSchema } from '#domain/retention/data-class.ts';
import { batchGet } from './batch-get.ts';
import { sealedKey } from './chain-keys.ts';
import { documents } from './documents.ts';
import type { ErasablePiece, ErasableTables, Row } from './erasable.ts';
import { json, keyItem, number, readJson, readNumber, readText, text } from './items.ts';
import { wearerPk } from './keys.ts';
import { entryPut } from './record.ts';
import { guardCheck, guardDelete, type RetentionGuard } from './retention-guard.ts';
import { erasedEntryName, erasingKey, listedWearerKey } from './retention-keys.ts';
import { transact } from './transact.ts';

const becauseSchema = z.object({
  dataClass: dataClassSchema,
  policyVersion: z.int().min(0),
  /** In plain words: after which order, and how many days. */
  why: z.string(),
});
/** Why something is erased: it stands on record with what was. */
export type Because = z.infer<typeof becauseSchema>;

/** Whose data is erased, on whose holds that were read. */
export type ErasingOf = Readonly<{ wearer: WearerRef; guards: readonly RetentionGuard[] }>;

/** What an entry says of something that is gone; its place in a chain, where it had one. */
type Gone = Readonly<{ name: string; chain: string | null; position: number | null }>;

const journalSchema = z.object({ ...becauseSchema.shape, objects: z.array(z.string()).min(1) });
/** Objects that were about to be erased, and why. */
export type Journal = z.infer<typeof journalSchema>;

/** A transaction takes a hundred parts: entry, guards and journal beside so many rows. */
const MOST_ROWS = 90;
/** Objects that are erased, and put on record, together. */
export const MOST_OBJECTS = 200;

/** What is written of a row: it goes, or of a seal all but the position does. */
type Write = Row & Readonly<{ position?: number }>;

type Chunk = Readonly<{ names: readonly Gone[]; rows: readonly Write[] }>;

/** A seal loses its salt and stays: an entry that the stream brings again is not sealed twice. */
const writesOf = (
  { rows, chain, name }: ErasablePiece,
  position: number | null,
): readonly Write[] =>
  chain === null || position === null
    ? rows
    : [...rows, { table: 'record', key: sealedKey(chain, name), position }];

type Going = Readonly<{ gone: Gone; rows: readonly Write[] }>;

/** Each row once: versions of an order name the same zones, and no transaction takes two of one. */
const eachRowOnce = (pieces: readonly Going[]): Going[] => {
  const met = new Set<string>();
  return pieces.map(({ gone, rows }) => ({
    gone,
    rows: rows.filter((row) => {
      const name = JSON.stringify(row);
      const isNew = !met.has(name);
      met.add(name);
      return isNew;
    }),
  }));
};

/** Cuts pieces into what one transaction takes; rows of one piece may need several. */
const cut = (pieces: readonly Going[]): Chunk[] => {
  const chunks: { names: Gone[]; rows: Write[] }[] = [];
  for (const { gone, rows } of eachRowOnce(pieces)) {
    for (let i = 0; i < rows.length; i += MOST_ROWS) {
      const some = rows.slice(i, i + MOST_ROWS);
      const last = chunks.at(-1);
      if (last !== undefined && last.rows.length + some.length <= MOST_ROWS) {
        last.rows.push(...some);
        last.names.push(gone);
      } else chunks.push({ names: [gone], rows: [...some] });
    }
  }
  return chunks;
};

/** Takes away for good, and puts on record what it was: both or neither. */
export const erasing = (client: DynamoDBClient, tables: ErasableTables) => {
  const writeOf = ({ table, key, position }: Write): TransactWriteItem => {
    const [TableName, Key] = [tables[table], 'sk' in key ? keyItem(key) : { pk: text(key.pk) }];
    return position === undefined
      ? { Delete: { TableName, Key } }
      : { Put: { TableName, Item: { ...Key, position: number(position) } } };
  };

  let count = 0;
  /** Into the partition in which the entries were: there their chain is verified. */
  const entryOf = (
    { wearer }: ErasingOf,
    { at, because, gone }: Readonly<{ at: Instant; because: Because; gone: readonly Gone[] }>,
  ): TransactWriteItem => {
    const { dataClass, policyVersion, why } = because;
    count += 1;
    const chain = gone[0]?.chain ?? null;
    const names = gone.map(({ name }) => name);
    const positions = gone.map(({ position }) => position);
    const what = chain === null ? { items: names } : { names, positions };
    const name = erasedEntryName(dataClass, `${names.length}-${count}`);
    const key = { pk: chain ?? wearerPk(wearer), sk: `${toIso(at)}#${name}` };
    const body = { kind: dataClass, by: `retention policy ${policyVersion}`, reason: why };
    const entry = { at, type: ERASURE_TYPE, body: { ...body, policyVersion, ...what } };
    return entryPut(tables.record, key, entry);
  };

  const check = ({ guards }: ErasingOf): TransactWriteItem[] =>
    guards.map((guard) => guardCheck(tables.monitoring, guard));

  /** Where entries stand in their chains; what is not sealed yet is left out, and stays. */
  const positions = async (pieces: readonly ErasablePiece[]): Promise<Map<string, number>> => {
    const keys = pieces.flatMap(({ chain, name }) =>
      chain === null ? [] : [keyItem(sealedKey(chain, name))],
    );
    const items = await batchGet(client, tables.record, keys);
    return new Map(items.map((item) => [readText(item, 'sk'), readNumber(item, 'position')]));
  };

  return {
    /** Those of some pieces whose entries are sealed, or are none. */
    sealed: async (pieces: readonly ErasablePiece[]): Promise<ErasablePiece[]> => {
      const known = await positions(pieces);
      return pieces.filter(({ chain, name }) => chain === null || known.has(name));
    },

    /**
     * Erases pieces of one class and one chain, as many at once as a transaction takes. `held`: a
     * hold was put meanwhile, and what had not gone stays.
     */
    rows: async (
      of: ErasingOf,
      pieces: readonly ErasablePiece[],
      { at, because }: Readonly<{ at: Instant; because: Because }>,
    ): Promise<'erased' | 'held'> => {
      const known = await positions(pieces);
      const goes = pieces.map((piece) => {
        const position = piece.chain === null ? null : (known.get(piece.name) ?? null);
        const gone = { name: piece.name, chain: piece.chain, position };
        return { gone, rows: writesOf(piece, position) };
      });
      for (const { names: gone, rows } of cut(goes)) {
        const parts = [entryOf(of, { at, because, gone }), ...check(of), ...rows.map(writeOf)];
        // Record: whoever holds it was first; what has gone is on record, and the rest stays.
        if ((await transact(client, parts)) === 'conflict') return 'held';
      }
      return 'erased';
    },

    /** What had been begun with a wearer's objects, and may not be through. */
    loadJournal: async (wearer: WearerRef): Promise<Journal | null> => {
      const item = await documents(client, tables.monitoring).loadItem(erasingKey(wearer));
      return item === null ? null : readJson(item, 'body', journalSchema);
    },

    /** Says which objects are about to go: before the first of them does. */
    begin: (of: ErasingOf, journal: Journal): Promise<'saved' | 'conflict'> => {
      const Item = { ...keyItem(erasingKey(of.wearer)), entity: text('ERASING') };
      const ConditionExpression = 'attribute_not_exists(pk)';
      const put = { TableName: tables.monitoring, ConditionExpression };
      const Put = { ...put, Item: { ...Item, body: json(journal) } };
      return transact(client, [...check(of), { Put }]);
    },

    /** Puts on record which of them are gone, and forgets that they were about to go. */
    end: async (
      of: ErasingOf,
      journal: Journal,
      { at, gone }: Readonly<{ at: Instant; gone: readonly string[] }>,
    ): Promise<void> => {
      const { objects: _, ...because } = journal;
      const objects = gone.map((name) => ({ name, chain: null, position: null }));
      const Key = keyItem(erasingKey(of.wearer));
      const ConditionExpression = 'attribute_exists(pk)';
      const Delete = { TableName: tables.monitoring, Key, ConditionExpression };
      const entries = objects.length === 0 ? [] : [entryOf(of, { at, because, gone: objects })];
      // Record: where somebody else has ended it, it is on record.
      await transact(client, [...entries, { Delete }]);
    },

    /** The last of a wearer: that they were on the list, and what no hold needs any more. */
    forget: (of: ErasingOf): Promise<'saved' | 'conflict'> => {
      const { wearer, guards } = of;
      const own = guards.filter((guard) => guard.wearer.wearerId === wearer.wearerId);
      const Key = keyItem(listedWearerKey(wearer));
      return transact(client, [
        ...own.map((guard) => guardDelete(tables.monitoring, guard)),
        { Delete: { TableName: tables.monitoring, Key } },
      ]);
    },
  };
};
export type Erasing = ReturnType<typeof erasing>;
