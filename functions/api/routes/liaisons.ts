import { webhookHost } from '#domain/model/contact.ts';
import { type Liaison, liaisonSchema } from '#domain/model/liaison.ts';
import type { Documents } from '../../adapters/dynamodb/documents.ts';
import { sharedKey } from '../../adapters/dynamodb/keys.ts';
import { type Named, unknownAmong } from '../named-documents.ts';
import { isResponse, jsonBody, type Problem, readWith, unacceptable } from '../problems.ts';
import { putDocument } from '../put-document.ts';
import type { Route } from '../route.ts';

export type LiaisonRouteDeps = Readonly<{
  documents: Documents;
  /** Whose messages may be posted to. */
  webhookHosts: readonly string[];
  /** Who has a queue or a subscription in this stack. */
  forces: readonly string[];
}>;

const neededBy = ({ acceptance }: Liaison): Named[] =>
  acceptance === null
    ? []
    : [{ path: 'acceptance.policyId', kind: 'POLICY', id: acceptance.policyId }];

const addressProblems = ({ delivery }: Liaison, hosts: readonly string[]): Problem[] => {
  if (delivery.by !== 'https') return [];
  const host = webhookHost(delivery.url);
  if (host !== null && hosts.includes(host)) return [];
  const message = `${host} is not among the hosts of this stack's webhookHosts`;
  return [{ code: 'webhook-host-not-allowed', path: 'delivery.url', message }];
};

/** Nobody takes what is published for a recipient without a queue: it can be fetched only. */
const queueWarnings = ({ delivery, liaisonId }: Liaison, known: readonly string[]): Problem[] => {
  if (delivery.by !== 'topic' || known.includes(liaisonId)) return [];
  const message =
    'this stack has no queue or subscription of that name: what is published for it can only be fetched';
  return [{ code: 'no-queue', path: 'delivery', message }];
};

export const putLiaison =
  ({ documents, webhookHosts, forces }: LiaisonRouteDeps): Route =>
  async ({ agencyId, request, now: changedAt }) => {
    const { liaisonId } = request.pathParameters;
    const body = jsonBody(request);
    if (isResponse(body)) return body;
    const source = { ...body, liaisonId };
    const read = readWith(liaisonSchema, source);
    if (!read.ok) return unacceptable(read.problems);
    const liaison = read.value;
    const problems = [
      ...addressProblems(liaison, webhookHosts),
      ...(await unknownAmong(documents, agencyId, neededBy(liaison))),
    ];
    if (problems.length > 0) return unacceptable(problems);
    return putDocument(documents, {
      ...{ agencyId, key: sharedKey(agencyId, 'LIAISON', liaison.liaisonId), changedAt },
      ...{ entity: 'LIAISON', body: source, warnings: queueWarnings(liaison, forces) },
    });
  };
