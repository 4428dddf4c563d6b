import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { WearerRef } from '#domain/model/ids.ts';
import { type Instant, toIso } from '#domain/model/instant.ts';
import { entryDay } from './chain-keys.ts';
import { json, text } from './items.ts';
import { type Key, recordKey } from './keys.ts';
import { newItem, type PutOnce, putOnce } from './put-once.ts';

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
): PutOnce =>
  newItem(table, key, {
    type: text(entry.type),
    at: text(toIso(entry.at)),
    body: json(entry.body),
    // For the net that finds what is not sealed.
    entryDay: text(entryDay(key.pk, toIso(entry.at))),
  });

/** The entry of a wearer, alone or as a part of a transaction. */
export const recordPut = (table: string, entry: RecordEntry): PutOnce =>
  entryPut(table, recordKey(entry.wearer, entry.at, entry.name), entry);

/** Puts an entry on record by itself; one that is there already is the same, and stands. */
export const putEntry =
  (client: DynamoDBClient, table: string) =>
  async (entry: RecordEntry): Promise<void> => {
    await putOnce(client, recordPut(table, entry));
  };
export type PutEntry = ReturnType<typeof putEntry>;
