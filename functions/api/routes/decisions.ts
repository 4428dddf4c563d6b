import * as z from 'zod';
import { sentDecisionSchema } from '#domain/casework/decision.ts';
import { decisionIdSchema, personIdSchema } from '#domain/model/ids.ts';
import { toIso } from '#domain/model/instant.ts';
import { asSent } from '../../adapters/dynamodb/as-sent.ts';
import { decisionKey } from '../../adapters/dynamodb/decision-keys.ts';
import { jsonResponse } from '../../middleware/http.ts';
import type { DecisionDeps } from '../decisions/deps.ts';
import { takeDecision } from '../decisions/take-decision.ts';
import { withdrawDecision } from '../decisions/withdraw-decision.ts';
import { unknownAmong } from '../named-documents.ts';
import { isResponse, readBody, unacceptable } from '../problems.ts';
import { caseRefused } from '../put-case-document.ts';
import { getDocument } from '../put-document.ts';
import type { Call, Route } from '../route.ts';
import { wearerOfPath } from './wearers.ts';

const idOf = ({ request }: Call) => decisionIdSchema.parse(request.pathParameters.decisionId);

/** Decides about a wearer. The same again changes nothing; a decision is never changed. */
export const putDecision =
  (deps: DecisionDeps): Route =>
  async (call) => {
    const sent = readBody(sentDecisionSchema, call.request, { decisionId: idOf(call) });
    if (isResponse(sent)) return sent;
    const wearer = wearerOfPath(call);
    const refused = await caseRefused(deps, wearer);
    return refused ?? takeDecision(deps, call, { wearer, sent });
  };

export const getDecision =
  ({ documents }: DecisionDeps): Route =>
  (call) =>
    getDocument(documents, decisionKey(wearerOfPath(call), idOf(call)), 'this decision');

/** Every decision about a wearer, the newest first; withdrawn ones too. */
export const listDecisions =
  (deps: DecisionDeps): Route =>
  async (call) => {
    const wearer = wearerOfPath(call);
    const refused = await caseRefused(deps, wearer);
    if (refused !== null) return refused;
    const kept = await deps.decisions.list(wearer);
    const decisions = kept.map(({ decision, changedAt }) => ({
      ...asSent(decision),
      changedAt: toIso(changedAt),
    }));
    return jsonResponse(200, { decisions });
  };

const withdrawSchema = z.object({
  personId: personIdSchema,
  reason: z.string().trim().min(1).max(2_000),
});

/** Takes a decision back, with a reason of its own. */
export const postWithdraw =
  (deps: DecisionDeps): Route =>
  async (call) => {
    const body = readBody(withdrawSchema, call.request);
    if (isResponse(body)) return body;
    const { personId: by, reason } = body;
    const named = [{ path: 'personId', kind: 'PERSON', id: by } as const];
    const problems = await unknownAmong(deps.documents, call.agencyId, named);
    if (problems.length > 0) return unacceptable(problems);
    const wearer = wearerOfPath(call);
    return withdrawDecision(deps, call, { wearer, decisionId: idOf(call), by, reason });
  };
