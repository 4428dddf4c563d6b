import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Plan, planProblems, planSchema } from '#domain/casework/plan.ts';
import { planView } from '#domain/casework/plan-view.ts';
import { DAY_SECONDS, type Instant, secondsAfter, toIso } from '#domain/model/instant.ts';
import { at } from '#test/support/supervisions.ts';

const NOW = at('2026-03-02T12:00:00Z');
const day = (n: number): Instant => secondsAfter(NOW, n * DAY_SECONDS);
const iso = (n: number): string => toIso(day(n));

const goal = (goalId: string, more: object = {}) => ({
  ...{ goalId, kind: 'housing', aim: `The aim of ${goalId}`, ...more },
});
const plan = (goals: readonly object[], more: object = {}): Plan =>
  planSchema.parse({ by: 'officer', agreedAt: iso(-90), goals, ...more });

const WHOLE = plan(
  [
    goal('flat', { achievedAt: iso(-10) }),
    goal('job', {
      kind: 'employment',
      achievedAt: iso(-40),
      steps: [{ stepId: 'letter', aim: 'Write to the dairy', achievedAt: iso(-60) }],
    }),
    goal('course', {
      kind: 'education',
      steps: [
        { stepId: 'exam', aim: 'Sit the exam', dueAt: iso(60) },
        { stepId: 'book', aim: 'Book a place', dueAt: iso(5) },
        { stepId: 'ask', aim: 'Ask at the college', achievedAt: iso(-5) },
      ],
    }),
    goal('club', { letGo: { letGoAt: iso(-20), reason: 'it has closed' } }),
  ],
  {
    reviews: [
      { reviewedAt: iso(-50), by: 'officer', found: 'The job is near.' },
      { reviewedAt: iso(-15), by: 'officer', found: 'The flat is near.' },
    ],
    nextReviewAt: iso(15),
  },
);
const MONTH = { fromAt: day(-30), toAt: NOW };

describe('a plan as a report tells of it', () => {
  it('says first what was achieved, in the order in which it was', () => {
    const { achieved, underWay, letGo } = planView(WHOLE, MONTH);
    expect(achieved.map(({ goalId }) => goalId)).toEqual(['job', 'flat']);
    expect(underWay).toMatchObject([
      { goalId: 'course', stepsAchieved: 1, steps: 3, nextStep: { aim: 'Book a place' } },
    ]);
    expect(letGo).toMatchObject([{ goalId: 'club', reason: 'it has closed' }]);
  });

  it('tells of steps and reviews of its period alone', () => {
    const { stepsAchieved, reviews } = planView(WHOLE, MONTH);
    expect(stepsAchieved.map(({ aim }) => aim)).toEqual(['Ask at the college']);
    expect(reviews.map(({ found }) => found)).toEqual(['The flat is near.']);
  });

  it('knows nothing of what came about after its end', () => {
    const then = planView(WHOLE, { fromAt: day(-60), toAt: day(-30) });
    expect(then.achieved.map(({ goalId }) => goalId)).toEqual(['job']);
    expect(then.underWay.map(({ goalId }) => goalId)).toEqual(['flat', 'course', 'club']);
    expect(then.isReviewOverdue).toBe(false);
    expect(planView(WHOLE, { fromAt: NOW, toAt: day(20) }).isReviewOverdue).toBe(true);
  });

  it('counts each goal once, at whichever instant one looks', () => {
    fc.assert(
      fc.property(fc.integer({ min: -100, max: 30 }), (n) => {
        const { achieved, underWay, letGo } = planView(WHOLE, { fromAt: day(-100), toAt: day(n) });
        const ids = [...achieved, ...underWay, ...letGo].map(({ goalId }) => goalId);
        expect(ids.toSorted()).toEqual(['club', 'course', 'flat', 'job']);
      }),
    );
  });
});

describe('the next version of a plan', () => {
  const codes = (next: Plan, before: Plan | null) =>
    planProblems(next, before, NOW).map(({ code }) => code);

  it('may change anything that has not come about', () => {
    expect(codes(WHOLE, null)).toEqual([]);
    const goals = WHOLE.goals.map((one) => ({ ...one, aim: 'Another aim' }));
    expect(codes({ ...WHOLE, goals, nextReviewAt: null }, WHOLE)).toEqual([]);
  });

  it('loses nothing that was achieved or found, unless it says why', () => {
    const [first, ...others] = WHOLE.goals;
    const less: Plan = { ...WHOLE, goals: others, reviews: WHOLE.reviews.slice(1) };
    expect(first?.goalId).toBe('flat');
    expect(codes(less, WHOLE)).toEqual(['achieved-before', 'reviewed-before']);
    expect(codes({ ...less, correction: 'another person was meant' }, WHOLE)).toEqual([]);
  });

  it('keeps what a review found in its words, unless it says why they change', () => {
    const reviews = WHOLE.reviews.map((review) => ({ ...review, found: 'something else' }));
    expect(codes({ ...WHOLE, reviews }, WHOLE)).toEqual(['reviewed-before']);
    const correction = 'the words were of another case';
    expect(codes({ ...WHOLE, reviews, correction }, WHOLE)).toEqual([]);
  });

  it('says nothing of what is yet to come about', () => {
    const ahead = plan([goal('flat', { achievedAt: iso(1) })]);
    expect(codes(ahead, null)).toEqual(['in-future']);
    expect(codes({ ...plan([goal('flat')]), agreedAt: day(1) }, null)).toEqual(['in-future']);
  });

  it('names no goal twice', () => {
    const twice = { by: 'officer', agreedAt: iso(-1), goals: [goal('flat'), goal('flat')] };
    expect(planSchema.safeParse(twice).success).toBe(false);
  });
});
