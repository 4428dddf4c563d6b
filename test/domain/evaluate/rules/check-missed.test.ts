import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Evaluation, evaluate } from '#domain/evaluate/evaluate.ts';
import type { Supervision } from '#domain/evaluate/supervision.ts';
import { violationOf } from '#domain/evaluate/violation-of.ts';
import type { DeviceEvent } from '#domain/model/device-event.ts';
import { conditionIdSchema } from '#domain/model/ids.ts';
import { type Instant, instant, secondsAfter, toIso } from '#domain/model/instant.ts';
import { permissionSchema } from '#domain/model/permission.ts';
import { missesChecks, passesChecks } from '#local/worlds/generators/check-missed.ts';
import { askRule, watchCalled } from '#test/support/ask-rule.ts';
import { check, fix } from '#test/support/events.ts';
import { expectTold } from '#test/support/oracle-days.ts';
import { at, HOME, superviseWith } from '#test/support/supervisions.ts';

const FIRST = at('2026-06-01T09:00:00Z');
const SECOND = at('2026-06-01T17:00:00Z');
const PLAN = {
  fromAt: at('2026-06-01T00:00:00Z'),
  untilAt: at('2026-09-01T00:00:00Z'),
  askedAt: [FIRST, SECOND],
};
const CHECKS = {
  conditionId: 'checks',
  kind: 'check-in',
  times: { kind: 'fixed', days: ['mon'], times: ['10:00', '18:00'] },
};
const later = (seconds: number, from = FIRST): Instant => secondsAfter(from, seconds);

const PLANS = { seed: '00'.repeat(32), plans: { [conditionIdSchema.parse('checks')]: PLAN } };

const supervised = (
  condition: object = {},
  permitted: readonly object[] = [],
  order: object = {},
): Supervision => {
  const conditions = [{ ...CHECKS, ...condition }];
  const permissions = permitted.map((one) => ({ version: 1, value: permissionSchema.parse(one) }));
  return superviseWith([], { conditions, ...order }, { checkPlans: PLANS, permissions });
};
const asked = (now: Instant, more: Parameters<typeof askRule>[2] = {}, condition = {}) =>
  askRule(watchCalled(supervised(condition), 'checks'), now, more);
const answered = (now: Instant, result: 'present' | 'failed', memory = {}) =>
  asked(now, { input: check(now, result, 'phone'), memory });

describe('given a planned check', () => {
  it('asks for nothing before, and is due when it is asked', () => {
    expect(asked(later(-1))).toMatchObject({ verdict: 'not-applicable', dueAt: FIRST });
  });

  it('waits for the answer, and is due when the check expires', () => {
    expect(asked(FIRST)).toMatchObject({
      ...{ verdict: 'not-applicable', reason: 'awaiting-answer', dueAt: later(1_800) },
    });
  });

  it('is satisfied by an answer in time, until the next', () => {
    expect(answered(later(899), 'present')).toEqual({
      ...{ verdict: 'satisfied', reason: 'in-order', dueAt: SECOND },
      memory: { askedAt: FIRST, passedAt: later(899), share: 0.999 },
    });
  });

  it('says of a late answer that it was late, from when it was asked until it came', () => {
    expect(answered(later(900), 'present')).toMatchObject({
      verdict: 'satisfied',
      past: { reason: 'check-late', since: FIRST, until: later(900), certainty: null },
    });
    expect(answered(later(1_800), 'present')).not.toHaveProperty('past');
  });

  it('has expired without an answer, since it was asked, and not a millisecond before', () => {
    expect(asked(later(1_800))).toMatchObject({
      ...{ verdict: 'violated', reason: 'check-expired', since: FIRST, claims: null },
      dueAt: SECOND,
    });
    expect(asked(instant(later(1_800) - 1)).verdict).toBe('not-applicable');
  });

  it('has failed where every answer did, and not where one passed after all', () => {
    const { memory } = answered(later(100), 'failed');
    expect(asked(later(1_800), { memory })).toMatchObject({ reason: 'check-failed' });
    const late = { askedAt: FIRST, failedAt: later(1_800) };
    expect(asked(later(1_800), { memory: late })).toMatchObject({ reason: 'check-expired' });
    expect(answered(later(200), 'present', memory).verdict).toBe('satisfied');
  });

  it('has nothing to remember while nobody answers', () => {
    expect(asked(later(10)).memory).toStrictEqual({});
    expect(asked(later(10), { memory: { askedAt: FIRST, passedAt: later(5) } })).toMatchObject({
      ...{ verdict: 'satisfied', reason: 'in-order', dueAt: SECOND },
    });
  });

  it('takes an answer of a kind that does not count for none', () => {
    const input = check(later(10), 'present', 'home-unit');
    expect(asked(later(10), { input }).reason).toBe('awaiting-answer');
    const counted = asked(later(10), { input }, { methods: ['home-unit'] });
    expect(counted.verdict).toBe('satisfied');
  });

  it('begins anew with the next check, whatever became of the one before', () => {
    const memory = { askedAt: FIRST, passedAt: later(5) };
    expect(asked(SECOND, { memory })).toMatchObject({ reason: 'awaiting-answer', memory: {} });
  });

  it('does not know what is asked beyond its plan', () => {
    expect(asked(PLAN.untilAt)).toMatchObject({ verdict: 'undetermined', reason: 'hours-unknown' });
  });

  it('has as long as the order says: three days for one that is asked each week', () => {
    const days = { answerSeconds: 259_200, expireSeconds: 259_200 };
    expect(asked(later(259_199, SECOND), {}, days).reason).toBe('awaiting-answer');
    expect(asked(later(259_200, SECOND), {}, days)).toMatchObject({ reason: 'check-expired' });
  });
});

