import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import * as z from 'zod';
import type { LineOf } from '#domain/record/export-line.ts';
import { batchGet } from './batch-get.ts';
import { sealedKey } from './chain-keys.ts';
import { documentEntryKey } from './document-entries.ts';
import { type Item, keyItem, readJson, readNumber, readText } from './items.ts';
import type { Key } from './keys.ts';
import { startingWith } from './query.ts';
import { byName, type Portion, pageOf } from './record-exports.ts';
import { datedOf } from './versions.ts';

const VERSIONS = 'VERSION#';
/** A page ends at a megabyte anyway. */
const MOST_VERSIONS = 100;

type Tables = Readonly<{ monitoring: string; record: string }>;

/** At which key a version's document stands, such as `ORDER#o-1`. */
const keyOf = (item: Item): Key => {
  const sk = readText(item, 'sk').slice(VERSIONS.length);
  return { pk: readText(item, 'pk'), sk: sk.slice(0, sk.lastIndexOf('#')) };
};

/** Versions of documents as they go out with the chain of their partition. */
export const documentExports =
  (client: DynamoDBClient, tables: Tables) =>
  /**
   * The next versions after a key, of those whose entries stand in the chain up to a position: what
   * no entry names could not be held to anything.
   */
  async (
    chain: string,
    { after, sealed }: Readonly<{ after: string | null; sealed: number }>,
  ): Promise<Portion<LineOf<'document'>, string>> => {
    const query = startingWith(tables.monitoring, chain, VERSIONS);
    const { found, next } = await pageOf(client, {
      ...{ query, pk: chain, after, most: MOST_VERSIONS },
    });
    const versions = found.map((item) => {
      const { version, changedAt } = datedOf(item);
      const key = keyOf(item);
      const entry = documentEntryKey(key, version, changedAt).sk;
      const document = readJson(item, 'body', z.json());
      return { entry, line: { kind: 'document' as const, name: key.sk, version, document } };
    });
    const keys = versions.map(({ entry }) => keyItem(sealedKey(chain, entry)));
    const notes = byName(await batchGet(client, tables.record, keys));
    const isNamed = (entry: string): boolean => {
      const note = notes.get(entry);
      return note !== undefined && readNumber(note, 'position') <= sealed;
    };
    return {
      found: versions.flatMap(({ entry, line }) => (isNamed(entry) ? [line] : [])),
      next,
    };
  };
export type LoadExportedDocuments = ReturnType<typeof documentExports>;
