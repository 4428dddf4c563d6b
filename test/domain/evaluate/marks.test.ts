import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { violationIdOf } from '#domain/evaluate/marks.ts';
import { agencyIdSchema, watchIdSchema, wearerIdSchema } from '#domain/model/ids.ts';
import { instant } from '#domain/model/instant.ts';

const ids = fc.stringMatching(/^[a-c1][a-c1.]{0,5}$/);
const violations = fc.record({
  wearer: ids,
  condition: ids,
  at: fc.constantFrom(1_772_481_600_000, 1_772_481_660_000),
});
type Found = Readonly<{ wearer: string; condition: string; at: number }>;

const idOf = ({ wearer, condition, at }: Found): string =>
  violationIdOf(
    { agencyId: agencyIdSchema.parse('demo'), wearerId: wearerIdSchema.parse(wearer) },
    watchIdSchema.parse(condition),
    instant(at),
  );

describe("a violation's id", () => {
  it('is short and readable where nothing is ambiguous', () => {
    const found = { wearer: 'w-1', condition: 'curfew', at: 1_772_481_600_000 };
    expect(idOf(found)).toBe(`w-1.curfew.${found.at.toString(36)}`);
  });

  it('is never that of another wearer, condition or instant: an alert would be swallowed', () => {
    const one = { wearer: 'a.b', condition: 'c', at: 1_772_481_600_000 };
    expect(idOf(one)).not.toBe(idOf({ ...one, wearer: 'a', condition: 'b.c' }));
    fc.assert(
      fc.property(violations, violations, (a, b) => {
        expect(idOf(a) === idOf(b)).toBe(JSON.stringify(a) === JSON.stringify(b));
      }),
      { numRuns: 2_000 },
    );
  });
});
