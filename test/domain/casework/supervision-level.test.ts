import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  levelAt,
  levelNameSchema,
  policyAtLevel,
  returnOf,
  type SupervisionLevel,
  supervisionLevelSchema,
} from '#domain/casework/supervision-level.ts';
import { DAY_SECONDS, type Instant, instant, secondsAfter, toIso } from '#domain/model/instant.ts';
import { REASONS, violationReasonSchema } from '#domain/model/reasons.ts';
import { at } from '#test/support/supervisions.ts';

const NOW = at('2026-03-02T12:00:00Z');
const day = (n: number): Instant => secondsAfter(NOW, n * DAY_SECONDS);

const stretch = (levelId: string, fromDay: number, more: object = {}): SupervisionLevel =>
  supervisionLevelSchema.parse({
    ...{ levelId, level: 'enhanced', from: toIso(day(fromDay)), by: 'officer', reason: 'late' },
    ...more,
  });
const untilDay = (n: number) => ({ until: toIso(day(n)) });

describe('the level of somebody of whom nothing is said', () => {
  it('is the standard one, with a contact each month', () => {
    expect(levelAt([], NOW)).toMatchObject({ level: 'standard', contactEveryDays: 30 });
  });
});

describe('a level with an end', () => {
  const care = stretch('l-2', 0, { level: 'reduced-for-care', ...untilDay(14) });

  it('counts from its first instant on, and no more at its end', () => {
    const level = (when: Instant) => levelAt([care], when).level;
    expect(level(instant(day(0) - 1))).toBe('standard');
    expect(level(day(0))).toBe('reduced-for-care');
    expect(level(instant(day(14) - 1))).toBe('reduced-for-care');
    expect(level(day(14))).toBe('standard');
  });

  it('gives way by itself to what it had taken the place of', () => {
    const both = [care, stretch('l-1', -30, { level: 'intensive' })];
    expect(levelAt(both, day(3)).level).toBe('reduced-for-care');
    expect(returnOf(both, care.levelId, day(13))).toBeNull();
    expect(returnOf(both, care.levelId, day(20))).toMatchObject({ to: { level: 'intensive' } });
  });

  it('returns from nothing where it was put on record by mistake', () => {
    const revoked = { ...care, isRevoked: true };
    expect(levelAt([revoked], day(3)).level).toBe('standard');
    expect(returnOf([revoked], care.levelId, day(20))).toBeNull();
  });

  it('has to be said of what is reduced for care, and lie behind its start', () => {
    const said = { levelId: 'l-3', from: toIso(NOW), by: 'officer', reason: 'unwell' };
    const isTaken = (more: object) =>
      supervisionLevelSchema.safeParse({ ...said, ...more }).success;
    expect(isTaken({ level: 'reduced-for-care' })).toBe(false);
    expect(isTaken({ level: 'reduced-for-care', ...untilDay(7) })).toBe(true);
    expect(isTaken({ level: 'enhanced', ...untilDay(0) })).toBe(false);
  });
});

describe('the rhythm of contacts', () => {
  it('is what the stretch says, else the usual one of its level', () => {
    expect(levelAt([stretch('l-1', 0)], NOW)).toMatchObject({ contactEveryDays: 14 });
    const often = stretch('l-1', 0, { contactEveryDays: 2, visitEveryDays: 7 });
    expect(levelAt([often], NOW)).toMatchObject({ contactEveryDays: 2, visitEveryDays: 7 });
  });
});

describe('the policy of a level', () => {
  const gentle = levelAt([stretch('l-1', 0, { policyId: 'gentle' })], NOW);

  it('is gone by for what only enforces', () => {
    const late = { reason: 'returned-late', conditionKind: 'curfew' } as const;
    expect(policyAtLevel(gentle, late)).toBe('gentle');
    expect(policyAtLevel(levelAt([], NOW), late)).toBeNull();
  });

  it('is never gone by where safety hangs on it, or where somebody else is protected', () => {
    for (const reason of Object.keys(REASONS).map((name) => violationReasonSchema.parse(name))) {
      const isGrave = REASONS[reason].gravity >= 1 && REASONS[reason].telling === 'alert';
      const policy = policyAtLevel(gentle, { reason, conditionKind: 'curfew' });
      expect(policy).toBe(isGrave ? null : 'gentle');
      for (const conditionKind of ['victim-proximity', 'exclusion-zone', 'welfare'] as const) {
        expect(policyAtLevel(gentle, { reason, conditionKind })).toBeNull();
      }
    }
  });
});

describe('any stretches', () => {
  const stretches = fc.uniqueArray(
    fc.record({
      levelId: fc.stringMatching(/^[a-z]{1,3}$/),
      level: fc.constantFrom(...levelNameSchema.options),
      fromDay: fc.integer({ min: -20, max: 20 }),
      days: fc.integer({ min: 1, max: 20 }),
    }),
    { selector: ({ levelId }) => levelId, maxLength: 6 },
  );
  const made = (
    all: readonly { levelId: string; level: string; fromDay: number; days: number }[],
  ) =>
    all.map(({ levelId, level, fromDay, days }) =>
      stretch(levelId, fromDay, { level, ...untilDay(fromDay + days) }),
    );

  it('come to one level at each instant, in whatever order they are read', () => {
    fc.assert(
      fc.property(stretches, fc.integer({ min: -25, max: 45 }), (all, n) => {
        const known = made(all);
        const found = levelAt(known, day(n));
        expect(levelAt(known.toReversed(), day(n))).toEqual(found);
        const isHeld = known.some(({ from, until }) => from <= day(n) && day(n) < (until ?? NOW));
        expect(found.stretch !== null).toBe(isHeld);
      }),
    );
  });

  it('change the level only where one of them begins or ends', () => {
    fc.assert(
      fc.property(stretches, fc.integer({ min: -25, max: 45 }), (all, n) => {
        const known = made(all);
        const isEdge = known.some(({ from, until }) => [from, until].includes(day(n)));
        const [before, after] = [instant(day(n) - 1), day(n)].map((one) => levelAt(known, one));
        if (!isEdge) expect(after).toEqual(before);
      }),
    );
  });
});
