import type { TransactWriteItem } from '@aws-sdk/client-dynamodb';
import type { z } from 'zod';
import { addressesOf, channelsOf } from '#domain/contacts/standing.ts';
import { newContact } from '#domain/contacts/verify.ts';
import { instant } from '#domain/model/instant.ts';
import { personSchema } from '#domain/model/person.ts';
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
import { READER_ITEM } from './http.ts';

const nameOf = ({ pk, sk }: Key): string => `${pk} ${sk}`;

const isReader = ({ pk, sk }: Key): boolean => pk === READER_ITEM.pk.S && sk === READER_ITEM.sk.S;

/** What stands of a person's contacts where somebody has answered for each of them. */
const attested = (key: Key, body: unknown): Item => {
  const person = personSchema.parse(body);
  const verified = {
    at: instant(0),
    how: { kind: 'attested' as const, by: person.personId, reason: 'called' },
  };
  const channels = channelsOf(person).map((channel) => {
    const address = addressesOf(person)[channel] ?? '';
    return [channel, { ...newContact(address), verified }];
  });
  const states = { personId: person.personId, channels: Object.fromEntries(channels) };
  return { ...keyItem({ ...key, sk: 'CONTACTS' }), version: number(1), body: json(states) };
};

/**
 * Documents kept in memory as the table keeps them: saved on the version that was read. Unless told
 * otherwise somebody answers for each person's contacts as soon as the person is put.
 */
export const keptDocuments = ({
  attests = true,
}: Readonly<{ attests?: boolean | undefined }> = {}) => {
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
    if (entity !== 'PERSON' || !attests) return;
    const contacts = attested(key, body);
    items.set(nameOf({ pk: key.pk, sk: 'CONTACTS' }), contacts);
  };
  const documents: Documents = {
    loadItem: async (key) => items.get(nameOf(key)) ?? (isReader(key) ? READER_ITEM : null),
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