describe('given two checks that nobody answers', () => {
  const supervision = supervised();
  const tell = (before: Evaluation | null, until: Instant): Evaluation =>
    evaluate({ supervision, state: before?.state ?? null, events: [], until });
  const first = tell(
    evaluate({ supervision, state: null, events: [check(later(-60), 'present')], until: FIRST }),
    later(1_800),
  );

  it('finds each of them, and ends the first when the second is asked', () => {
    const second = tell(first, later(1_800, SECOND));
    const told = (of: Evaluation) =>
      of.changes
        .filter(({ mark }) => mark.watchId === 'checks')
        .map(({ kind, mark }) => [kind, mark.openedAt, mark.endReason]);
    expect(told(first)).toEqual([['opened', FIRST, null]]);
    expect(told(second)).toEqual([
      ['ended', FIRST, 'hours-ended'],
      ['opened', SECOND, null],
    ]);
  });
});

describe('given a check whose answers did not pass', () => {
  const supervision = supervised();
  const told = (...events: readonly DeviceEvent[]) => {
    const until = later(1_800);
    const { changes, state } = evaluate({ supervision, state: null, events, until });
    const [change] = changes.filter(({ mark }) => mark.watchId === 'checks');
    if (change === undefined) throw new Error('nothing was found');
    const { inputs } = state.slice;
    return violationOf(change, { supervision, inputs, detectedAt: until, revision: 1 });
  };

  it('rests on those answers', () => {
    const failed = check(later(300), 'failed', 'phone');
    expect(told(failed)).toMatchObject({
      reason: 'check-failed',
      evidence: [{ kind: 'check', recordedAt: later(300), method: 'phone', result: 'failed' }],
    });
  });

  it('rests on no answer to what was asked before, nor on what cannot tell', () => {
    const earlier = check(later(-60), 'failed', 'phone');
    const unsure = check(later(60), 'undetermined', 'phone');
    const atHome = check(later(90), 'present');
    const moved = fix(later(95), HOME);
    expect(told(earlier, unsure, atHome, moved)).toMatchObject({
      reason: 'check-expired',
      evidence: [],
    });
  });
});

describe('given an order that ends', () => {
  const endsAt = later(7_200);
  const watch = watchCalled(supervised({}, [], { endsAt: toIso(endsAt) }), 'checks');

  it('is over with it, whatever became of the last check', () => {
    expect(askRule(watch, later(1_800))).toMatchObject({
      ...{ verdict: 'violated', reason: 'check-expired', dueAt: endsAt },
    });
    expect(askRule(watch, endsAt)).toMatchObject({
      ...{ verdict: 'not-applicable', reason: 'outside-hours', memory: {} },
    });
  });

  it('goes on while only a permission lasts until then', () => {
    const permission = {
      ...{ permissionId: 'p-1', conditionIds: ['checks'], reason: 'court', grantedBy: 'officer' },
      ...{ from: toIso(later(3_600)), until: toIso(endsAt) },
    };
    const order = { endsAt: toIso(endsAt) };
    const permitted = watchCalled(supervised({}, [permission], order), 'checks');
    expect(askRule(permitted, later(5_000))).toMatchObject({ reason: 'check-expired' });
    expect(askRule(permitted, endsAt).verdict).toBe('not-applicable');
  });
});

describe('given a wearer who was let off', () => {
  it.each([
    ['when the check was asked', -60, 60],
    ['by the time that it expired', 1_200, 7_200],
  ])('is missing nothing where it was %s', (_, from, until) => {
    const permission = {
      ...{ permissionId: 'p-1', conditionIds: ['checks'], reason: 'court', grantedBy: 'officer' },
      ...{ from: toIso(later(from)), until: toIso(later(until)) },
    };
    const supervision = supervised({}, [permission]);
    const judged = askRule(watchCalled(supervision, 'checks'), later(1_800));
    expect(judged).toMatchObject({ verdict: 'not-applicable', reason: 'permitted' });
  });
});

describe('given days on which the truth is known', () => {
  it('finds every check that was answered late, too late, not at all or without passing', () => {
    expectTold(missesChecks, { numRuns: 60 });
  });

  it('finds nothing where each was passed in time, if only just', () => {
    expectTold(passesChecks, { numRuns: 40 });
  });

  it('has such days of every kind', () => {
    const reasons = new Set<string>();
    fc.assert(
      fc.property(fc.nat(1e6), (seed) => {
        for (const { reasons: told } of missesChecks(seed).truth) reasons.add(told[0]);
        expect(passesChecks(seed).truth).toEqual([]);
      }),
      { numRuns: 50 },
    );
    expect([...reasons].sort()).toEqual(['check-expired', 'check-failed', 'check-late']);
  });
});
