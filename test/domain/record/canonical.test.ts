import canonicalize from 'canonicalize';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonical } from '#domain/record/canonical.ts';
import { anyJson } from '#test/support/sealed.ts';

/** Two texts that hold the same, with their properties in another order. */
const reversed = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(reversed);
  if (typeof value !== 'object' || value === null) return value;
  const turned = Object.entries(value).reverse();
  return Object.fromEntries(turned.map(([name, inner]) => [name, reversed(inner)]));
};

describe('canonical JSON', () => {
  it("writes the RFC's own example as the RFC does", () => {
    const example =
      '{"numbers":[333333333.33333329,1E30,4.50,2e-3,0.000000000000000000000000001],' +
      '"string":"\\u20ac$\\u000F\\u000aA\'\\u0042\\u0022\\u005c\\\\\\"\\/","literals":[null,true,false]}';
    expect(canonical(JSON.parse(example))).toBe(
      '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],' +
        '"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}',
    );
  });

  it("puts names in the RFC's order, by UTF-16 code units", () => {
    const names = ['€', '\r', '\ufb33', '1', '😀', '\u0080', 'ö'];
    const written = canonical(Object.fromEntries(names.map((name) => [name, 0])));
    expect(Object.keys(JSON.parse(written))).toEqual(
      // JavaScript itself puts names that are numbers first.
      ['1', '\r', '\u0080', 'ö', '€', '😀', '\ufb33'],
    );
    expect(written.indexOf('"\\r"')).toBeLessThan(written.indexOf('"1"'));
  });

  it.each([
    [-0, '0'],
    [5e-324, '5e-324'],
    [-1.7976931348623157e308, '-1.7976931348623157e+308'],
    [9007199254740992, '9007199254740992'],
    [295147905179352830000, '295147905179352830000'],
    [1e21, '1e+21'],
    [0.000001, '0.000001'],
    [1e-7, '1e-7'],
  ])('writes the double %d as %s', (value, written) => expect(canonical(value)).toBe(written));

  it('says the same of what says the same, and can be read back', () => {
    fc.assert(
      fc.property(anyJson, (value) => {
        const written = canonical(value);
        // The same, by another hand.
        expect(canonicalize(value)).toBe(written);
        expect(canonical(reversed(value))).toBe(written);
        expect(canonical(JSON.parse(written))).toBe(written);
        expect(JSON.parse(written)).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });

  it.each([
    ['not a number', Number.NaN],
    ['infinity', Number.POSITIVE_INFINITY],
    ['half a character', '\ud83d'],
    ['half a character in a name', { '\ud83d': 1 }],
    ['nothing', undefined],
    ['nothing in a list', [undefined]],
    ['a function', () => 1],
    ['a big integer', 1n],
  ])('refuses %s', (_, value) => expect(() => canonical(value)).toThrow(/RFC 8785/));
});
