import * as z from 'zod';
import { isSameJson } from '../evaluate/same-json.ts';
import { personIdSchema } from '../model/ids.ts';
import { type Instant, isoInstantSchema } from '../model/instant.ts';

const partIdSchema = z.string().regex(/^[a-z0-9][a-z0-9-]{0,39}$/, 'letters, digits and hyphens');

/** One thing to do on the way to a goal. */
const stepSchema = z.object({
  stepId: partIdSchema,
  aim: z.string().min(1).max(300),
  dueAt: isoInstantSchema.nullable().default(null),
  achievedAt: isoInstantSchema.nullable().default(null),
});

/** What a wearer and their officer want to come to. */
const goalSchema = z.object({
  goalId: partIdSchema,
  kind: z.enum(['employment', 'housing', 'education', 'treatment', 'relationships', 'other']),
  aim: z.string().min(1).max(300),
  steps: z.array(stepSchema).max(20).default([]),
  achievedAt: isoInstantSchema.nullable().default(null),
  /** When it was let go, and why; null: it was not. */
  letGo: z
    .object({ letGoAt: isoInstantSchema, reason: z.string().min(1).max(500) })
    .nullable()
    .default(null),
});
export type Goal = z.infer<typeof goalSchema>;

/** When the plan was gone through with the wearer, by whom, and what was found. */
const reviewSchema = z.object({
  reviewedAt: isoInstantSchema,
  by: personIdSchema,
  found: z.string().min(1).max(2_000),
});

const isUnique = (ids: readonly string[]): boolean => new Set(ids).size === ids.length;

/** The plan by which somebody is supervised: one a wearer, in versions. */
export const planSchema = z
  .object({
    /** Who writes this version. */
    by: personIdSchema,
    agreedAt: isoInstantSchema,
    goals: z.array(goalSchema).min(1).max(30),
    reviews: z.array(reviewSchema).max(200).default([]),
    /** By when it is gone through next; null: it is not. */
    nextReviewAt: isoInstantSchema.nullable().default(null),
    /** Why something that had been achieved, or found, is not any more; null: nothing is. */
    correction: z.string().min(1).max(500).nullable().default(null),
  })
  .refine(({ goals }) => isUnique(goals.map(({ goalId }) => goalId)), {
    path: ['goals'],
    message: 'two goals have the same id',
  })
  .refine(({ goals }) => goals.every(({ steps }) => isUnique(steps.map(({ stepId }) => stepId))), {
    path: ['goals'],
    message: 'two steps of a goal have the same id',
  });
export type Plan = z.infer<typeof planSchema>;

/** Why a plan cannot stand so, and in which field. */
export type PlanProblem = Readonly<{
  code: 'in-future' | 'achieved-before' | 'reviewed-before';
  path: string;
  message: string;
}>;

/** Everything of a plan that has come about, with where it stands. */
const pastOf = ({ agreedAt, goals, reviews }: Plan): (readonly [path: string, at: Instant])[] =>
  [
    ['agreedAt', agreedAt] as const,
    ...goals.flatMap(({ achievedAt, letGo, steps }, g) => [
      [`goals.${g}.achievedAt`, achievedAt] as const,
      [`goals.${g}.letGo.letGoAt`, letGo?.letGoAt ?? null] as const,
      ...steps.map((step, s) => [`goals.${g}.steps.${s}.achievedAt`, step.achievedAt] as const),
    ]),
    ...reviews.map(({ reviewedAt }, r) => [`reviews.${r}.reviewedAt`, reviewedAt] as const),
  ].flatMap(([path, at]) => (at === null ? [] : [[path, at] as const]));

/** What has been achieved, each under a name of its own. */
const achievedIn = ({ goals }: Plan): ReadonlySet<string> =>
  new Set(
    goals.flatMap(({ goalId, achievedAt, steps }) => [
      ...(achievedAt === null ? [] : [goalId]),
      ...steps.flatMap((step) => (step.achievedAt === null ? [] : [`${goalId}/${step.stepId}`])),
    ]),
  );

/**
 * What keeps a plan from standing: what is said to have come about must have; and what somebody has
 * achieved, or a review has found, is taken back only where it is said why.
 */
export const planProblems = (plan: Plan, before: Plan | null, now: Instant): PlanProblem[] => {
  const ahead = pastOf(plan).flatMap(([path, at]): PlanProblem[] =>
    at > now ? [{ code: 'in-future', path, message: 'it has yet to come about' }] : [],
  );
  if (before === null || plan.correction !== null) return ahead;
  const achieved = achievedIn(plan);
  const lost = [...achievedIn(before)].filter((name) => !achieved.has(name));
  const isForgotten = before.reviews.some(
    (review) => !plan.reviews.some((one) => isSameJson(one, review)),
  );
  return [
    ...ahead,
    ...lost.map((name): PlanProblem => {
      const message = `${name} has been achieved: leave it in, or say in correction why it was not`;
      return { code: 'achieved-before', path: 'goals', message };
    }),
    ...(isForgotten ? [REVIEWED_BEFORE] : []),
  ];
};

const REVIEWED_BEFORE: PlanProblem = {
  ...{ code: 'reviewed-before', path: 'reviews' },
  message:
    'a review that was on record is left out, or says something else: leave it in as it was, or say in correction why not',
};
