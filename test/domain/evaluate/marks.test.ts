import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { markVerdict, namedFor, violationIdOf } from '#domain/evaluate/marks.ts';
import type { Judgement } from '#domain/evaluate/rule.ts';
import {
  agencyIdSchema,
  type ViolationId,
  watchIdSchema,
  wearerIdSchema,
} from '#domain/model/ids.ts';
import { instant } from '#domain/model/instant.ts';

const ids = fc.stringMatching(/^[a-c1][a-c1.]{0,5}$/);
const violations = fc.record({
  wearer: ids,
  condition: ids,
  at: fc.constantFrom(1_772_481_600_000, 1_772_481_660_000),
});
type Found = Readonly<{ wearer: string; condition: string; at: number }>;

const idOf = ({ wearer, condition, at }: Found): ViolationId =>
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

  it('tells the instant that it was derived from, whatever dots the other ids hold', () => {
    fc.assert(
      fc.property(violations, (found) => {
        expect(namedFor(idOf(found))).toBe(found.at);
      }),
    );
  });
});

describe('given a violation that ended, and is found again since the same instant', () => {
  const wearer = {
    agencyId: agencyIdSchema.parse('demo'),
    wearerId: wearerIdSchema.parse('w-1'),
  };
  const since = instant(1_772_481_600_000);
  const judged = (seconds: number) => ({
    ...{ watchId: watchIdSchema.parse('moves'), about: wearer.wearerId, wearer },
    ...{ at: instant(since + 1_000 * seconds), believed: { home: 0, elsewhere: 0, inside: 0 } },
  });
  const again: Judgement = {
    ...{ verdict: 'violated', reason: 'impossible-movement', since, claims: null },
    ...{ memory: {}, dueAt: null },
  };
  const over: Judgement = {
    ...{ verdict: 'satisfied', reason: 'in-order', memory: {}, dueAt: null },
  };

  it('goes on as that one: there are never two of one id', () => {
    const found = markVerdict([], again, judged(60));
    const ended = markVerdict(found, over, judged(120));
    const reopened = markVerdict(ended, again, judged(180));
    expect(reopened).toEqual([{ ...found[0], foundAt: judged(180).at }]);
    expect(markVerdict(reopened, over, judged(240))).toMatchObject([{ endedAt: judged(240).at }]);
  });
});
