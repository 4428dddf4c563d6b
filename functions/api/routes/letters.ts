import * as z from 'zod';
import { type Decision, decisionSchema, hasLetter } from '#domain/casework/decision.ts';
import { letterOf } from '#domain/casework/letter.ts';
import { letterHtml } from '#domain/casework/letter-html.ts';
import { decisionIdSchema, personIdSchema } from '#domain/model/ids.ts';
import { orderSchema } from '#domain/model/order.ts';
import { personSchema } from '#domain/model/person.ts';
import { wearerSchema } from '#domain/model/wearer.ts';
import { decisionKey } from '../../adapters/dynamodb/decision-keys.ts';
import { readJson } from '../../adapters/dynamodb/items.ts';
import { orderKey, sharedKey, wearerKey } from '../../adapters/dynamodb/keys.ts';
import { type HttpResponse, refusal } from '../../middleware/http.ts';
import type { DecisionDeps } from '../decisions/deps.ts';
import { unknownAmong } from '../named-documents.ts';
import { isResponse, notFound, readBody, unacceptable } from '../problems.ts';
import { putCaseDocument } from '../put-case-document.ts';
import type { Call, Route } from '../route.ts';
import { wearerOfPath } from './wearers.ts';

const keyOf = (call: Call) =>
  decisionKey(wearerOfPath(call), decisionIdSchema.parse(call.request.pathParameters.decisionId));

const noLetter = ({ kind }: Decision): HttpResponse => {
  const message = `a decision of the kind ${kind} has no letter: warnings have`;
  return refusal(404, { code: 'no-letter', message });
};

const htmlResponse = (body: string): HttpResponse => ({
  statusCode: 200,
  headers: {
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'no-store',
    'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'",
  },
  body,
});

/** The letter of a warning, to be printed or sent. */
export const getLetter =
  ({ documents }: DecisionDeps): Route =>
  async (call) => {
    const wearer = wearerOfPath(call);
    const known = await documents.load(keyOf(call), decisionSchema);
    if (known === null) return notFound('this decision');
    const { value: decision } = known;
    const [person, order, officer] = await Promise.all([
      documents.load(wearerKey(wearer), wearerSchema),
      documents.load(orderKey(wearer, decision.orderId), orderSchema),
      documents.load(sharedKey(call.agencyId, 'PERSON', decision.by), personSchema),
    ]);
    if (person === null || order === null) return notFound('whom this letter is about');
    const letter = letterOf(decision, {
      ...{ wearerName: person.value.name, officerName: officer?.value.name ?? decision.by },
      ...{ legalBasis: order.value.legalBasis, timeZone: order.value.timeZone },
    });
    return letter === null ? noLetter(decision) : htmlResponse(letterHtml(letter));
  };

const actSchema = z.object({ personId: personIdSchema, act: z.enum(['printed', 'sent']) });

/** Says that the letter was printed or sent, and by whom. */
export const postLetter =
  (deps: DecisionDeps): Route =>
  async (call) => {
    const body = readBody(actSchema, call.request);
    if (isResponse(body)) return body;
    const { personId: by, act } = body;
    const named = [{ path: 'personId', kind: 'PERSON', id: by } as const];
    const problems = await unknownAmong(deps.documents, call.agencyId, named);
    if (problems.length > 0) return unacceptable(problems);
    const known = await deps.documents.loadItem(keyOf(call));
    if (known === null) return notFound('this decision');
    const decision = readJson(known, 'body', decisionSchema);
    if (!hasLetter(decision)) return noLetter(decision);
    if (decision.withdrawn !== null) {
      const message = 'the decision was withdrawn: its letter is not to be sent any more';
      return refusal(409, { code: 'withdrawn-already', message });
    }
    const { decisionId, kind } = decision;
    const letters = [...decision.letters, { doneAt: call.now, by, act }];
    return putCaseDocument(deps, call, {
      ...{ wearer: wearerOfPath(call), key: keyOf(call), entity: 'DECISION', known },
      ...{ body: { ...decision, letters }, name: `DECISION#${decisionId}` },
      told: { type: `letter-${act}`, by, kind },
    });
  };
