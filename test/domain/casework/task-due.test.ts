import { describe, expect, it } from 'vitest';
import { taskDueAt } from '#domain/casework/task-due.ts';
import { USUAL_POLICY } from '#domain/model/casework-policy.ts';
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
