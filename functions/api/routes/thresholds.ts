import { thresholdProblems } from '#domain/evaluate/threshold-problems.ts';
import { thresholdPolicySchema } from '#domain/model/threshold-policy.ts';
import { sharedKey } from '../../adapters/dynamodb/keys.ts';
import { readInForceAt } from '../in-force.ts';
import { unknownAmong } from '../named-documents.ts';
import { isResponse, jsonBody, readWith, unacceptable } from '../problems.ts';
import { putDocument } from '../put-document.ts';
import type { Route } from '../route.ts';
import { noticeOf, type ZoneRouteDeps } from './zones.ts';

/** An agency's thresholds: whoever's order goes by them is evaluated anew. */
export const putThresholds =
  (deps: ZoneRouteDeps): Route =>
  async (call) => {
    const body = jsonBody(call.request);
    if (isResponse(body)) return body;
    const { agencyId, request, now } = call;
    const { thresholdPolicyId } = request.pathParameters;
    const read = readWith(thresholdPolicySchema, { ...body, thresholdPolicyId });
    if (!read.ok) return unacceptable(read.problems);
    const holidaysId = read.value.casework?.holidaysId ?? null;
    const named =
      holidaysId === null
        ? []
        : [{ path: 'casework.holidaysId', kind: 'HOLIDAYS', id: holidaysId } as const];
    const problems = [
      ...thresholdProblems(read.value),
      ...(await unknownAmong(deps.documents, agencyId, named)),
    ];
    if (problems.length > 0) return unacceptable(problems);
    const inForce = readInForceAt(body, now);
    if (!inForce.ok) return unacceptable(inForce.problems);
    const key = sharedKey(agencyId, 'THRESHOLDS', read.value.thresholdPolicyId);
    return putDocument(deps.documents, {
      ...{ agencyId, key, entity: 'THRESHOLDS', body: read.value },
      ...{ changedAt: now, inForceAt: inForce.value },
      beside: noticeOf(deps, call, { key, inForceAt: inForce.value }),
    });
  };
