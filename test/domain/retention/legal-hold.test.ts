import { describe, expect, it } from 'vitest';
import { legalHoldSchema, sentHoldSchema, whyNotHeld } from '#domain/retention/legal-hold.ts';

const sent = (more: object = {}) =>
  sentHoldSchema.parse({ holdId: 'h-1', reason: 'a claim', by: 'p-1', ...more });
const kept = (released: object | null) =>
  legalHoldSchema.parse({
    ...{ holdId: 'h-1', reason: 'a claim', by: 'p-1' },
    ...{ fromAt: '2026-06-01T00:00:00Z', released },
  });
const RELEASED = { by: 'p-2', reason: 'withdrawn' };

describe('a legal hold', () => {
  it('is put, said otherwise, and released', () => {
    expect(whyNotHeld(sent(), null)).toBeNull();
    expect(whyNotHeld(sent({ reason: 'two claims' }), kept(null))).toBeNull();
    expect(whyNotHeld(sent({ released: RELEASED }), kept(null))).toBeNull();
  });

  it('is released as it stands, and says nothing else of itself from then on', () => {
    const otherwise = sent({ reason: 'another', released: RELEASED });
    expect(whyNotHeld(otherwise, kept(null))).toMatch(/as it stands/);
    expect(whyNotHeld(sent({ by: 'p-9', released: RELEASED }), kept(null))).toMatch(/as it stands/);
    const before = kept({ ...RELEASED, at: '2026-06-02T00:00:00Z' });
    expect(whyNotHeld(otherwise, before)).toMatch(/stays so/);
  });

  it('is not released before it was put', () => {
    expect(whyNotHeld(sent({ released: RELEASED }), null)).toMatch(/after it was put/);
  });

  it('stays released, for that reason', () => {
    const before = kept({ ...RELEASED, at: '2026-07-01T00:00:00Z' });
    expect(whyNotHeld(sent({ released: RELEASED }), before)).toBeNull();
    expect(whyNotHeld(sent(), before)).toMatch(/stays so/);
    expect(whyNotHeld(sent({ released: { by: 'p-2', reason: 'else' } }), before)).toMatch(/stays/);
  });
});
