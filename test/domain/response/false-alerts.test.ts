import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { alertIdSchema, wearerIdSchema } from '#domain/model/ids.ts';
import {
  type Call,
  forceCalls,
  isFalseAlert,
  isTold,
  usesUpBudget,
} from '#domain/response/false-alerts.ts';
import {
  close,
  FORCE,
  later,
  OFFICER,
  policy,
  T,
  violationChanges,
  violationOpens,
} from '#test/support/alerts.ts';
import { alertAfter, OPENED, type Step } from '#test/support/given-alert.ts';

const withdrawn = (endReason: string | null): Step => ({
  command: violationChanges({ status: 'withdrawn', endReason }),
  now: later(60),
});
const closed = (disposition: 'no-action-equipment' | 'first-warning', epoch = 1): Step => ({
  command: { type: 'close', by: OFFICER, epoch, disposition, reason: 'seen' },
  now: later(120),
});
const reviewed: Step = { command: violationOpens({}, { isReviewed: true }), now: T };
const untold: Step = {
  command: violationOpens({}, { policy: policy({ steps: [{ delaySeconds: 600, targets: [] }] }) }),
  now: T,
};

describe('an alert is false', () => {
  it.each([
    ['closed as a fault of the equipment', alertAfter(OPENED, closed('no-action-equipment')), true],
    ['withdrawn by later evidence', alertAfter(OPENED, withdrawn(null)), true],
    ['permitted afterwards', alertAfter(OPENED, withdrawn('excused')), false],
    ['closed with a warning', alertAfter(OPENED, closed('first-warning')), false],
    [
      'closed as explained',
      alertAfter(OPENED, { command: close('officer', 1), now: later(9) }),
      false,
    ],
    ['open', alertAfter(OPENED), false],
    ['withdrawn, and not reviewed yet', alertAfter(reviewed, withdrawn(null)), true],
    [
      'withdrawn, and a warning at its review',
      alertAfter(reviewed, withdrawn(null), closed('first-warning', 2)),
      false,
    ],
    ['withdrawn before anybody was told', alertAfter(untold, withdrawn(null)), false],
  ])('or not: %s', (_, alert, isFalse) => {
    expect(isFalseAlert(alert)).toBe(isFalse);
  });

  it('only where somebody was told', () => {
    expect([alertAfter(untold), alertAfter(OPENED)].map(isTold)).toEqual([false, true]);
  });
});

const call = (id: string, seconds: number, isFalse: boolean, zoneName: string | null = null) =>
  ({
    ...{ liaisonId: FORCE, alertId: alertIdSchema.parse(`${id}.${seconds}`), isFalse, zoneName },
    ...{ wearerId: wearerIdSchema.parse(id), calledAt: later(seconds) },
  }) satisfies Call;

describe('the calls to a force', () => {
  const calls = [
    call('w-1', 30, true, 'School'),
    call('w-1', 10, true, 'School'),
    call('w-2', 20, true, 'Mill'),
    call('w-2', 40, false, 'Mill'),
    call('w-3', 50, false),
  ];

  it('are counted against its budget for each wearer, the most false ones first', () => {
    expect(forceCalls(FORCE, calls, 2)).toEqual({
      ...{ liaisonId: FORCE, calls: 5, falseCalls: 3 },
      wearers: [
        { wearerId: 'w-1', calls: 2, falseCalls: 2, left: 0, lastFalseAt: later(30) },
        { wearerId: 'w-2', calls: 2, falseCalls: 1, left: 1, lastFalseAt: later(20) },
      ],
      zones: [
        { zoneName: 'School', falseCalls: 2 },
        { zoneName: 'Mill', falseCalls: 1 },
      ],
    });
  });

  it('leave nothing of a budget that is overdrawn, and never less', () => {
    expect(forceCalls(FORCE, calls, 1).wearers.map(({ left }) => left)).toEqual([0, 0]);
  });

  it('are only its own', () => {
    expect(forceCalls('another', calls, 2)).toMatchObject({ calls: 0, wearers: [], zones: [] });
  });
});

describe('the budget of a force', () => {
  const alertId = alertIdSchema.parse('w-1.now');
  const false3 = [1, 2, 3].map((n) => call('w-1', n, true));
  const usesUp = (calls: readonly Call[], budget: number) => usesUpBudget(calls, alertId, budget);

  it('is used up by the last false call that it has, and by none before or after', () => {
    expect(usesUp([], 1)).toBe(true);
    expect(usesUp(false3, 5)).toBe(false);
    expect(usesUp(false3, 4)).toBe(true);
    expect(usesUp(false3, 3)).toBe(false);
    expect(usesUp([call('w-1', 1, false)], 1)).toBe(true);
  });

  it('of none is used up by the first', () => {
    expect(usesUp([], 0)).toBe(true);
    expect(usesUp(false3, 0)).toBe(false);
  });

  it('is used up once, whatever each alert had it called', () => {
    const counts = fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(counts, fc.integer({ min: 0, max: 15 }), (each, budget) => {
        const all: Call[] = [];
        let used = 0;
        for (const [i, calls] of each.entries()) {
          const one = { ...call('w-1', i, true), alertId: alertIdSchema.parse(`w-1.a${i}`) };
          for (let n = 0; n < calls; n += 1) all.push(one);
          if (usesUpBudget(all, one.alertId, budget)) used += 1;
        }
        expect(used).toBe(all.length >= Math.max(1, budget) ? 1 : 0);
      }),
    );
  });
});
