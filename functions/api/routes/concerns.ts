import { type Concern, concernSchema, concernViolation } from '#domain/model/concern.ts';
import { concernIdSchema, type WearerRef } from '#domain/model/ids.ts';
import { type Instant, isoInstantSchema } from '#domain/model/instant.ts';
import { orderSchema } from '#domain/model/order.ts';
import { noteKey } from '../../adapters/dynamodb/casework-keys.ts';
import { orderKey, wearerKey } from '../../adapters/dynamodb/keys.ts';
import { recordPut } from '../../adapters/dynamodb/record.ts';
import { concernKey } from '../../adapters/dynamodb/transfer-keys.ts';
import { raisedPut } from '../../adapters/dynamodb/violations.ts';
import { unknownAmong } from '../named-documents.ts';
import {
  isResponse,
  notFound,
  notOnRecord,
  type Problem,
  readBody,
  unacceptable,
} from '../problems.ts';
import type { CaseDeps } from '../put-case-document.ts';
import { getDocument, putDocument } from '../put-document.ts';
import type { Call, Route } from '../route.ts';
import { wearerOfPath } from './wearers.ts';

export type ConcernRouteDeps = CaseDeps;

const keyOf = (call: Call) =>
  concernKey(wearerOfPath(call), concernIdSchema.parse(call.request.pathParameters.concernId));

const sentSchema = concernSchema.extend({ raisedAt: isoInstantSchema.optional() });

/**
 * Raises a concern for a wearer's welfare: an alert of its own. The same again changes nothing;
 * what has been raised stands, and another concern has an id of its own.
 */
export const putConcern =
  (deps: ConcernRouteDeps): Route =>
  async (call) => {
    const { documents, monitoringTable } = deps;
    const { agencyId, request, now } = call;
    const { concernId } = request.pathParameters;
    const sent = readBody(sentSchema, request, { concernId });
    if (isResponse(sent)) return sent;
    const wearer = wearerOfPath(call);
    if ((await documents.loadItem(wearerKey(wearer))) === null) return notFound('this wearer');
    const known = await documents.load(keyOf(call), concernSchema);
    const raisedAt = sent.raisedAt ?? known?.value.raisedAt ?? now;
    const concern = { ...sent, raisedAt };
    const named = [{ path: 'personId', kind: 'PERSON', id: sent.personId } as const];
    const note = await noteMissing(deps, wearer, sent.fromNoteId);
    const order = await documents.load(orderKey(wearer, sent.orderId), orderSchema);
    const problems = [
      ...(await unknownAmong(documents, agencyId, named)),
      ...(order === null ? [notOnRecord('orderId', `order ${sent.orderId}`)] : []),
      ...note,
      ...(raisedAt > now ? [IN_FUTURE] : []),
    ];
    if (order === null || problems.length > 0) return unacceptable(problems);
    const violation = concernViolation(concern, {
      ...{ wearerId: wearer.wearerId, orderVersion: order.version },
    });
    return putDocument(documents, {
      ...{ agencyId, key: keyOf(call), entity: 'CONCERN', body: concern, changedAt: now },
      hasOwnEntry: true,
      // What is added to a concern later is read with it; its alert has been opened.
      beside: (version) => [
        concernEntry(deps, wearer, { concern, version, at: now }),
        ...(version === 1
          ? [raisedPut(monitoringTable, wearer, { violation, writtenAt: now })]
          : []),
      ],
    });
  };

/** The note from which it is raised has to be one of this wearer's. */
const noteMissing = async (
  { documents }: ConcernRouteDeps,
  wearer: WearerRef,
  noteId: Concern['fromNoteId'],
): Promise<Problem[]> => {
  if (noteId === null) return [];
  const note = await documents.loadItem(noteKey(wearer, noteId));
  return note === null ? [notOnRecord('fromNoteId', `note ${noteId} of this wearer`)] : [];
};

/** That somebody is worried, and why: on record with the concern. */
const concernEntry = (
  { recordTable }: ConcernRouteDeps,
  wearer: WearerRef,
  { concern, version, at }: Readonly<{ concern: Concern; version: number; at: Instant }>,
) => {
  const { concernId, personId: by, fromNoteId, orderId, raisedAt } = concern;
  return recordPut(recordTable, {
    ...{ wearer, at, name: `CONCERN#${concernId}#${version}`, type: 'concern-raised' },
    body: { by, concernId, orderId, fromNoteId, raisedAt, version, reason: concern.saying },
  });
};

const IN_FUTURE = {
  ...{ code: 'in-future', path: 'raisedAt' },
  message: 'a concern is raised when it has come up',
};

export const getConcern =
  ({ documents }: ConcernRouteDeps): Route =>
  (call) =>
    getDocument(documents, keyOf(call), 'this concern');
