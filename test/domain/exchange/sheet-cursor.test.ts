import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readCursor, writeCursor } from '#domain/exchange/sheet-cursor.ts';

const cursors = fc.record({
  sheet: fc.integer({ min: 1, max: 99_999_999 }),
  linesBefore: fc.integer({ min: 0, max: 999_999_999_999 }),
  position: fc.option(fc.string({ minLength: 1, maxLength: 300 }), { nil: null }),
});

describe('where an export goes on', () => {
  it('comes back as it was given out', () => {
    fc.assert(
      fc.property(cursors, (cursor) => {
        expect(readCursor(writeCursor(cursor))).toEqual(cursor);
      }),
    );
  });

  it.each([
    '',
    '1',
    '1.2',
    '0.0.',
    'x.0.',
    '1.-1.',
    '1.1e9.',
    '999999999.0.',
    `1.0.${'x'.repeat(400)}`,
  ])('is not read from %j', (text) => {
    expect(readCursor(text)).toBeNull();
  });

  it('is null, and no error, for whatever else is sent', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const read = readCursor(text);
        expect(read === null || writeCursor(read).length <= 400).toBe(true);
      }),
    );
  });
});
