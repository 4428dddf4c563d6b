import { assessmentSchema } from '#domain/casework/assessment.ts';
import { assessmentKey } from '../../adapters/dynamodb/casework-keys.ts';
import { unknownAmong } from '../named-documents.ts';
import { isResponse, readBody, unacceptable } from '../problems.ts';
import { type CaseDeps, caseRefused, putCaseDocument } from '../put-case-document.ts';
import { getDocument } from '../put-document.ts';
import { type ReviewDeps, reviewTask } from '../review-task.ts';
import type { Route } from '../route.ts';
import { wearerOfPath } from './wearers.ts';

export type AssessmentRouteDeps = CaseDeps & ReviewDeps;

const IN_FUTURE = {
  ...{ code: 'in-future', path: 'assessedAt' },
  message: 'an assessment is put on record when it has been made',
};

/** Puts the next version of a wearer's risk assessment, and with it by when it is reviewed. */
export const putAssessment =
  (deps: AssessmentRouteDeps): Route =>
  async (call) => {
    const assessment = readBody(assessmentSchema, call.request);
    if (isResponse(assessment)) return assessment;
    const wearer = wearerOfPath(call);
    const refused = await caseRefused(deps, wearer);
    if (refused !== null) return refused;
    const { by, level, assessedAt, reviewDueAt: dueAt } = assessment;
    const named = [{ path: 'by', kind: 'PERSON', id: by } as const];
    const problems = [
      ...(await unknownAmong(deps.documents, call.agencyId, named)),
      ...(assessedAt > call.now ? [IN_FUTURE] : []),
    ];
    if (problems.length > 0) return unacceptable(problems);
    const key = assessmentKey(wearer);
    const known = await deps.documents.loadItem(key);
    const review = { kind: 'assessment-review', dueAt, by, now: call.now } as const;
    const { beside, warnings } = await reviewTask(deps, wearer, review);
    return putCaseDocument(deps, call, {
      ...{ wearer, key, entity: 'RISK_ASSESSMENT', name: 'ASSESSMENT', body: assessment, known },
      told: { type: 'assessment-made', by, kind: level },
      ...{ beside: () => beside, warnings },
    });
  };

export const getAssessment =
  ({ documents }: AssessmentRouteDeps): Route =>
  (call) =>
    getDocument(documents, assessmentKey(wearerOfPath(call)), 'an assessment of this wearer');
