import { describe, expect, it } from 'vitest';
import { closed } from './drawings.ts';
import { polygon, refusals } from './zone-refusals.ts';

describe('a sound shape', () => {
  it('may be as fine as the most positions allow, and is read in a second', () => {
    const ring = Array.from({ length: 19_999 }, (_, i) => {
      const angle = (i / 19_999) * 2 * Math.PI;
      const reach = i % 2 === 0 ? 0.2 : 0.19;
      return { lat: 51 + reach * Math.sin(angle), lon: reach * Math.cos(angle) };
    });
    expect(refusals(polygon(closed(ring)))).toEqual([]);
  }, 5_000);
});
