import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import * as z from 'zod';
import { parseWellFormed } from '#domain/model/well-formed.ts';
import { canonical } from '#domain/record/canonical.ts';
import type { SealedEntry } from '#domain/record/link.ts';
import { isTooDeep } from '#domain/record/plain-json.ts';
import { batchGet } from './batch-get.ts';
import { sealedKey } from './chain-keys.ts';
import { type Item, keyItem, readText } from './items.ts';

const jsonSchema = z.json();

/** A body as it is read everywhere; as its text where it has no canonical form. */
const bodyOf = (text: string): SealedEntry['body'] => {
  try {
    if (isTooDeep(text)) return text.toWellFormed();
    const body = jsonSchema.parse(parseWellFormed(text));
    canonical(body);
    return body;
  } catch {
    // Record: it is sealed as it stands, letter by letter; nothing on record goes without a link.
    return text.toWellFormed();
  }
};

/** An entry of the record as it is committed to: of the table's item, or of the stream's image. */
export const sealedEntryFrom = (item: Item): SealedEntry => ({
  name: readText(item, 'sk'),
  type: item.type?.S ?? '',
  at: item.at?.S ?? '',
  body: bodyOf(item.body?.S ?? 'null'),
});

/** Entries of a chain and their seals, in no order; those that were erased are left out. */
export const loadSealed = async (
  client: DynamoDBClient,
  recordTable: string,
  { chain, names }: Readonly<{ chain: string; names: readonly string[] }>,
): Promise<{ entries: Item[]; seals: Item[] }> => {
  const entryKeys = names.map((sk) => keyItem({ pk: chain, sk }));
  const sealKeys = names.map((name) => keyItem(sealedKey(chain, name)));
  const [entries, seals] = await Promise.all([
    batchGet(client, recordTable, entryKeys),
    batchGet(client, recordTable, sealKeys),
  ]);
  return { entries, seals };
};
