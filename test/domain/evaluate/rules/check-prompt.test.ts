import { describe, expect, it } from 'vitest';
import { evaluate } from '#domain/evaluate/evaluate.ts';
import { conditionIdSchema } from '#domain/model/ids.ts';
import { type Instant, instant, secondsAfter } from '#domain/model/instant.ts';
import { isAskedEachTime, isNotAsked } from '#local/worlds/generators/check-prompt.ts';
import { askRule, watchCalled } from '#test/support/ask-rule.ts';
import { check } from '#test/support/events.ts';
import { expectTold } from '#test/support/oracle-days.ts';
import { at, superviseWith } from '#test/support/supervisions.ts';

const FIRST = at('2026-06-01T09:00:00Z');
const SECOND = at('2026-06-01T17:00:00Z');
const PLAN = { fromAt: instant(0), untilAt: secondsAfter(SECOND, 9e6), askedAt: [FIRST, SECOND] };
const CHECKS = {
  conditionId: 'checks',
  kind: 'check-in',
  times: { kind: 'fixed', days: ['mon'], times: ['10:00', '18:00'] },
};
const PLANS = { seed: '00'.repeat(32), plans: { [conditionIdSchema.parse('checks')]: PLAN } };
const supervision = superviseWith([], { conditions: [CHECKS] }, { checkPlans: PLANS });
const later = (seconds: number): Instant => secondsAfter(FIRST, seconds);
const asked = (now: Instant, more: Parameters<typeof askRule>[2] = {}) =>
  askRule(watchCalled(supervision, 'checks.prompt'), now, more);

describe('given a planned check', () => {
  it('asks the wearer when it is due, until their time is over', () => {
    expect(asked(FIRST)).toMatchObject({
      ...{ verdict: 'violated', reason: 'check-due', since: FIRST, claims: null },
      ...{ untilAt: later(900), dueAt: later(900) },
    });
    expect(asked(later(900))).toMatchObject({ verdict: 'not-applicable', dueAt: SECOND });
  });

  it('asks no more once it was passed, until the next', () => {
    const passed = asked(later(60), { input: check(later(60), 'present', 'phone') });
    expect(passed).toMatchObject({ verdict: 'satisfied', dueAt: SECOND });
    expect(asked(later(120), { memory: passed.memory }).verdict).toBe('satisfied');
    expect(asked(SECOND, { memory: passed.memory })).toMatchObject({ reason: 'check-due' });
  });

  it('goes on asking after an answer that did not pass', () => {
    const input = check(later(60), 'failed', 'face');
    expect(asked(later(60), { input })).toMatchObject({ reason: 'check-due', since: FIRST });
  });

  it('is found once for each check, under an id of its own, however often it is told', () => {
    const events = [check(later(-60), 'present', 'phone')];
    const first = evaluate({ supervision, state: null, events, until: FIRST });
    const again = evaluate({ supervision, state: first.state, events, until: later(300) });
    const next = evaluate({ supervision, state: again.state, events: [], until: SECOND });
    const opened = [first, again, next].map(({ changes }) =>
      changes
        .filter(({ kind, mark }) => kind === 'opened' && mark.reason === 'check-due')
        .map(({ mark }) => [mark.openedAt, mark.untilAt]),
    );
    expect(opened).toEqual([[[FIRST, later(900)]], [], [[SECOND, secondsAfter(SECOND, 900)]]]);
  });
});

describe('given days on which it is known what is planned', () => {
  it('asks for each check once, as it falls due', () => expectTold(isAskedEachTime));
  it('asks for nothing on a day without checks', () => expectTold(isNotAsked));
});
