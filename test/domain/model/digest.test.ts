import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { digest } from '#domain/model/digest.ts';

describe('a digest', () => {
  it('is the same for the same text, and short', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(digest(text)).toBe(digest(text));
        expect(digest(text)).toMatch(/^[0-9a-z]{14}$/);
      }),
    );
  });

  it('tells 300,000 versions apart, of which 32 bits would take ten for others', () => {
    const digests = new Set<string>();
    for (let n = 0; n < 300_000; n += 1) digests.add(digest(`wearer w-${n % 997} version ${n}`));
    expect(digests.size).toBe(300_000);
  });

  it('spreads both of its halves', () => {
    const halves = [new Set<string>(), new Set<string>()] as const;
    for (let n = 0; n < 20_000; n += 1) {
      const made = digest(String(n));
      halves[0].add(made.slice(0, 7));
      halves[1].add(made.slice(7));
    }
    expect(Math.min(halves[0].size, halves[1].size)).toBeGreaterThan(19_990);
  });
});
