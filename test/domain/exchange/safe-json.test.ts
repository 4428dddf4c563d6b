import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseSafeJson } from '#domain/exchange/safe-json.ts';

describe('JSON of strangers', () => {
  it('reads as any reader reads it, within sixteen levels', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 6 }), (text) => {
        const isPlain = !/__proto__|constructor|prototype/.test(text);
        const read = parseSafeJson(text);
        if (isPlain) expect(read).toEqual({ ok: true, value: JSON.parse(text) });
      }),
    );
  });

  it('is refused from the seventeenth level on, whatever stands in its texts', () => {
    const nested = (levels: number) => `${'['.repeat(levels)}${']'.repeat(levels)}`;
    expect(parseSafeJson(nested(16)).ok).toBe(true);
    expect(parseSafeJson(nested(17)).ok).toBe(false);
    expect(parseSafeJson(JSON.stringify(`\\"${'['.repeat(50)}`)).ok).toBe(true);
    expect(parseSafeJson(JSON.stringify({ '[[[[[[[[[[[[[[[[[[[[': '{{{{"' })).ok).toBe(true);
  });

  it('is refused with a reason, or read, whatever it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const read = parseSafeJson(text);
        expect(read.ok || read.message).toBeTruthy();
      }),
    );
  });
});
