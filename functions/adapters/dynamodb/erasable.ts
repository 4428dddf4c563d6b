import { type DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import * as z from 'zod';
import type { WearerRef } from '#domain/model/ids.ts';
import { type Instant, instant } from '#domain/model/instant.ts';
import type { DataClass } from '#domain/retention/data-class.ts';
import type { Piece } from '#domain/retention/retention-plan.ts';
import { sheetKey } from '../s3/imported-sheets.ts';
import { classOfEntry } from './class-of-key.ts';
import { importsPk } from './import-keys.ts';
import { type Item, keyOf, readJson, readText, text } from './items.ts';
import { type Key, statePk, wearerPk } from './keys.ts';
import { pagesOf, queryAll, wholePartition } from './query.ts';
import { readingsPk } from './reading-keys.ts';

export type ErasableTables = Readonly<{
  monitoring: string;
  record: string;
  state: string;
  trail: string;
}>;

/** A row that goes: of a table with a sort key, or of that of states. */
export type Row = Readonly<{ table: keyof ErasableTables; key: Key | Readonly<{ pk: string }> }>;

/** Something that is held in tables: everything that has to go with it, and where it is sealed. */
export type ErasablePiece = Piece &
  Readonly<{
    rows: readonly Row[];
    /** The chain that it is a link of; null: it is no entry of the record. */
    chain: string | null;
    /** Keys of objects, which go before the rows by which they are found. */
    objects?: readonly string[];
  }>;

const A_PAGE = 500;

const sheetSchema = z.looseObject({ sha256: z.string().length(64) });

/** No date of its own: it goes by its class's time alone. */
const UNDATED: Instant = instant(0);

const instantIn = (text: string | undefined): Instant => {
  const at = Date.parse(text ?? '');
  return Number.isNaN(at) ? UNDATED : instant(Math.max(0, at));
};

/** The instant that the name of an item of the trail, or of an entry, has in it. */
const instantOfName = (sk: string): Instant =>
  instantIn(/\d{4}-\d{2}-\d{2}T[\d:.]+Z/.exec(sk)?.[0]);

/** Reads what is held of a wearer in tables, page by page, with the class and date of each. */
export const erasable = (client: DynamoDBClient, tables: ErasableTables) => {
  const keysIn = (table: string, pk: string) =>
    pagesOf(client, {
      ...{ ...wholePartition(table, pk), Limit: A_PAGE },
      ProjectionExpression: 'pk, sk, #at',
      ExpressionAttributeNames: { '#at': 'at' },
    });

  const entry = (item: Item, dataClass: DataClass): ErasablePiece => {
    const key = keyOf(item);
    const at = item.at?.S === undefined ? instantOfName(key.sk) : instantIn(item.at.S);
    const rows: Row[] = [{ table: 'record', key }];
    return { dataClass, name: key.sk, at, rows, chain: key.pk };
  };

  return {
    /** The wearer's record: entries that say what was erased are none of it. */
    async *entries(wearer: WearerRef): AsyncGenerator<ErasablePiece[]> {
      for await (const page of keysIn(tables.record, wearerPk(wearer))) {
        yield page.flatMap((item) => {
          const dataClass = classOfEntry(readText(item, 'sk'));
          return dataClass === null ? [] : [entry(item, dataClass)];
        });
      }
    },

    /** Sheets of imports: one that another import holds as well stays until that goes, too. */
    async *imported(wearer: WearerRef): AsyncGenerator<ErasablePiece[]> {
      const items = await queryAll(client, wholePartition(tables.record, importsPk(wearer)));
      const sheets = items.filter((item) => classOfEntry(readText(item, 'sk')) !== null);
      yield sheets.map((item) => {
        const { sha256 } = readJson(item, 'body', sheetSchema);
        return { ...entry(item, 'imports'), objects: [sheetKey(wearer, sha256)] };
      });
    },

    async *readings(wearer: WearerRef): AsyncGenerator<ErasablePiece[]> {
      for await (const page of keysIn(tables.record, readingsPk({ kind: 'wearer', ...wearer }))) {
        yield page
          .filter((item) => classOfEntry(readText(item, 'sk')) !== null)
          .map((item) => entry(item, 'readings'));
      }
    },

    /** What is still in the table of the trail, and the state that evaluation went on from. */
    async *trail(wearer: WearerRef): AsyncGenerator<ErasablePiece[]> {
      const piece = (key: Key): ErasablePiece => ({
        ...{ dataClass: 'trail', name: key.sk, at: instantOfName(key.sk), chain: null },
        rows: [{ table: 'trail', key }],
      });
      for await (const page of keysIn(tables.trail, wearerPk(wearer))) {
        yield page.map((item) => piece(keyOf(item)));
      }
      const key = { pk: statePk(wearer) };
      const Key = { pk: text(key.pk) };
      const { Item } = await client.send(new GetItemCommand({ TableName: tables.state, Key }));
      if (Item === undefined) return;
      const rows: Row[] = [{ table: 'state', key }];
      yield [{ dataClass: 'trail', name: 'STATE', at: UNDATED, chain: null, rows }];
    },
  };
};
export type Erasable = ReturnType<typeof erasable>;
