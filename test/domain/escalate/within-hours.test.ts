import { describe, expect, it } from 'vitest';
import { reachAll } from '#domain/escalate/reach.ts';
import { isWithinHours } from '#domain/escalate/within-hours.ts';
import { policySchema } from '#domain/model/person.ts';
import { roster, sms, T } from '#test/support/alerts.ts';
import { at } from '#test/support/supervisions.ts';

const OFFICE = {
  timeZone: 'Europe/London',
  windows: [
    { days: ['mon', 'tue', 'wed', 'thu', 'fri'] as const, start: '09:00', end: '17:00' },
    { days: ['sun'] as const, start: '22:00', end: '02:00' },
  ].map(({ days, ...hours }) => ({ days: [...days], ...hours })),
};

describe('an office is open by the clock on its wall', () => {
  it.each([
    ['at its first second in winter', '2026-01-05T09:00:00Z', true],
    ['an hour earlier by UTC in summer', '2026-07-06T08:00:00Z', true],
    ['not at the second of its end', '2026-07-06T16:00:00Z', false],
    ['not on a Saturday', '2026-07-04T10:00:00Z', false],
    ['past midnight, where its window passes it', '2026-07-06T00:30:00Z', true],
    ['not after that window', '2026-07-06T01:00:00Z', false],
  ])('%s', (_, iso, isOpen) => {
    expect(isWithinHours(OFFICE, [], at(iso))).toBe(isOpen);
  });

  it('not on its holidays; what began the day before runs to its end', () => {
    const closed = ['2026-07-06'];
    expect(isWithinHours(OFFICE, closed, at('2026-07-06T10:00:00Z'))).toBe(false);
    expect(isWithinHours(OFFICE, closed, at('2026-07-06T00:30:00Z'))).toBe(true);
    expect(isWithinHours(OFFICE, ['2026-07-05'], at('2026-07-06T00:30:00Z'))).toBe(false);
  });
});

describe('a target that goes by office hours', () => {
  const target = (when: 'office-hours' | 'out-of-hours') =>
    [{ kind: 'responsible-officer', when }] as const;
  const asking = (isOfficeHour: boolean) => ({
    at: T,
    isQuietKept: false,
    isOfficeHour,
    holders: [],
  });

  it('is told in them alone, or out of them alone, and the record says why not', () => {
    expect(reachAll(roster(), target('office-hours'), asking(true)).recipients).toEqual([
      sms('officer'),
    ]);
    expect(reachAll(roster(), target('out-of-hours'), asking(false)).recipients).toEqual([
      sms('officer'),
    ]);
    expect(reachAll(roster(), target('office-hours'), asking(false)).unreached).toMatchObject([
      { reason: 'not-in-office-hours' },
    ]);
    expect(reachAll(roster(), target('out-of-hours'), asking(true)).unreached).toMatchObject([
      { reason: 'in-office-hours' },
    ]);
  });

  it('is refused in a policy that has none', () => {
    const policy = {
      ...{ policyId: 'p', name: 'P', lastResort: { personIds: ['manager'] } },
      steps: [{ delaySeconds: 0, targets: target('office-hours') }],
    };
    expect(policySchema.safeParse(policy).error?.issues).toMatchObject([{ path: ['officeHours'] }]);
    expect(policySchema.safeParse({ ...policy, officeHours: OFFICE }).success).toBe(true);
  });
});
