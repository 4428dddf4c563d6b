import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { Invalid } from './tokens.ts';

export type Item = Record<string, AttributeValue>;

/** What an expression's names and values stand for, and which of them it has used. */
export type Given = Readonly<{
  names: Readonly<Record<string, string>>;
  values: Readonly<Record<string, AttributeValue>>;
}>;

type Kind = 'S' | 'N' | 'B' | 'other';

export const kindOf = (value: AttributeValue): Kind => {
  if (value.S !== undefined) return 'S';
  if (value.N !== undefined) return 'N';
  return value.B === undefined ? 'other' : 'B';
};

const ordered = (a: number | string, b: number | string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Text is ordered by its UTF-8 bytes. */
const textOrder = (a: string, b: string): number => {
  // The order of UTF-16 is another only beyond the basic plane.
  if (a.isWellFormed() && !/[\ud800-\udfff]/.test(a + b)) return ordered(a, b);
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
};

/** The order of two values of one kind; null where they have none. */
export const compare = (a: AttributeValue, b: AttributeValue): number | null => {
  if (a.S !== undefined && b.S !== undefined) return textOrder(a.S, b.S);
  if (a.N !== undefined && b.N !== undefined) return ordered(Number(a.N), Number(b.N));
  if (a.B !== undefined && b.B !== undefined) return Buffer.compare(a.B, b.B);
  return null;
};

const sameParts = (a: readonly AttributeValue[], b: readonly AttributeValue[]): boolean =>
  a.length === b.length &&
  a.every((part, i) => {
    const other = b[i];
    return other !== undefined && isSame(part, other);
  });

export const isSame = (a: AttributeValue, b: AttributeValue): boolean => {
  if (kindOf(a) !== 'other') return compare(a, b) === 0;
  if (a.BOOL !== undefined) return a.BOOL === b.BOOL;
  if (a.NULL !== undefined) return b.NULL !== undefined;
  if (a.L !== undefined) return b.L !== undefined && sameParts(a.L, b.L);
  if (a.M !== undefined) return b.M !== undefined && isSameItem(a.M, b.M);
  throw new Invalid('no simulated values of sets');
};

export const isSameItem = (a: Item, b: Item): boolean => {
  const names = Object.keys(a);
  return (
    names.length === Object.keys(b).length &&
    names.every((name) => {
      const [one, other] = [a[name], b[name]];
      return one !== undefined && other !== undefined && isSame(one, other);
    })
  );
};

/** The bytes of a text or binary value, the parts of a list or map. */
export const sizeOf = (value: AttributeValue): number => {
  if (value.S !== undefined) return Buffer.byteLength(value.S);
  if (value.B !== undefined) return value.B.length;
  return value.L?.length ?? Object.keys(value.M ?? {}).length;
};

export const nameOf = (token: string, { names }: Given): string => {
  if (!token.startsWith('#')) return token;
  const name = names[token];
  if (name === undefined) throw new Invalid(`${token} is not among the expression's names`);
  return name;
};

export const givenValue = (token: string, { values }: Given): AttributeValue => {
  const value = values[token];
  if (value === undefined) throw new Invalid(`${token} is not among the expression's values`);
  return value;
};
