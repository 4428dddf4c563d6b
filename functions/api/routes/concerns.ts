import { concernSchema, concernViolation } from '#domain/model/concern.ts';
import { concernIdSchema } from '#domain/model/ids.ts';
import { isoInstantSchema } from '#domain/model/instant.ts';
import { orderSchema } from '#domain/model/order.ts';
import type { Documents } from '../../adapters/dynamodb/documents.ts';
import { orderKey, wearerKey } from '../../adapters/dynamodb/keys.ts';
import { concernKey } from '../../adapters/dynamodb/transfer-keys.ts';
import { raisedPut } from '../../adapters/dynamodb/violations.ts';
import { unknownAmong } from '../named-documents.ts';
import { isResponse, notFound, notOnRecord, readBody, unacceptable } from '../problems.ts';
import { getDocument, putDocument } from '../put-document.ts';
import type { Call, Route } from '../route.ts';
import { wearerOfPath } from './wearers.ts';

export type ConcernRouteDeps = Readonly<{ documents: Documents; monitoringTable: string }>;

const keyOf = (call: Call) =>
  concernKey(wearerOfPath(call), concernIdSchema.parse(call.request.pathParameters.concernId));

const sentSchema = concernSchema.extend({ raisedAt: isoInstantSchema.optional() });

/**
 * Raises a concern for a wearer's welfare: an alert of its own. The same again changes nothing;
 * what has been raised stands, and another concern has an id of its own.
 */
export const putConcern =
  ({ documents, monitoringTable }: ConcernRouteDeps): Route =>
  async (call) => {
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
    const order = await documents.load(orderKey(wearer, sent.orderId), orderSchema);
    const problems = [
      ...(await unknownAmong(documents, agencyId, named)),
      ...(order === null ? [notOnRecord('orderId', `order ${sent.orderId}`)] : []),
      ...(raisedAt > now ? [IN_FUTURE] : []),
    ];
    if (order === null || problems.length > 0) return unacceptable(problems);
    const violation = concernViolation(concern, {
      ...{ wearerId: wearer.wearerId, orderVersion: order.version },
    });
    return putDocument(documents, {
      ...{ agencyId, key: keyOf(call), entity: 'CONCERN', body: concern, changedAt: now },
      // What is added to a concern later is read with it; its alert has been opened.
      beside: (version) =>
        version === 1 ? [raisedPut(monitoringTable, wearer, { violation, writtenAt: now })] : [],
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
