import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { itemBytes } from '#local/meter/item-size.ts';

describe('given an item', () => {
  it.each([
    ['a text', { pk: { S: 'abc' } }, 5],
    ['letters of several bytes', { pk: { S: 'ü€' } }, 7],
    ['bytes', { a: { B: 'AAAA' } }, 4],
    ['a small number', { a: { N: '1' } }, 3],
    ['a number of three digits', { a: { N: '500' } }, 3],
    ['an instant', { a: { N: '1763814000000' } }, 6],
    ['nothing at all', { a: { N: '0' } }, 2],
    ['below nothing', { a: { N: '-12' } }, 4],
    ['a truth and no value', { a: { BOOL: true }, b: { NULL: true } }, 4],
    ['a list', { a: { L: [{ S: 'x' }, { S: 'yz' }] } }, 9],
    ['a map', { a: { M: { q: { S: 'x' } } } }, 7],
    ['a set of texts', { a: { SS: ['ab', 'c'] } }, 4],
  ])('counts %s', (_, item, bytes) => {
    expect(itemBytes(item)).toBe(bytes);
  });

  it('grows by a byte with each plain letter of a text', () => {
    fc.assert(
      fc.property(fc.nat({ max: 2000 }), (length) => {
        expect(itemBytes({ a: { S: 'x'.repeat(length) } })).toBe(1 + length);
      }),
    );
  });

  it('is as large as its attributes together', () => {
    const value = fc.oneof(
      fc.string().map((S) => ({ S })),
      fc.integer().map((number) => ({ N: String(number) })),
      fc.boolean().map((BOOL) => ({ BOOL })),
    );
    fc.assert(
      fc.property(value, value, (a, b) => {
        expect(itemBytes({ a, b })).toBe(itemBytes({ a }) + itemBytes({ b }));
      }),
    );
  });
});
