import {
  type DynamoDBClient,
  GetItemCommand,
  type TransactWriteItem,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb';
import type { z } from 'zod';
import type { Versioned } from '#domain/model/documents.ts';
import { isConflict } from './errors.ts';
import { type Item, json, keyItem, number, readJson, readNumber, text } from './items.ts';
import { type Key, versionKey } from './keys.ts';

/** A document and what is kept beside it for machines: compiled forms, contact topics. */
export type DocumentWrite = Readonly<{
  key: Key;
  entity: string;
  body: unknown;
  extra?: Item;
  /** The version that was read; 0 where there was none. */
  readVersion: number;
  beside?: readonly TransactWriteItem[];
}>;

export const versionOf = (item: Item): number => readNumber(item, 'version');

export const documents = (client: DynamoDBClient, table: string) => {
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

  /**
   * Writes the next version, keeps it in the history, and whatever changes with it: one
   * transaction.
   */
  const save = async (write: DocumentWrite): Promise<'saved' | 'conflict'> => {
    const { key, readVersion } = write;
    const version = readVersion + 1;
    const content: Item = {
      entity: text(write.entity),
      version: number(version),
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
    const TransactItems: TransactWriteItem[] = [
      { Put: { TableName: table, Item: { ...keyItem(key), ...content }, ...guard } },
      { Put: { TableName: table, Item: history, ConditionExpression: 'attribute_not_exists(pk)' } },
      ...(write.beside ?? []),
    ];
    try {
      await client.send(new TransactWriteItemsCommand({ TransactItems }));
      return 'saved';
    } catch (error) {
      // Record: the caller answers that somebody else changed it first.
      if (isConflict(error)) return 'conflict';
      throw error;
    }
  };

  return { loadItem, load, save };
};
export type Documents = ReturnType<typeof documents>;
