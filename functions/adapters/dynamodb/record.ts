import type { WearerRef } from '#domain/model/ids.ts';
import { type Instant, toIso } from '#domain/model/instant.ts';
import { json, keyItem, text } from './items.ts';
import { type Key, recordKey } from './keys.ts';
import type { PutOnce } from './put-once.ts';

/** Something that happened about a wearer, put on record with whatever it is part of. */
export type RecordEntry = Readonly<{
  wearer: WearerRef;
  at: Instant;
  /** Unique at its instant, and the same for the same happening: a repeat adds nothing. */
  name: string;
  type: string;
  body: unknown;
}>;

/** An entry under a key of its own: it is put once, and never over another. */
export const entryPut = (
  table: string,
  key: Key,
  entry: Pick<RecordEntry, 'at' | 'type' | 'body'>,
): PutOnce => ({
  Put: {
    TableName: table,
    Item: {
      ...keyItem(key),
      type: text(entry.type),
      at: text(toIso(entry.at)),
      body: json(entry.body),
    },
    ConditionExpression: 'attribute_not_exists(pk)',
  },
});

/** The entry of a wearer, alone or as a part of a transaction. */
export const recordPut = (table: string, entry: RecordEntry): PutOnce =>
  entryPut(table, recordKey(entry.wearer, entry.at, entry.name), entry);
