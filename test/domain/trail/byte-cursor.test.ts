import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { byteReader, byteWriter } from '#domain/trail/byte-cursor.ts';

const values = fc.array(
  fc.record({
    u8: fc.integer({ min: 0, max: 255 }),
    varint: fc.oneof(fc.nat(), fc.maxSafeNat()),
    signed: fc.oneof(fc.integer(), fc.integer({ min: -(2 ** 52) + 1, max: 2 ** 52 - 1 })),
    ascii: fc.string({ unit: 'binary-ascii', maxLength: 64 }),
  }),
  { maxLength: 60 },
);
const FORMS = ['u8', 'varint', 'signed'] as const;

describe('numbers and texts written one after another', () => {
  it('are read back as they were, whatever their number', () => {
    fc.assert(
      fc.property(values, (written) => {
        const to = byteWriter();
        for (const value of written) {
          for (const form of FORMS) to[form](value[form]);
          to.ascii(value.ascii);
        }
        const from = byteReader(to.bytes());
        for (const value of written) {
          for (const form of FORMS) expect(from[form]()).toBe(value[form]);
          expect(from.ascii()).toBe(value.ascii);
        }
        expect(from.isAtEnd()).toBe(true);
      }),
    );
  });

  it('take a byte where they are small', () => {
    const to = byteWriter();
    to.varint(127);
    to.signed(-64);
    expect(to.bytes()).toHaveLength(2);
  });

  it('cannot be read past their end', () => {
    expect(() => byteReader(new Uint8Array([0x80])).varint()).toThrow('end too soon');
  });

  it('cannot be longer than a number can be', () => {
    expect(() => byteReader(new Uint8Array(9).fill(0xff)).varint()).toThrow('too long');
  });
});
