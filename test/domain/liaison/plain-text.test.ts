import fc from 'fast-check';
import { XMLParser } from 'fast-xml-parser';
import { describe, expect, it } from 'vitest';
import { plainText } from '#domain/liaison/plain-text.ts';
import { element, writeXml } from '#domain/liaison/xml.ts';

const parser = new XMLParser({
  ...{ parseTagValue: false, trimValues: false, ignoreAttributes: false },
  alwaysCreateTextNode: true,
});

/** What a reader finds in an element and in its attribute. */
const readBack = (content: string, attribute: string): unknown =>
  parser.parse(writeXml(element('a', content, { b: attribute })));

/** Any text at all: half pairs, controls, noncharacters, tags, entities. */
const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc
    .array(
      fc.constantFrom('<', '>', '&', ';', '#', 'x', '"', "'", ']]>', 'amp', '\r', '\n', '\u0000'),
    )
    .map((signs) => signs.join('')),
  fc.string({ unit: fc.integer({ min: 0, max: 0xffff }).map((at) => String.fromCharCode(at)) }),
);

describe('a text in a feed of XML', () => {
  it.each([
    ['keeps what people write', "O'Neill & Søn, 家 🏠 “5 m”", "O'Neill & Søn, 家 🏠 “5 m”"],
    ['has no tags', '<b>Leeds</b>', '‹b›Leeds‹/b›'],
    ['has no entities', 'a&nbsp;b &#0; &amp;lt;', 'a& nbsp;b & #0; & amp;lt;'],
    ['says where a character is lost', 'nul \u0000 \ufffe \ud83d.', 'nul \ufffd \ufffd \ufffd.'],
    ['ends a line in one way', 'a\r\nb\rc\nd', 'a\nb\nc\nd'],
  ])('%s', (_, text, expected) => {
    expect(plainText(text)).toBe(expected);
  });

  it('comes back from a reader as it was written, in an element and in an attribute', () => {
    fc.assert(
      fc.property(anyText, anyText, (text, other) => {
        const [content, attribute] = [plainText(text), plainText(other).replace(/\s/g, ' ')];
        expect(readBack(content, attribute)).toMatchObject({
          a: { '#text': content, '@_b': attribute },
        });
      }),
      { numRuns: 1_000 },
    );
  });

  it('is what it is, whatever it was made of: a second time changes nothing', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const plain = plainText(text);
        expect(plainText(plain)).toBe(plain);
        expect(plain).not.toMatch(/[<>]|&#?\w+;/);
        expect(plain.isWellFormed()).toBe(true);
      }),
      { numRuns: 1_000 },
    );
  });
});
