import type { TransactWriteItem } from '@aws-sdk/client-dynamodb';
import { type AgencyId, type WearerId, wearerIdSchema } from '#domain/model/ids.ts';
import { earliest, type Instant } from '#domain/model/instant.ts';
import { isPair } from '#domain/model/pair.ts';
import { TEST_WEARER } from '#domain/model/test-wearer.ts';
import {
  type Activation,
  activationRequestSchema,
  activationSchema,
  type Wearer,
  wearerSchema,
} from '#domain/model/wearer.ts';
import { batchedPut } from '../../adapters/dynamodb/device-batches.ts';
import type { Documents } from '../../adapters/dynamodb/documents.ts';
import { ofFeedPut } from '../../adapters/dynamodb/feeds.ts';
import { json, keyItem, number, readJson, text } from '../../adapters/dynamodb/items.ts';
import { activationKey, deviceKey, wearerKey, wornKey } from '../../adapters/dynamodb/keys.ts';
import { noticePut } from '../../adapters/dynamodb/notice.ts';
import { wornListing } from '../../adapters/dynamodb/on-wearers.ts';
import { listedWearerPut } from '../../adapters/dynamodb/wearer-list.ts';
import { mobileOfWearerPut } from '../../adapters/dynamodb/wearers-by-mobile.ts';
import { type HttpResponse, refusal } from '../../middleware/http.ts';
import { isResponse, notFound, readBody, readWith, unacceptable } from '../problems.ts';
import { getDocument, putDocument } from '../put-document.ts';
import type { Call, Route } from '../route.ts';

export type WearerRouteDeps = Readonly<{ documents: Documents; monitoringTable: string }>;

/** The wearer of a path. Throws on one that is no id: API Gateway hands over what was asked. */
export const wearerOfPath = ({ agencyId, request }: Call) => ({
  agencyId,
  wearerId: wearerIdSchema.parse(request.pathParameters.wearerId),
});

export const putWearer =
  ({ documents, monitoringTable }: WearerRouteDeps): Route =>
  async (call) => {
    const { wearerId } = call.request.pathParameters;
    const body = readBody(wearerSchema, call.request, { wearerId });
    if (isResponse(body)) return body;
    const key = wearerKey(wearerOfPath(call));
    if (isPair(body)) return nameOfPair();
    if (body.wearerId === TEST_WEARER) return nameOfTest();
    const known = await documents.loadItem(key);
    const before = known && readJson(known, 'body', wearerSchema);
    if (before !== null && before.kind !== body.kind) return anotherKind();
    const { agencyId, now: changedAt } = call;
    const put = { agencyId, key, entity: 'WEARER', body, changedAt, known };
    // Whoever was put on record before there was a list comes onto it with their next change.
    const beside = () => [
      listedWearerPut(monitoringTable, wearerOfPath(call)),
      ...mobileOfWearerPut(monitoringTable, agencyId, body),
    ];
    return putDocument(documents, { ...put, beside });
  };

/** Where a protected person was is kept from whom it may be read by: that never changes. */
const anotherKind = () => {
  const message = 'somebody stays a wearer or a protected person: put them anew under another id';
  return refusal(409, { code: 'another-kind-of-person', path: 'kind', message });
};

const nameOfPair = () => {
  const message = 'an id that begins with "pair-" is one of ours: choose another';
  return unacceptable([{ code: 'id-of-a-pair', path: 'wearerId', message }]);
};

const nameOfTest = () => {
  const message = `${TEST_WEARER} is whom we raise test alerts about: choose another id`;
  return unacceptable([{ code: 'id-of-test-wearer', path: 'wearerId', message }]);
};

export const getWearer =
  ({ documents }: WearerRouteDeps): Route =>
  (call) =>
    getDocument(documents, wearerKey(wearerOfPath(call)), 'this wearer');

