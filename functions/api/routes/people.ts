import type { AgencyId } from '#domain/model/ids.ts';
import { personSchema, policySchema, rotaSchema } from '#domain/model/person.ts';
import type { Documents } from '../../adapters/dynamodb/documents.ts';
import { text } from '../../adapters/dynamodb/items.ts';
import { sharedKey } from '../../adapters/dynamodb/keys.ts';
import type { EnsureContactTopic } from '../../adapters/sns/contact-topics.ts';
import {
  isResponse,
  jsonBody,
  notOnRecord,
  type Problem,
  readWith,
  unacceptable,
} from '../problems.ts';
import { getDocument, putDocument } from '../put-document.ts';
import type { Route } from '../route.ts';

export type PeopleRouteDeps = Readonly<{
  documents: Documents;
  ensureContactTopic: EnsureContactTopic;
}>;

export const putPerson =
  ({ documents, ensureContactTopic }: PeopleRouteDeps): Route =>
  async ({ agencyId, request, now }) => {
    const body = jsonBody(request);
    if (isResponse(body)) return body;
    const read = readWith(personSchema, { ...body, personId: request.pathParameters.personId });
    if (!read.ok) return unacceptable(read.problems);
    const { personId, email } = read.value;
    const topicArn = email === null ? null : await ensureContactTopic(personId, email);
    return putDocument(documents, {
      agencyId,
      key: sharedKey(agencyId, 'PERSON', personId),
      entity: 'PERSON',
      body: read.value,
      changedAt: now,
      extra: topicArn === null ? {} : { topicArn: text(topicArn) },
    });
  };

type PersonAt = Readonly<{ path: string; personId: string }>;

/** Problems for everybody who is named and not on record. */
const unknownPeople = async (
  documents: Documents,
  agencyId: AgencyId,
  named: readonly PersonAt[],
): Promise<Problem[]> => {
  const found = await Promise.all(
    named.map(({ personId }) => documents.loadItem(sharedKey(agencyId, 'PERSON', personId))),
  );
  return named
    .filter((_, i) => found[i] === null)
    .map(({ path, personId }) => notOnRecord(path, `person ${personId}`));
};

export const putRota =
  ({ documents }: PeopleRouteDeps): Route =>
  async ({ agencyId, request, now: changedAt }) => {
    const body = jsonBody(request);
    if (isResponse(body)) return body;
    const source = { ...body, rotaId: request.pathParameters.rotaId };
    const read = readWith(rotaSchema, source);
    if (!read.ok) return unacceptable(read.problems);
    const { rotaId, shifts, otherwise } = read.value;
    const named = [
      { path: 'otherwise', personId: otherwise },
      ...shifts.map(({ personId }, i) => ({ path: `shifts.${i}.personId`, personId })),
    ];
    const problems = await unknownPeople(documents, agencyId, named);
    if (problems.length > 0) return unacceptable(problems);
    const key = sharedKey(agencyId, 'ROTA', rotaId);
    return putDocument(documents, { agencyId, key, entity: 'ROTA', body: source, changedAt });
  };

export const putPolicy =
  ({ documents }: PeopleRouteDeps): Route =>
  async ({ agencyId, request, now: changedAt }) => {
    const body = jsonBody(request);
    if (isResponse(body)) return body;
    const read = readWith(policySchema, { ...body, policyId: request.pathParameters.policyId });
    if (!read.ok) return unacceptable(read.problems);
    const { policyId, steps, lastResort } = read.value;
    const targets = steps.flatMap((step, i) =>
      step.targets.map((target, j) => ({ target, path: `steps.${i}.targets.${j}` })),
    );
    const named = [
      ...lastResort.personIds.map((personId, i) => ({
        path: `lastResort.personIds.${i}`,
        personId,
      })),
      ...targets.flatMap(({ target, path }) =>
        target.kind === 'person' ? [{ path: `${path}.personId`, personId: target.personId }] : [],
      ),
    ];
    const rotas = targets.flatMap(({ target, path }) =>
      target.kind === 'rota' ? [{ path: `${path}.rotaId`, rotaId: target.rotaId }] : [],
    );
    const foundRotas = await Promise.all(
      rotas.map(({ rotaId }) => documents.loadItem(sharedKey(agencyId, 'ROTA', rotaId))),
    );
    const problems = [
      ...(await unknownPeople(documents, agencyId, named)),
      ...rotas
        .filter((_, i) => foundRotas[i] === null)
        .map(({ path, rotaId }) => notOnRecord(path, `rota ${rotaId}`)),
    ];
    if (problems.length > 0) return unacceptable(problems);
    const key = sharedKey(agencyId, 'POLICY', policyId);
    const put = { agencyId, key, entity: 'POLICY', body: read.value, changedAt };
    return putDocument(documents, put);
  };

const SHARED = {
  PERSON: { parameter: 'personId', what: 'this person' },
  ROTA: { parameter: 'rotaId', what: 'this rota' },
  POLICY: { parameter: 'policyId', what: 'this policy' },
} as const;

export const getShared =
  ({ documents }: PeopleRouteDeps, kind: keyof typeof SHARED): Route =>
  ({ agencyId, request }) => {
    const { parameter, what } = SHARED[kind];
    const id = String(request.pathParameters[parameter]);
    return getDocument(documents, sharedKey(agencyId, kind, id), what);
  };
