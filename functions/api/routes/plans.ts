import { planProblems, planSchema } from '#domain/casework/plan.ts';
import { planKey } from '../../adapters/dynamodb/casework-keys.ts';
import { readJson, readOrNull } from '../../adapters/dynamodb/items.ts';
import { unknownAmong } from '../named-documents.ts';
import { isResponse, readBody, unacceptable } from '../problems.ts';
import { type CaseDeps, caseRefused, putCaseDocument } from '../put-case-document.ts';
import { getDocument } from '../put-document.ts';
import { type ReviewDeps, reviewTask } from '../review-task.ts';
import type { Route } from '../route.ts';
import { wearerOfPath } from './wearers.ts';

export type PlanRouteDeps = CaseDeps & ReviewDeps;

/**
 * Puts the next version of a wearer's supervision plan, and with it by when it is gone through
 * next. What has been achieved stays, unless it is said why it was not.
 */
export const putPlan =
  (deps: PlanRouteDeps): Route =>
  async (call) => {
    const plan = readBody(planSchema, call.request);
    if (isResponse(plan)) return plan;
    const wearer = wearerOfPath(call);
    const refused = await caseRefused(deps, wearer);
    if (refused !== null) return refused;
    const key = planKey(wearer);
    const known = await deps.documents.loadItem(key);
    const before = known && readOrNull(known, (item) => readJson(item, 'body', planSchema));
    const { by, correction, reviews, nextReviewAt: dueAt } = plan;
    const named = [
      { path: 'by', kind: 'PERSON', id: by } as const,
      ...reviews.map((review, i) => ({
        ...({ path: `reviews.${i}.by`, kind: 'PERSON', id: review.by } as const),
      })),
    ];
    const problems = [
      ...(await unknownAmong(deps.documents, call.agencyId, named)),
      ...planProblems(plan, before, call.now),
    ];
    if (problems.length > 0) return unacceptable(problems);
    const review = { kind: 'plan-review', dueAt, by, now: call.now } as const;
    const { beside, warnings } = await reviewTask(deps, wearer, review);
    return putCaseDocument(deps, call, {
      ...{ wearer, key, entity: 'PLAN', name: 'PLAN', body: plan, known },
      told: { type: 'plan-put', by, ...(correction === null ? {} : { reason: correction }) },
      ...{ beside: () => beside, warnings },
    });
  };

export const getPlan =
  ({ documents }: PlanRouteDeps): Route =>
  (call) =>
    getDocument(documents, planKey(wearerOfPath(call)), 'a plan of this wearer');
