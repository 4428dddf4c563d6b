import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  dueAfterReturn,
  levelBefore,
  RHYTHMS,
  rhythmDueAt,
} from '#domain/casework/contact-rhythm.ts';
import {
  levelAt,
  type SupervisionLevel,
  supervisionLevelSchema,
} from '#domain/casework/supervision-level.ts';
import { DAY_SECONDS, type Instant, secondsAfter, toIso } from '#domain/model/instant.ts';
import { at } from '#test/support/supervisions.ts';

const NOW = at('2026-03-02T12:00:00Z');
const day = (n: number): Instant => secondsAfter(NOW, n * DAY_SECONDS);
const [CONTACT, VISIT] = RHYTHMS;

const stretch = (level: string, fromDay: number, untilDay: number | null): SupervisionLevel =>
  supervisionLevelSchema.parse({
    ...{ levelId: `l-${fromDay}`, level, by: 'officer', reason: 'late twice' },
    ...{ from: toIso(day(fromDay)), until: untilDay === null ? null : toIso(day(untilDay)) },
  });
const note = (kind: 'call' | 'home-visit' | 'letter', n: number) => ({ kind, happenedAt: day(n) });

describe('by when somebody is to be met next', () => {
  const due = (
    rhythm: typeof CONTACT | typeof VISIT,
    notes: ReturnType<typeof note>[],
    ...all: SupervisionLevel[]
  ) => rhythmDueAt(rhythm, { notes, stretches: all, now: NOW });

  it('is counted from the last time that somebody met or spoke to them', () => {
    expect(due(CONTACT, [note('call', -20), note('home-visit', -10), note('letter', -1)])).toBe(
      day(20),
    );
    expect(due(CONTACT, [])).toBe(day(30));
  });

  it('follows the level, and not from before it began', () => {
    expect(due(CONTACT, [note('call', -20)], stretch('intensive', -2, null))).toBe(day(5));
    expect(due(CONTACT, [note('call', -1)], stretch('intensive', -2, null))).toBe(day(6));
  });

  it('is of a visit only where the level asks for visits', () => {
    expect(due(VISIT, [note('home-visit', -10)])).toBeNull();
    expect(due(VISIT, [note('home-visit', -10)], stretch('enhanced', -60, null))).toBe(day(50));
    expect(due(VISIT, [note('call', -1)], stretch('enhanced', -30, null))).toBe(day(30));
  });
});

describe('what is due when a level has returned', () => {
  const care = stretch('reduced-for-care', -4, 0);
  const changed = {
    ...{ before: levelBefore([care], NOW), after: levelAt([care], NOW), at: NOW },
  };

  it('is later by as much as the level allows more', () => {
    expect(changed.before.level).toBe('reduced-for-care');
    expect(dueAfterReturn(CONTACT, day(2), changed)).toBe(day(25));
    expect(dueAfterReturn(VISIT, null, changed)).toBeNull();
  });

  it('comes to what it would be from the last contact, whenever that was', () => {
    fc.assert(
      fc.property(fc.integer({ min: -4, max: 0 }), (n) => {
        const notes = [note('call', n)];
        const before = rhythmDueAt(CONTACT, { notes, stretches: [care], now: day(-0.01) });
        const after = rhythmDueAt(CONTACT, { notes, stretches: [care], now: NOW });
        expect(dueAfterReturn(CONTACT, before, changed)).toBe(after);
      }),
    );
  });

  it('begins with the return where nothing was due before', () => {
    const back = {
      before: changed.before,
      after: levelAt([stretch('enhanced', -9, null)], NOW),
      at: NOW,
    };
    expect(dueAfterReturn(VISIT, null, back)).toBe(day(60));
  });
});
