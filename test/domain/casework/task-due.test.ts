import { describe, expect, it } from 'vitest';
import { isDueBeyondHolidays, taskDueAt } from '#domain/casework/task-due.ts';
import { USUAL_POLICY } from '#domain/model/casework-policy.ts';
import { holidaysIdSchema } from '#domain/model/ids.ts';
import { toIso } from '#domain/model/instant.ts';
import { at } from '#test/support/supervisions.ts';

const TERMS = { policy: USUAL_POLICY, timeZone: 'Europe/London', holidays: ['2026-11-11'] };
const FROM = at('2026-11-09T10:00:00Z');

describe('the clocks of the field', () => {
  it.each([
    ['action-on-violation', '2026-11-25T00:00:00.000Z'],
    ['em-report', '2026-11-13T00:00:00.000Z'],
    ['recall-part-a', '2026-11-10T10:00:00.000Z'],
    ['referral-follow-up', '2026-11-25T00:00:00.000Z'],
    ['message-unread', '2026-11-11T00:00:00.000Z'],
    ['checks-unasked', '2026-11-11T00:00:00.000Z'],
  ] as const)('give %s until %s', (kind, until) => {
    expect(toIso(taskDueAt(kind, FROM, TERMS))).toBe(until);
  });

  it('are read in UTC where the zone is unknown: no task waits for that', () => {
    const terms = { ...TERMS, timeZone: 'Nowhere/Land' };
    expect(toIso(taskDueAt('em-report', FROM, terms))).toBe('2026-11-13T00:00:00.000Z');
  });
});

describe('a time beyond the last year whose holidays are known', () => {
  const policy = { ...USUAL_POLICY, holidaysId: holidaysIdSchema.parse('england') };
  const terms = { ...TERMS, policy, holidays: ['2026-11-11', '2028-12-26'] };
  const dueFrom = (from: string) => {
    const dueAt = taskDueAt('action-on-violation', at(from), terms);
    return { kind: 'action-on-violation' as const, dueAt };
  };

  it('is said to be so, from the first working day of which nobody knows', () => {
    expect(isDueBeyondHolidays(dueFrom('2028-12-14T10:00:00Z'), terms)).toBe(false);
    expect(isDueBeyondHolidays(dueFrom('2028-12-15T10:00:00Z'), terms)).toBe(true);
  });

  it('is so of a calendar that is not on record, and of none that nobody named', () => {
    const due = dueFrom('2026-11-09T10:00:00Z');
    expect(isDueBeyondHolidays(due, { ...terms, holidays: [] })).toBe(true);
    expect(isDueBeyondHolidays(due, { ...terms, policy: USUAL_POLICY, holidays: [] })).toBe(false);
  });

  it('is so of nothing that a document or a number of hours says', () => {
    const dueAt = at('2030-01-01T00:00:00Z');
    for (const kind of ['recall-part-a', 'assessment-review', 'visit-due'] as const) {
      expect(isDueBeyondHolidays({ kind, dueAt }, terms)).toBe(false);
    }
  });
});
