import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  gbSeconds,
  httpRequests,
  messageRequests,
  readUnits,
  writeUnits,
} from '#local/meter/billing-units.ts';

const bytes = fc.integer({ min: 0, max: 400 * 1024 });

const STEPS = [
  ['a write unit', writeUnits, 1024],
  ['a consistent read unit', (size: number) => readUnits(size, 'consistent'), 4096],
  ['a message request', messageRequests, 64 * 1024],
  ['an HTTP request', httpRequests, 512 * 1024],
] as const;

describe.each(STEPS)('given payloads of any size, %s', (_, unitsOf, step) => {
  it('is the least that is billed, even for nothing', () => {
    expect(unitsOf(0)).toBe(1);
    expect(unitsOf(1)).toBe(1);
  });

  it('is full to the last byte, and one byte more is another', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 100 }), (count) => {
        expect(unitsOf(count * step)).toBe(count);
        expect(unitsOf(count * step + 1)).toBe(count + 1);
      }),
    );
  });

  it('never becomes less with more bytes', () => {
    fc.assert(
      fc.property(bytes, bytes, (a, b) => {
        expect(unitsOf(Math.max(a, b))).toBeGreaterThanOrEqual(unitsOf(Math.min(a, b)));
      }),
    );
  });
});

describe('given one item', () => {
  it('costs twice as much within a transaction', () => {
    fc.assert(
      fc.property(bytes, (size) => {
        expect(writeUnits(size, true)).toBe(2 * writeUnits(size));
        expect(readUnits(size, 'transaction')).toBe(2 * readUnits(size, 'consistent'));
      }),
    );
  });

  it('costs half as much to read in the end as to read for certain', () => {
    fc.assert(
      fc.property(bytes, (size) => {
        expect(2 * readUnits(size, 'eventual')).toBe(readUnits(size, 'consistent'));
      }),
    );
  });
});

describe('given an invocation', () => {
  it('is billed by begun milliseconds and by memory', () => {
    expect(gbSeconds(1024, 1000)).toBe(1);
    expect(gbSeconds(512, 1000)).toBe(0.5);
    expect(gbSeconds(1024, 0.1)).toBe(0.001);
    expect(gbSeconds(1024, 12.0001)).toBeCloseTo(0.013, 12);
  });
});