export const putActivation =
  ({ documents, monitoringTable }: WearerRouteDeps): Route =>
  async (call) => {
    const asked = readBody(activationRequestSchema, call.request);
    if (isResponse(asked)) return asked;
    const wearer = wearerOfPath(call);
    const { activationId } = call.request.pathParameters;
    const read = readWith(activationSchema, { ...asked, ...wearer, activationId });
    if (!read.ok) return unacceptable(read.problems);
    const lookUp = activationKey(call.agencyId, read.value.activationId);
    const known = await documents.load(lookUp, activationSchema);
    const activation = registered(read.value, known?.value ?? null, call.now);
    const worn = await documents.load(wearerKey(wearer), wearerSchema);
    const refused = mayWear(call, worn?.value ?? null, known?.value.wearerId ?? wearer.wearerId);
    if (refused !== null) return refused;
    const isWearer = worn?.value.kind === 'wearer';
    if (known !== null && !isSameDevice(known.value, activation)) return anotherDevice();
    return putDocument(documents, {
      agencyId: call.agencyId,
      key: wornKey(wearer, activation.activationId),
      entity: 'ACTIVATION',
      body: activation,
      changedAt: call.now,
      beside: (version) => [
        ...lookUpPuts(monitoringTable, call.agencyId, { activation, isWearer }),
        ...batchedPut(monitoringTable, call.agencyId, activation),
        ofFeedPut(monitoringTable, call.agencyId, activation),
        noticePut(monitoringTable, wornKey(wearer, activation.activationId), {
          version,
          notice: {
            ...wearer,
            changedAt: call.now,
            inForceAt: differFrom(known?.value ?? null, activation),
          },
        }),
      ],
    });
  };

/** What is put again for another reason has been on record since before. */
const registered = (activation: Activation, known: Activation | null, now: Instant): Activation =>
  known?.startsAt === activation.startsAt
    ? { ...activation, registeredAt: known.registeredAt }
    : { ...activation, registeredAt: now };

/** The first instant at which it is another device on the wearer than was known. */
const differFrom = (known: Activation | null, { startsAt, endsAt }: Activation): Instant => {
  const edges = [
    ...(known?.startsAt === startsAt ? [] : [startsAt, known?.startsAt ?? null]),
    ...(known === null || known.endsAt === endsAt ? [] : [endsAt, known.endsAt]),
  ];
  return earliest(edges) ?? startsAt;
};

/**
 * Where ingest looks an activation up: by its id, and by its device for clients that know no id.
 * The condition keeps two wearers from taking it at once. Days of wearers are counted by the first;
 * a protected person is none.
 */
const lookUpPuts = (
  TableName: string,
  agencyId: AgencyId,
  { activation, isWearer }: Readonly<{ activation: Activation; isWearer: boolean }>,
): TransactWriteItem[] => {
  const { activationId, wearerId } = activation;
  const listing = isWearer ? wornListing(agencyId, activation) : {};
  const row = { version: number(1), body: json(activation) };
  const byId = { ...keyItem(activationKey(agencyId, activationId)), wearerId: text(wearerId) };
  const byDevice = keyItem(deviceKey({ agencyId, ...activation }, activationId));
  return [
    {
      Put: {
        TableName,
        Item: { ...byId, entity: text('ACTIVATION-LOOKUP'), ...listing, ...row },
        ConditionExpression: 'attribute_not_exists(pk) OR wearerId = :wearer',
        ExpressionAttributeValues: { ':wearer': text(wearerId) },
      },
    },
    { Put: { TableName, Item: { ...byDevice, entity: text('ACTIVATION-OF-DEVICE'), ...row } } },
  ];
};

const isSameDevice = (a: Activation, b: Activation): boolean =>
  a.headEndId === b.headEndId && a.deviceSerial === b.deviceSerial;

/** Ingest remembers whose an activation is: that never changes. */
const anotherDevice = () => {
  const message = 'this activation is of another device; end it, and put a new one';
  return refusal(409, { code: 'activation-of-another-device', path: 'deviceSerial', message });
};

/** The wearer must be on record, and the activation nobody else's. */
const mayWear = (call: Call, worn: Wearer | null, owner: WearerId): HttpResponse | null => {
  if (owner !== wearerOfPath(call).wearerId) {
    const message = 'this activation belongs to another wearer; give the device a new one';
    return refusal(409, { code: 'activation-of-another-wearer', path: 'activationId', message });
  }
  return worn === null ? notFound('this wearer') : null;
};

export const getActivation =
  ({ documents }: WearerRouteDeps): Route =>
  (call) => {
    const { activationId } = call.request.pathParameters;
    const id = activationSchema.shape.activationId.parse(activationId);
    return getDocument(documents, wornKey(wearerOfPath(call), id), 'this activation');
  };
