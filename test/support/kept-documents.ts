import type { TransactWriteItem } from '@aws-sdk/client-dynamodb';
import type { z } from 'zod';
import type { Documents, DocumentWrite } from '#functions/adapters/dynamodb/documents.ts';
import {
  type Item,
  json,
  keyItem,
  number,
  readJson,
  text,
} from '#functions/adapters/dynamodb/items.ts';
import { type Key, versionKey } from '#functions/adapters/dynamodb/keys.ts';

const nameOf = ({ pk, sk }: Key): string => `${pk} ${sk}`;

/** Documents kept in memory as the table keeps them: saved on the version that was read. */
export const keptDocuments = () => {
  const items = new Map<string, Item>();
  const beside: TransactWriteItem[] = [];
  /** Before so many saves somebody else writes the same document. */
  const race = { saves: 0 };
  const put = (write: DocumentWrite): void => {
    const { key, entity, body, readVersion, changedAt, inForceAt = null, extra } = write;
    const version = number(readVersion + 1);
    const dates = {
      changedAt: number(changedAt),
      ...(inForceAt === null ? {} : { inForceAt: number(inForceAt) }),
    };
    const content = { version, ...dates, body: json(body), ...extra };
    const history = versionKey(key, readVersion + 1);
    items.set(nameOf(key), { ...keyItem(key), entity: text(entity), ...content });
    items.set(nameOf(history), { ...keyItem(history), entity: text('VERSION'), ...content });
  };
  const documents: Documents = {
    loadItem: async (key) => items.get(nameOf(key)) ?? null,
    load: async <S extends z.ZodType>(key: Key, schema: S) => {
      const item = items.get(nameOf(key));
      if (item === undefined) return null;
      return { version: Number(item.version?.N), value: readJson(item, 'body', schema) };
    },
    save: async (write) => {
      race.saves -= 1;
      const stands = Number(items.get(nameOf(write.key))?.version?.N ?? 0);
      if (race.saves >= 0 || stands !== write.readVersion) return 'conflict';
      put(write);
      for (const part of write.beside ?? []) {
        beside.push(part);
        const item = part.Put?.Item;
        if (item?.pk?.S !== undefined && item.sk?.S !== undefined) {
          items.set(nameOf({ pk: item.pk.S, sk: item.sk.S }), item);
        }
      }
      return 'saved';
    },
  };
  return { documents, items, beside, race };
};
