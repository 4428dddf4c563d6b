import type { TransactWriteItem } from '@aws-sdk/client-dynamodb';
import { type HoldId, holdIdSchema } from '#domain/model/ids.ts';
import { type Instant, isoOrNull, toIso } from '#domain/model/instant.ts';
import {
  type LegalHold,
  legalHoldSchema,
  type SentHold,
  sentHoldSchema,
  whyNotHeld,
} from '#domain/retention/legal-hold.ts';
import type { Documents } from '../../adapters/dynamodb/documents.ts';
import { readJson } from '../../adapters/dynamodb/items.ts';
import { wearerKey } from '../../adapters/dynamodb/keys.ts';
import { recordPut } from '../../adapters/dynamodb/record.ts';
import {
  guardPut,
  type LoadRetentionGuard,
  type RetentionGuard,
} from '../../adapters/dynamodb/retention-guard.ts';
import { legalHoldEntryName, legalHoldKey } from '../../adapters/dynamodb/retention-keys.ts';
import { type HttpResponse, refusal } from '../../middleware/http.ts';
import { type Named, unknownAmong } from '../named-documents.ts';
import { isResponse, notFound, readBody, unacceptable } from '../problems.ts';
import { getDocument, putDocument } from '../put-document.ts';
import type { Call, Route } from '../route.ts';
import { wearerOfPath } from './wearers.ts';

export type LegalHoldRouteDeps = Readonly<{
  documents: Documents;
  loadRetentionGuard: LoadRetentionGuard;
  monitoringTable: string;
  recordTable: string;
}>;

const idOf = ({ request }: Call): HoldId => holdIdSchema.parse(request.pathParameters.holdId);

const keptHold = (sent: SentHold, before: LegalHold | null, now: Instant): object => {
  const { released } = sent;
  const at = before?.released?.at ?? now;
  return {
    ...sent,
    fromAt: toIso(before?.fromAt ?? now),
    released: released === null ? null : { ...released, at: isoOrNull(at) },
  };
};

const person = (path: string, id: string): Named => ({ path, kind: 'PERSON', id });

const peopleIn = ({ by, released }: SentHold): Named[] => [
  person('by', by),
  ...(released === null ? [] : [person('released.by', released.by)]),
];

/** The holds of the wearer from now on, and what was put, on record. */
const besideHold = (
  { monitoringTable, recordTable }: LegalHoldRouteDeps,
  call: Call,
  { sent, body, guard }: Readonly<{ sent: SentHold; body: object; guard: RetentionGuard }>,
) => {
  const wearer = wearerOfPath(call);
  const others = guard.holds.filter((holdId) => holdId !== sent.holdId);
  const holds = sent.released === null ? [...others, sent.holdId] : others;
  return (version: number): TransactWriteItem[] => [
    guardPut(monitoringTable, guard, holds),
    recordPut(recordTable, {
      ...{ wearer, at: call.now, name: legalHoldEntryName(sent.holdId, version) },
      type: sent.released === null ? 'hold-put' : 'hold-released',
      body,
    }),
  ];
};

const refusedHold = (message: string): HttpResponse => refusal(409, { code: 'released', message });

/**
 * Puts a hold on a wearer, says it otherwise, or releases it. From the answer on nothing of the
 * wearer is erased: every erasure checks it in the transaction that erases.
 */
export const putLegalHold =
  (deps: LegalHoldRouteDeps): Route =>
  async (call) => {
    const sent = readBody(sentHoldSchema, call.request, { holdId: idOf(call) });
    if (isResponse(sent)) return sent;
    const { agencyId, now } = call;
    const { documents } = deps;
    const wearer = wearerOfPath(call);
    if ((await documents.loadItem(wearerKey(wearer))) === null) return notFound('this wearer');
    const problems = await unknownAmong(documents, agencyId, peopleIn(sent));
    if (problems.length > 0) return unacceptable(problems);
    const guard = await deps.loadRetentionGuard(wearer);
    const key = legalHoldKey(wearer, sent.holdId);
    const known = await documents.loadItem(key);
    const before = known === null ? null : readJson(known, 'body', legalHoldSchema);
    const refused = whyNotHeld(sent, before);
    if (refused !== null) return refusedHold(refused);
    const body = keptHold(sent, before, now);
    const beside = besideHold(deps, call, { sent, body, guard });
    const put = { agencyId, key, entity: 'LEGAL_HOLD', body, changedAt: now, known };
    return putDocument(documents, { ...put, hasOwnEntry: true, beside });
  };

export const getLegalHold =
  ({ documents }: LegalHoldRouteDeps): Route =>
  (call) =>
    getDocument(documents, legalHoldKey(wearerOfPath(call), idOf(call)), 'this hold');
