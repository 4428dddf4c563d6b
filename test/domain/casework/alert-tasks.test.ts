import { describe, expect, it } from 'vitest';
import { taskClosedWith, tasksBegunBy, tasksEndedBy } from '#domain/casework/alert-tasks.ts';
import type { Alert } from '#domain/model/alert.ts';
import type { AlertClass } from '#domain/model/alert-class.ts';
import { taskIdSchema } from '#domain/model/ids.ts';
import type { ViolationReason } from '#domain/model/reasons.ts';
import { later, OFFICER, sms, T, violation } from '#test/support/alerts.ts';
import {
  alertAfter,
  CLOSED,
  closedBy,
  OPEN,
  OPENED,
  TAKEN,
  takenBy,
} from '#test/support/given-alert.ts';

const of = (kind: AlertClass, reason: ViolationReason, alert: Alert = OPEN): Alert => ({
  ...alert,
  conditionKind: kind,
  facts: { ...alert.facts, violation: violation({ conditionKind: kind, reason }) },
});
const untold: Alert = { ...OPEN, told: [] };
const takenByOther = { ...alertAfter(OPENED, takenBy('on-call')), told: [sms('on-call')] };
const closedByOther = { ...alertAfter(OPENED, closedBy('on-call')), told: [sms('on-call')] };

describe('an alert that opens', () => {
  it('starts the clock of action', () => {
    expect(tasksBegunBy({ before: null, after: OPEN })).toEqual([
      { kind: 'action-on-violation', from: T },
    ]);
  });

  it.each([
    ['welfare', 'welfare-concern'],
    ['transfer', 'transfer-rejected'],
    ['casework', 'action-overdue'],
    ['early-signs', 'near-zones'],
  ] as const)('starts none of %s: nobody is to enforce anything', (kind, reason) => {
    expect(tasksBegunBy({ before: null, after: of(kind, reason) })).toEqual([]);
    const closed = of(kind, reason, CLOSED);
    expect(tasksEndedBy({ before: of(kind, reason), after: closed })).toEqual([]);
  });

  it('starts none of a test', () => {
    expect(tasksBegunBy({ before: null, after: { ...OPEN, isTest: true } })).toEqual([]);
  });

  it('starts it again when it opens again', () => {
    const again = { ...OPEN, changed: { ...OPEN.changed, at: later(60) } };
    expect(tasksBegunBy({ before: CLOSED, after: again })).toEqual([
      { kind: 'action-on-violation', from: later(60) },
    ]);
  });
});

describe('an alert that others have in hand', () => {
  it('is to be reported to the officer, by when it opened', () => {
    expect(tasksBegunBy({ before: untold, after: takenByOther })).toEqual([
      { kind: 'em-report', from: T },
    ]);
    expect(tasksBegunBy({ before: untold, after: closedByOther })).toEqual([
      { kind: 'em-report', from: T },
    ]);
  });

  it('is to be reported once', () => {
    expect(tasksBegunBy({ before: takenByOther, after: takenByOther })).toEqual([]);
  });

  it('is not where the officer was told, or has it', () => {
    const told = { ...takenByOther, told: [sms('officer')] };
    expect(tasksBegunBy({ before: OPEN, after: told })).toEqual([]);
    expect(tasksBegunBy({ before: untold, after: { ...TAKEN, told: [] } })).toEqual([]);
  });

  it('is reported when the officer is told of it after all', () => {
    const told = { ...takenByOther, told: [sms('officer')] };
    expect(tasksEndedBy({ before: takenByOther, after: told })).toEqual([
      { kind: 'em-report', by: null, why: 'told' },
    ]);
  });
});

describe('an alert that is over', () => {
  it('stops the clock of action, by whoever closed it', () => {
    expect(tasksEndedBy({ before: OPEN, after: CLOSED })).toEqual([
      { kind: 'action-on-violation', by: OFFICER, why: CLOSED.closed?.disposition },
    ]);
  });

  it('has nothing to report where it came to nothing', () => {
    const closed = { by: null, at: later(60), disposition: 'withdrawn', reason: 'not so' } as const;
    const after: Alert = { ...takenByOther, status: 'closed', closed };
    expect(tasksEndedBy({ before: takenByOther, after })).toEqual([
      { kind: 'action-on-violation', by: null, why: 'withdrawn' },
      { kind: 'em-report', by: null, why: 'nothing-to-tell' },
    ]);
  });

  it('ends the task that it is about when somebody closes it', () => {
    const taskId = taskIdSchema.parse('plan-review.x');
    const facts = {
      ...OPEN.facts,
      violation: { ...violation({ conditionKind: 'casework' }), task: { taskId, about: 'p' } },
    };
    const [before, after] = [OPEN, CLOSED].map((alert) => ({ ...alert, facts }));
    if (before === undefined || after === undefined) throw new Error('two alerts');
    expect(taskClosedWith({ before, after })).toMatchObject({ taskId, by: OFFICER });
    expect(taskClosedWith({ before: after, after })).toBe(null);
    expect(taskClosedWith({ before: OPEN, after: CLOSED })).toBe(null);
  });
});
