import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { byteReader, byteWriter } from '#domain/trail/byte-cursor.ts';

const values = fc.array(
  fc.record({
    u8: fc.integer({ min: 0, max: 255 }),
    u16: fc.integer({ min: 0, max: 0xffff }),
    u32: fc.integer({ min: 0, max: 0xffff_ffff }),
    i32: fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }),
    u40: fc.integer({ min: 0, max: 2 ** 40 - 1 }),
    f64: fc.double(),
    ascii: fc.string({ unit: 'binary-ascii', maxLength: 64 }),
  }),
  { maxLength: 40 },
);
const WIDTHS = ['u8', 'u16', 'u32', 'i32', 'u40', 'f64'] as const;

describe('numbers and texts written one after another', () => {
  it('are read back as they were, whatever their number', () => {
    fc.assert(
      fc.property(values, (written) => {
        const to = byteWriter();
        for (const value of written) {
          for (const width of WIDTHS) to[width](value[width]);
          to.ascii(value.ascii);
        }
        const from = byteReader(to.bytes());
        for (const value of written) {
          for (const width of WIDTHS) expect(from[width]()).toBe(value[width]);
          expect(from.ascii()).toBe(value.ascii);
        }
        expect(from.isAtEnd()).toBe(true);
      }),
    );
  });

  it('cannot be read past their end', () => {
    expect(() => byteReader(new Uint8Array(3)).u32()).toThrow(RangeError);
  });
});
