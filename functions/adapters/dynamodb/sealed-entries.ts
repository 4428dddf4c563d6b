import * as z from 'zod';
import { parseWellFormed } from '#domain/model/well-formed.ts';
import { canonical } from '#domain/record/canonical.ts';
import type { SealedEntry } from '#domain/record/link.ts';
import { type Item, readText } from './items.ts';

const jsonSchema = z.json();

/** A body as it is read everywhere; as its text where it has no canonical form. */
const bodyOf = (text: string): SealedEntry['body'] => {
  try {
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
