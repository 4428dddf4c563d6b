import type { TransactWriteItem } from '@aws-sdk/client-dynamodb';
import * as z from 'zod';
import { webhookHost } from '#domain/model/contact.ts';
import type { AgencyId, LiaisonId } from '#domain/model/ids.ts';
import type { Instant } from '#domain/model/instant.ts';
import { type Liaison, liaisonSchema } from '#domain/model/liaison.ts';
import type { Memo } from '#domain/model/memo.ts';
import type { Documents } from '../../adapters/dynamodb/documents.ts';
import { sharedKey } from '../../adapters/dynamodb/keys.ts';
import { listedLiaisonPut } from '../../adapters/dynamodb/liaison-names.ts';
import { withdrawnMemoKey } from '../../adapters/dynamodb/liaison-names-keys.ts';
import { outboxItem } from '../../adapters/dynamodb/outbox-item.ts';
import { isUsable } from '../../adapters/feed-keys/verify.ts';
import { type Named, unknownAmong } from '../named-documents.ts';
import { isResponse, jsonBody, type Problem, readWith, unacceptable } from '../problems.ts';
import { putDocument } from '../put-document.ts';
import type { Route } from '../route.ts';

export type LiaisonRouteDeps = Readonly<{
  documents: Documents;
  monitoringTable: string;
  /** Whose messages may be posted to. */
  webhookHosts: readonly string[];
  /** Who has a queue or a subscription in this stack: forces and partners. */
  forces: readonly LiaisonId[];
  partners: readonly LiaisonId[];
  /** Which forces have a feed in order. */
  orderedForces: readonly LiaisonId[];
}>;

const neededBy = ({ acceptance }: Liaison): Named[] =>
  acceptance === null
    ? []
    : [{ path: 'acceptance.policyId', kind: 'POLICY', id: acceptance.policyId }];

const addressProblems = ({ delivery }: Liaison, hosts: readonly string[]): Problem[] => {
  if (delivery.by !== 'https') return [];
  const { url, exerciseUrl } = delivery;
  return Object.entries({ url, exerciseUrl }).flatMap(([field, address]) => {
    const host = address === null ? null : webhookHost(address);
    if (address === null || (host !== null && hosts.includes(host))) return [];
    const message = `${host} is not among the hosts of this stack's webhookHosts`;
    return [{ code: 'webhook-host-not-allowed', path: `delivery.${field}`, message }];
  });
};

/** A key that is none would refuse all that they sign, on the day when it matters. */
const keyProblems = async ({ publicKeys }: Liaison): Promise<Problem[]> => {
  const usable = await Promise.all(publicKeys.map(isUsable));
  return usable.flatMap((is, i) => {
    const message = 'this is no public key, although it has the form of one: ask them for theirs';
    return is ? [] : [{ code: 'unusable-key', path: `publicKeys.${i}`, message }];
  });
};

/** What is to be kept in order needs a topic that keeps it. */
const orderProblems = ({ delivery, liaisonId }: Liaison, ordered: readonly LiaisonId[]) => {
  if (delivery.by !== 'topic' || !delivery.ordered || ordered.includes(liaisonId)) return [];
  const message = "this liaison is not among this stack's orderedForces: nothing would reach it";
  return [{ code: 'no-ordered-feed', path: 'delivery.ordered', message }];
};

/** Nobody takes what is published for a recipient without a queue: it can be fetched only. */
const queueWarnings = (
  { delivery, liaisonId }: Liaison,
  known: readonly LiaisonId[],
): Problem[] => {
  if (delivery.by !== 'topic' || known.includes(liaisonId)) return [];
  const message =
    'this stack has no queue or subscription of that name: what is published for it can only be fetched';
  return [{ code: 'no-queue', path: 'delivery', message }];
};

/** Of a liaison as it stands only whether it comes matters: the rest is put anew. */
const keptSchema = z.object({ responseWithdrawn: z.unknown().optional() });

type Withdrawal = Readonly<{
  agencyId: AgencyId;
  liaison: Liaison;
  before: z.infer<typeof keptSchema> | null;
  changedAt: Instant;
  version: number;
}>;

/** The duty manager hears at once that a liaison does not come any more: people counted on it. */
const withdrawalPuts = (
  TableName: string,
  { agencyId, liaison, before, changedAt, version }: Withdrawal,
): TransactWriteItem[] => {
  const { liaisonId, name, responseWithdrawn: withdrawn } = liaison;
  if (withdrawn === null || (before?.responseWithdrawn ?? null) !== null) return [];
  const { since, reason } = withdrawn;
  const body: Memo = {
    ...{ about: 'response-withdrawn', liaisonId, name, since, reason, createdAt: changedAt },
  };
  const key = withdrawnMemoKey(agencyId, liaisonId, version);
  const Item = outboxItem(key, { kind: 'memo', agencyId, body, from: changedAt });
  return [{ Put: { TableName, Item } }];
};

export const putLiaison =
  (deps: LiaisonRouteDeps): Route =>
  async ({ agencyId, request, now: changedAt }) => {
    const { liaisonId } = request.pathParameters;
    const { documents, monitoringTable, webhookHosts, forces, partners } = deps;
    const body = jsonBody(request);
    if (isResponse(body)) return body;
    const source = { ...body, liaisonId };
    const read = readWith(liaisonSchema, source);
    if (!read.ok) return unacceptable(read.problems);
    const liaison = read.value;
    const problems = [
      ...addressProblems(liaison, webhookHosts),
      ...orderProblems(liaison, deps.orderedForces),
      ...(await keyProblems(liaison)),
      ...(await unknownAmong(documents, agencyId, neededBy(liaison))),
    ];
    if (problems.length > 0) return unacceptable(problems);
    const key = sharedKey(agencyId, 'LIAISON', liaison.liaisonId);
    const before = (await documents.load(key, keptSchema))?.value ?? null;
    return putDocument(documents, {
      ...{ agencyId, key, changedAt },
      ...{
        entity: 'LIAISON',
        body: source,
        warnings: queueWarnings(liaison, [...forces, ...partners]),
      },
      beside: (version) => [
        listedLiaisonPut(monitoringTable, agencyId, liaison.liaisonId),
        ...withdrawalPuts(monitoringTable, { agencyId, liaison, before, changedAt, version }),
      ],
    });
  };
