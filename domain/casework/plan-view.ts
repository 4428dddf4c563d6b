import type { Instant } from '../model/instant.ts';
import type { Goal, Plan } from './plan.ts';

type Seen = Pick<Goal, 'goalId' | 'kind' | 'aim'>;

/** What has come of a goal: how many of its steps have been achieved, and what is next. */
export type GoalView = Seen &
  Readonly<{
    stepsAchieved: number;
    steps: number;
    achievedAt: Instant | null;
    /** The step that is due next, of those that are not achieved; null: there is none. */
    nextStep: Readonly<{ aim: string; dueAt: Instant | null }> | null;
  }>;

/** A plan as a report tells of it: what was achieved comes first. */
export type PlanView = Readonly<{
  /** By when it was achieved, the first one first. */
  achieved: readonly GoalView[];
  underWay: readonly GoalView[];
  letGo: readonly (Seen & Readonly<{ letGoAt: Instant; reason: string }>)[];
  /** Steps of any goal that were achieved in the period, by when. */
  stepsAchieved: readonly Readonly<{ goal: string; aim: string; achievedAt: Instant }>[];
  reviews: Plan['reviews'];
  nextReviewAt: Instant | null;
  isReviewOverdue: boolean;
}>;

const LATEST = Number.POSITIVE_INFINITY;

const viewOf = ({ goalId, kind, aim, steps, achievedAt }: Goal): GoalView => {
  const [next] = steps
    .filter((step) => step.achievedAt === null)
    .toSorted((a, b) => (a.dueAt ?? LATEST) - (b.dueAt ?? LATEST));
  const isOpen = achievedAt === null && next !== undefined;
  return {
    ...{ goalId, kind, aim, achievedAt, steps: steps.length },
    stepsAchieved: steps.filter((step) => step.achievedAt !== null).length,
    nextStep: isOpen ? { aim: next.aim, dueAt: next.dueAt } : null,
  };
};

const isBy =
  (at: Instant) =>
  (done: Instant | null): boolean =>
    done !== null && done <= at;

/** A plan as it stood at an instant: what came about later is left out. */
const asOf = (plan: Plan, at: Instant): Plan => {
  const isDone = isBy(at);
  const known = (done: Instant | null): Instant | null => (isDone(done) ? done : null);
  return {
    ...plan,
    goals: plan.goals.map((goal) => ({
      ...goal,
      achievedAt: known(goal.achievedAt),
      letGo: isDone(goal.letGo?.letGoAt ?? null) ? goal.letGo : null,
      steps: goal.steps.map((step) => ({ ...step, achievedAt: known(step.achievedAt) })),
    })),
    reviews: plan.reviews.filter(({ reviewedAt }) => isDone(reviewedAt)),
  };
};

/**
 * What was achieved by a plan, what goes on, and what was let go, as of the end of a period; of
 * single steps and reviews those of the period alone. A goal that was achieved counts as achieved,
 * also where it was let go before.
 */
export const planView = (
  whole: Plan,
  { fromAt, toAt }: Readonly<{ fromAt: Instant; toAt: Instant }>,
): PlanView => {
  const { goals, reviews, nextReviewAt } = asOf(whole, toAt);
  const isInPeriod = (at: Instant): boolean => at >= fromAt && at <= toAt;
  const open = goals.filter(({ achievedAt }) => achievedAt === null);
  return {
    achieved: goals
      .filter(({ achievedAt }) => achievedAt !== null)
      .map(viewOf)
      .toSorted((a, b) => (a.achievedAt ?? 0) - (b.achievedAt ?? 0)),
    underWay: open.filter(({ letGo }) => letGo === null).map(viewOf),
    letGo: open.flatMap(({ goalId, kind, aim, letGo }) =>
      letGo === null ? [] : [{ goalId, kind, aim, ...letGo }],
    ),
    stepsAchieved: goals
      .flatMap((goal) =>
        goal.steps.flatMap(({ aim, achievedAt }) =>
          achievedAt !== null && isInPeriod(achievedAt)
            ? [{ goal: goal.aim, aim, achievedAt }]
            : [],
        ),
      )
      .toSorted((a, b) => a.achievedAt - b.achievedAt),
    reviews: reviews.filter(({ reviewedAt }) => isInPeriod(reviewedAt)),
    nextReviewAt,
    isReviewOverdue: nextReviewAt !== null && nextReviewAt <= toAt,
  };
};
