import {
  type DynamoDBClient,
  GetItemCommand,
  type TransactWriteItem,
} from '@aws-sdk/client-dynamodb';
import type { z } from 'zod';
import type { Versioned } from '#domain/model/documents.ts';
import { type Instant, instant } from '#domain/model/instant.ts';
import { documentEntryPut } from './document-entries.ts';
import { type Item, json, keyItem, number, readJson, readNumber, text } from './items.ts';
import { type Key, versionKey } from './keys.ts';
import { listedDocumentPut } from './listed-documents.ts';
import { transact } from './transact.ts';

/** A document and what is kept beside it for machines: compiled forms, contact topics. */
export type DocumentWrite = Readonly<{
  key: Key;
  entity: string;
  body: unknown;
  extra?: Item;
  /** The version that was read; 0 where there was none. */
  readVersion: number;
  /** When it came on record, by our clock. */
  changedAt: Instant;
  /** From when it is in force, where that is not from then on. */
  inForceAt?: Instant | null;
  /** What is saved with it puts the document on record by itself. */
  hasOwnEntry?: boolean;
  beside?: readonly TransactWriteItem[];
}>;

export const versionOf = (item: Item): number => readNumber(item, 'version');

/**
 * When a version came on record, and from when it is in force. Items of before these were kept have
 * always been both.
 */
export const datesOf = (item: Item): Readonly<{ changedAt: Instant; inForceAt: Instant }> => {
  const changedAt = item.changedAt === undefined ? 0 : readNumber(item, 'changedAt');
  const inForceAt = item.inForceAt === undefined ? changedAt : readNumber(item, 'inForceAt');
  return { changedAt: instant(changedAt), inForceAt: instant(inForceAt) };
};

/** The next version of a document, on the version that was read, and its place in the history. */
export const documentPuts = (
  TableName: string,
  write: Omit<DocumentWrite, 'beside'>,
): TransactWriteItem[] => {
  const { key, readVersion, changedAt, inForceAt = null } = write;
  const version = readVersion + 1;
  const content: Item = {
    entity: text(write.entity),
    version: number(version),
    changedAt: number(changedAt),
    ...(inForceAt === null ? {} : { inForceAt: number(inForceAt) }),
    body: json(write.body),
    ...write.extra,
  };
  const guard =
    readVersion === 0
      ? { ConditionExpression: 'attribute_not_exists(pk)' }
      : {
          ConditionExpression: '#version = :read',
          ExpressionAttributeNames: { '#version': 'version' },
          ExpressionAttributeValues: { ':read': number(readVersion) },
        };
  const history = { ...keyItem(versionKey(key, version)), ...content, entity: text('VERSION') };
  return [
    { Put: { TableName, Item: { ...keyItem(key), ...content }, ...guard } },
    { Put: { TableName, Item: history, ConditionExpression: 'attribute_not_exists(pk)' } },
    ...listedDocumentPut(TableName, key),
  ];
};

/** Documents of a table; whoever puts any names the record, in which each version has an entry. */
export const documents = (client: DynamoDBClient, table: string, record: string | null = null) => {
  const loadItem = async (key: Key): Promise<Item | null> => {
    const request = { TableName: table, Key: keyItem(key), ConsistentRead: true };
    const { Item: item } = await client.send(new GetItemCommand(request));
    return item ?? null;
  };

  /** A document as it now stands, or null. */
  const load = async <S extends z.ZodType>(
    key: Key,
    schema: S,
  ): Promise<Versioned<z.output<S>> | null> => {
    const item = await loadItem(key);
    return item === null
      ? null
      : { version: versionOf(item), value: readJson(item, 'body', schema) };
  };

  /** Writes the next version, and whatever changes with it: one transaction. */
  const save = (write: DocumentWrite): Promise<'saved' | 'conflict'> => {
    const hasEntry = record === null || write.hasOwnEntry === true;
    return transact(client, [
      ...documentPuts(table, write),
      ...(hasEntry ? [] : [documentEntryPut(record, write)]),
      ...(write.beside ?? []),
    ]);
  };

  return { loadItem, load, save };
};
export type Documents = ReturnType<typeof documents>;
