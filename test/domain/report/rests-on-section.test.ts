import { describe, expect, it } from 'vitest';
import { restsOnSection } from '#domain/report/rests-on-section.ts';
import { asking, factsWith } from '#test/support/report-facts.ts';

const ASKED = asking('2026-06-01T00:00:00Z', '2026-06-08T00:00:00Z');

const saying = (entries: number, unsealed: number): string => {
  const sealing = { entries, unsealed, firstUnsealedAt: null };
  return JSON.stringify(restsOnSection({ ...factsWith({ asked: ASKED }), sealing }));
};

describe('given what a report rests on', () => {
  it('counts as sealed or not only entries that had the time to be sealed', () => {
    expect(saying(14, 2)).toContain('12 of the 14 entries');
    expect(saying(14, 2)).toContain('that were a minute old are sealed');
    expect(saying(0, 0)).toContain('No entry of the record of this period was a minute old yet');
  });
});
