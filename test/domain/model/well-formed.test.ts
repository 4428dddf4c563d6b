import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { oneLineSchema } from '#domain/model/one-line.ts';
import {
  blanksIn,
  halfCharacterIn,
  isSeen,
  lostCharacterIn,
  parseWellFormed,
  writeWellFormed,
} from '#domain/model/well-formed.ts';

/** Texts of any UTF-16 units, most of them halves of characters. */
const texts = fc.string({
  unit: fc.integer({ min: 0xd700, max: 0xe0ff }).map((unit) => String.fromCharCode(unit)),
});
const values = fc.object({ key: fc.string(), values: [texts, fc.integer(), fc.constant(null)] });

describe('half a character (a lone surrogate)', () => {
  it('is found where it stands, in a text or in a name', () => {
    expect(halfCharacterIn({ a: [{ b: 'whole 🏠' }, { b: 'half \ud83d' }] })).toBe('a.1.b');
    expect(halfCharacterIn({ a: { '\udc00': 1 } })).toBe('a');
    expect(halfCharacterIn({ a: 'Zoë 🏠', b: [1, null, true] })).toBeNull();
  });

  it('is found however deep what holds it is nested', () => {
    let value: unknown = '\ud83d';
    for (let level = 0; level < 100_000; level += 1) value = [value];
    expect(halfCharacterIn(value)).toHaveLength(199_999);
  });

  it('is not in what is read from JSON, or written as JSON', () => {
    fc.assert(
      fc.property(values, (value) => {
        const read = parseWellFormed(JSON.stringify(value));
        expect(halfCharacterIn(read)).toBeNull();
        expect(JSON.parse(writeWellFormed(value))).toEqual(read);
      }),
    );
  });

  it('changes nothing of what holds none', () => {
    const text = '{"name":"Zo\\u00eb \\ud83c\\udfe0 🏠"}';
    expect(parseWellFormed(text)).toEqual({ name: 'Zoë 🏠 🏠' });
  });

  it('is in no name that is said on one line', () => {
    fc.assert(
      fc.property(texts, (text) => {
        expect(oneLineSchema.parse(text).isWellFormed()).toBe(true);
      }),
    );
    expect(oneLineSchema.parse('Zoë \ud83d')).toBe('Zoë \ufffd');
  });
});

describe('a text that shows nothing', () => {
  it.each([
    ' ',
    '\n\t',
    '\u200b\u200d',
    '\u2060',
    '\u3164',
    '\u2800',
    '\u0301',
    '\u0000',
    '\ufffd',
  ])('is %j', (text) => {
    expect(isSeen(text)).toBe(false);
    expect(blanksIn({ name: text, goals: [{ aim: text }] })).toEqual(['name', 'goals.0.aim']);
  });

  it.each(['-', '7', 'é', '漢', 'ع', '🏠', '?', '\u200bx'])('is not %j', (text) => {
    expect(isSeen(text)).toBe(true);
    expect(blanksIn([text])).toEqual([]);
  });

  it('is not the empty text, which says that there is nothing', () => {
    expect(blanksIn({ note: '', from: null })).toEqual([]);
  });
});

describe('a character that was lost', () => {
  it('is found where it stands', () => {
    expect(lostCharacterIn({ a: ['J\ufffdrg'] })).toBe('a.0');
    expect(lostCharacterIn({ a: ['Jörg'] })).toBeNull();
  });
});
