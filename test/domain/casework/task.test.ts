import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { endedTask, raisedTask, taskIdOf, taskViolation } from '#domain/casework/task.ts';
import { REASONS } from '#domain/model/reasons.ts';
import { taskKindSchema } from '#domain/model/task-kind.ts';
import { violationSchema } from '#domain/model/violation.ts';
import { later } from '#test/support/alerts.ts';
import { opening, task } from '#test/support/tasks.ts';

const DONE = { at: later(4_000), by: null, why: 'reviewed' };

describe('a task', () => {
  it('is one for each kind and thing, however long the name of that is', () => {
    const about = 'x'.repeat(300);
    expect(taskIdOf({ kind: 'plan-review', about })).toBe(taskIdOf({ kind: 'plan-review', about }));
    expect(taskIdOf({ kind: 'plan-review', about })).not.toBe(
      taskIdOf({ kind: 'assessment-review', about }),
    );
  });

  it('raises nothing before its time, and once then', () => {
    const due = task();
    expect(raisedTask(due, later(3_599))).toBe(null);
    const raised = raisedTask(due, later(3_600));
    expect(raised).toMatchObject({ raisedAt: later(3_600), epoch: 2 });
    expect(raised && raisedTask(raised, later(9_999))).toBe(null);
  });

  it('raises nothing when it is done, and ends once', () => {
    const ended = endedTask(task(), DONE);
    expect(ended).toMatchObject({ ended: DONE, epoch: 2 });
    expect(ended && raisedTask(ended, later(9_999))).toBe(null);
    expect(ended && endedTask(ended, { ...DONE, why: 'again' })).toBe(null);
  });

  it('calls nobody where it never was overdue', () => {
    const ended = endedTask(task(), DONE);
    expect(taskViolation(task())).toBe(null);
    expect(ended && taskViolation(ended)).toBe(null);
  });

  it.each(taskKindSchema.options)('of the kind %s is told quietly until it ends', (kind) => {
    const raised = raisedTask(task({ kind }), later(3_600));
    const found = raised && taskViolation(raised);
    expect(violationSchema.parse(found)).toMatchObject({
      ...{ conditionKind: 'casework', rule: 'casework', status: 'open', openedAt: later(3_600) },
    });
    expect(found && REASONS[found.reason]).toMatchObject({ rule: 'casework', telling: 'prompt' });
    const over = raised && endedTask(raised, DONE);
    expect(over && taskViolation(over)).toMatchObject({
      ...{ violationId: found?.violationId, revision: 2, status: 'ended', endReason: 'task-ended' },
    });
  });

  it('that is opened anew is overdue anew, and never under the id of before', () => {
    fc.assert(
      fc.property(fc.nat(1_000_000), fc.nat(1_000_000), (a, b) => {
        const [one, other] = [a, b].map((openedAt) => {
          const raised = raisedTask(task({ openedAt: later(openedAt) }), later(9_000_000));
          return raised && taskViolation(raised)?.violationId;
        });
        expect(one === other).toBe(a === b);
      }),
    );
  });

  it('says what it was opened with', () => {
    expect(task()).toMatchObject(opening());
  });
});
