import { describe, expect, it } from 'vitest';
import { planChecks, planProblems } from '#domain/checks/plan-checks.ts';
import type { CheckPlans } from '#domain/model/check-plan.ts';
import { conditionIdSchema } from '#domain/model/ids.ts';
import { type Instant, secondsAfter } from '#domain/model/instant.ts';
import { orderWith } from '#test/support/orders.ts';
import { at } from '#test/support/supervisions.ts';

const ID = conditionIdSchema.parse('checks');
const NOW = at('2026-06-01T12:00:00Z');
const UNTIL = secondsAfter(NOW, 90 * 86_400);
const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
const RANDOM = {
  kind: 'random',
  windows: [{ days: DAYS, start: '08:00', end: '20:00' }],
  checks: 2,
};
const FIXED = { kind: 'fixed', days: DAYS, times: ['10:00', '14:00'] };

const order = (times: object = RANDOM, fields: object = {}, condition: object = {}) =>
  orderWith({
    startsAt: '2026-05-01T00:00:00Z',
    conditions: [{ conditionId: 'checks', kind: 'check-in', times, ...condition }],
    ...fields,
  });
type More = Readonly<{ before?: CheckPlans | null; newSeed?: string; now?: Instant }>;
const planned = (asked = order(), more: More = {}): CheckPlans => {
  const usual = { before: null, newSeed: 'a1'.repeat(32), now: NOW, untilAt: UNTIL };
  const plans = planChecks({ order: asked, ...usual, ...more });
  if (plans === null) throw new Error('the test order has a check-in');
  return plans;
};
const askedAt = (plans: CheckPlans) => plans.plans[ID]?.askedAt ?? [];
const codes = (asked = order(), plans = planned(asked)) =>
  planProblems(asked, plans, NOW).map(({ code, path }) => `${path} ${code}`);

describe('the plan of an order that is put', () => {
  it('reaches from now to the horizon, and keeps what it was drawn from', () => {
    const plans = planned();
    expect(plans.seed).toBe('a1'.repeat(32));
    expect(plans.plans[ID]).toMatchObject({ fromAt: NOW, untilAt: UNTIL });
    expect(Math.min(...askedAt(plans))).toBeGreaterThanOrEqual(NOW);
    expect(askedAt(plans).length).toBeGreaterThan(178);
  });

  it('begins with the order, and ends with it', () => {
    const dates = { startsAt: '2026-06-10T00:00:00Z', endsAt: '2026-06-20T00:00:00Z' };
    const found = askedAt(planned(order(FIXED, dates)));
    expect(found[0]).toBe(at('2026-06-10T09:00:00Z'));
    expect(found.at(-1)).toBe(at('2026-06-19T13:00:00Z'));
  });

  it('is none where nothing is to be checked', () => {
    const asked = { order: order(RANDOM, { conditions: [] }), before: null, newSeed: 'x' };
    expect(planChecks({ ...asked, now: NOW, untilAt: UNTIL })).toBeNull();
  });
});

describe('the plan of an order that is put again', () => {
  const first = planned();
  const later = secondsAfter(NOW, 20 * 86_400);
  const again = { before: first, newSeed: 'ff'.repeat(32), now: later };

  it('is the same where its checks are the same, whatever else has changed', () => {
    const second = planned(order(RANDOM, { riskLevel: 'high' }), again);
    expect(second).toEqual(first);
  });

  it('keeps what was asked before, and takes what is to come from the new times', () => {
    const found = askedAt(planned(order(FIXED), again));
    const old = askedAt(first).filter((one) => one < later);
    expect(found.slice(0, old.length)).toEqual(old);
    expect(found[old.length]).toBe(at('2026-06-21T13:00:00Z'));
  });

  it('forgets what no late event can answer any more', () => {
    const muchLater = secondsAfter(NOW, 80 * 86_400);
    const found = askedAt(planned(order(), { ...again, now: muchLater }));
    expect(found[0]).toBeGreaterThanOrEqual(secondsAfter(muchLater, -60 * 86_400));
  });
});

describe('what is wrong with a plan', () => {
  it('is nothing for checks that all can be made', () => {
    expect([...codes(), ...codes(order(FIXED))]).toEqual([]);
  });

  it('is checks that would still be open when the next is asked', () => {
    const threeDays = { answerSeconds: 259_200, expireSeconds: 259_200 };
    expect(codes(order(FIXED, {}, threeDays))).toEqual(['conditions.0.times checks-too-close']);
    const weekly = { ...FIXED, days: ['mon'], times: ['09:00'] };
    expect(codes(order(weekly, {}, threeDays))).toEqual([]);
  });

  it('is windows too short for any check', () => {
    const short = { ...RANDOM, windows: [{ days: DAYS, start: '08:00', end: '08:10' }] };
    expect(codes(order(short))).toEqual(['conditions.0.times no-checks']);
  });

  it('is not that an order ends before its next check', () => {
    const weekly = { ...FIXED, days: ['sun'], times: ['09:00'] };
    expect(codes(order(weekly, { endsAt: '2026-06-02T00:00:00Z' }))).toEqual([]);
  });

  it('is more checks than can be kept', () => {
    const plans = planned();
    const many = Array.from({ length: 8_001 }, (_, i) => secondsAfter(NOW, 3_600 * i));
    const plan = plans.plans[ID];
    if (plan === undefined) throw new Error('the test order has a plan');
    const full = { ...plans, plans: { [ID]: { ...plan, askedAt: many } } };
    expect(codes(order(), full)).toEqual(['conditions.0.times too-many-checks']);
  });
});
