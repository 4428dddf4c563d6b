import { createHash } from 'node:crypto';
import { deflateRawSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { packText, unpackText } from '#functions/adapters/dynamodb/packed-text.ts';
import { PACKING_DICTIONARIES } from '#functions/adapters/dynamodb/packing-dictionaries.ts';

const STATE = JSON.stringify({
  watches: {
    'curfew.unclear': {
      ...{ version: 'whereabouts-unclear.0w7k42t0yiaqnt', validFrom: 0, belief: null },
      ...{ verdict: 'satisfied', reason: 'in-order', memory: {}, dueAt: null, rests: true },
    },
  },
});

describe('text that is packed', () => {
  it('reads back as it was, whatever it says', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(unpackText(packText(text))).toBe(text.toWellFormed());
      }),
    );
  });

  it('takes a fraction of its room where it is much like other states', () => {
    expect(packText(STATE).length).toBeLessThan(deflateRawSync(STATE).length / 4);
  });

  it('reads back where it was only deflated, as it was kept before', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(unpackText(deflateRawSync(text))).toBe(text.toWellFormed());
      }),
    );
  });
});

describe('bytes that are no packed text', () => {
  it('are refused', () => {
    expect(() => unpackText(Uint8Array.of(255, 1, 2))).toThrow('unknown dictionary: 31');
    expect(() => unpackText(Uint8Array.of(7, 255, 255))).toThrow();
    expect(() => unpackText(Uint8Array.of())).toThrow();
  });
});

describe('a dictionary', () => {
  it('is never changed: what was packed against it could not be read any more', () => {
    const digests = PACKING_DICTIONARIES.map((one) =>
      createHash('sha256').update(one).digest('hex').slice(0, 16),
    );
    expect(digests).toEqual(['0791907993289c32']);
  });
});
