import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import type { z } from 'zod';
import { parseWellFormed } from '#domain/model/well-formed.ts';
import type { Key } from './keys.ts';
import { packText, unpackText } from './packed-text.ts';

export type Item = Record<string, AttributeValue>;

/**
 * An item of a table that does not hold what it must. Parked by whoever meets it: it cannot mend
 * itself.
 */
export class MalformedItem extends Error {
  constructor(where: string, cause: unknown) {
    super(`item ${where} does not hold what it must`, { cause });
    this.name = 'MalformedItem';
  }
}

export const text = (value: string): AttributeValue => ({ S: value });
export const number = (value: number): AttributeValue => ({ N: String(value) });
export const binary = (value: Uint8Array): AttributeValue => ({ B: value });
export const json = (value: unknown): AttributeValue => ({ S: JSON.stringify(value) });

/** What says nearly the same as others of its kind, in a fraction of its room. */
export const packJson = (value: unknown): AttributeValue => ({
  B: packText(JSON.stringify(value)),
});

export const keyItem = ({ pk, sk }: Key): Item => ({ pk: text(pk), sk: text(sk) });

const nameOf = (item: Item): string => `${item.pk?.S ?? '?'} / ${item.sk?.S ?? ''}`;

const must = <T>(item: Item, name: string, value: T | undefined): T => {
  if (value === undefined) throw new MalformedItem(nameOf(item), `no ${name}`);
  return value;
};

export const readText = (item: Item, name: string): string => must(item, name, item[name]?.S);
export const readBinary = (item: Item, name: string): Uint8Array => must(item, name, item[name]?.B);
export const readNumber = (item: Item, name: string): number =>
  Number(must(item, name, item[name]?.N));

/** At which key an item stands. */
export const keyOf = (item: Item): Key => ({ pk: readText(item, 'pk'), sk: readText(item, 'sk') });

const parsed = <S extends z.ZodType>(item: Item, schema: S, read: () => string): z.output<S> => {
  try {
    return schema.parse(parseWellFormed(read()));
  } catch (cause) {
    // Park: an item that cannot be read now cannot be read later either.
    throw new MalformedItem(nameOf(item), cause);
  }
};

/** Parses a JSON attribute with its schema: what is read is checked as what comes in is. */
export const readJson = <S extends z.ZodType>(item: Item, name: string, schema: S): z.output<S> =>
  parsed(item, schema, () => readText(item, name));

/** Reads an item; null where it does not hold what it must, for readers who can do without it. */
export const readOrNull = <T>(item: Item, read: (item: Item) => T): T | null => {
  try {
    return read(item);
  } catch (error) {
    // Park: whoever must work on it meets it too, and says so.
    if (error instanceof MalformedItem) return null;
    throw error;
  }
};

/** The same for one that `packJson` made. */
export const readPackedJson = <S extends z.ZodType>(
  item: Item,
  name: string,
  schema: S,
): z.output<S> => parsed(item, schema, () => unpackText(readBinary(item, name)));
