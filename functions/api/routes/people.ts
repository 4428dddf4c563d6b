import { personSchema, policySchema } from '#domain/model/person.ts';
import type { Documents } from '../../adapters/dynamodb/documents.ts';
import { text } from '../../adapters/dynamodb/items.ts';
import { sharedKey } from '../../adapters/dynamodb/keys.ts';
import type { EnsureContactTopic } from '../../adapters/sns/contact-topics.ts';
import { type Named, unknownAmong } from '../named-documents.ts';
import { isResponse, readBody, unacceptable } from '../problems.ts';
import { putDocument } from '../put-document.ts';
import type { Route } from '../route.ts';

export type PeopleRouteDeps = Readonly<{
  documents: Documents;
  ensureContactTopic: EnsureContactTopic;
}>;

export const putPerson =
  ({ documents, ensureContactTopic }: PeopleRouteDeps): Route =>
  async ({ agencyId, request, now }) => {
    const put = readBody(personSchema, request, { personId: request.pathParameters.personId });
    if (isResponse(put)) return put;
    const { personId, email } = put;
    const topicArn = email === null ? null : await ensureContactTopic(personId, email);
    return putDocument(documents, {
      agencyId,
      key: sharedKey(agencyId, 'PERSON', personId),
      entity: 'PERSON',
      body: put,
      changedAt: now,
      extra: topicArn === null ? {} : { topicArn: text(topicArn) },
    });
  };

const person = (path: string, id: string): Named => ({ path, kind: 'PERSON', id });

export const putPolicy =
  ({ documents }: PeopleRouteDeps): Route =>
  async ({ agencyId, request, now: changedAt }) => {
    const body = readBody(policySchema, request, { policyId: request.pathParameters.policyId });
    if (isResponse(body)) return body;
    const { policyId, steps, lastResort, officeHours } = body;
    const targets = steps.flatMap((step, i) =>
      step.targets.flatMap((target, j): Named[] => {
        const path = `steps.${i}.targets.${j}`;
        if (target.kind === 'person') return [person(`${path}.personId`, target.personId)];
        const { kind } = target;
        return kind === 'rota' ? [{ path: `${path}.rotaId`, kind: 'ROTA', id: target.rotaId }] : [];
      }),
    );
    const last = lastResort.personIds.map((id, i) => person(`lastResort.personIds.${i}`, id));
    const holidaysId = officeHours?.holidaysId;
    const office: Named[] =
      holidaysId === undefined
        ? []
        : [{ path: 'officeHours.holidaysId', kind: 'HOLIDAYS', id: holidaysId }];
    const problems = await unknownAmong(documents, agencyId, [...last, ...targets, ...office]);
    if (problems.length > 0) return unacceptable(problems);
    const key = sharedKey(agencyId, 'POLICY', policyId);
    return putDocument(documents, { agencyId, key, entity: 'POLICY', body, changedAt });
  };
