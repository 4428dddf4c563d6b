import type { TransactWriteItem } from '@aws-sdk/client-dynamodb';
import { addressProblems } from '#domain/evaluate/address-problems.ts';
import { MissingDocument } from '#domain/evaluate/sources.ts';
import { orderThresholdProblems } from '#domain/evaluate/threshold-problems.ts';
import { orderIdSchema, type WearerRef } from '#domain/model/ids.ts';
import { type Order, orderSchema } from '#domain/model/order.ts';
import { referencesOf } from '#domain/model/references.ts';
import { wearerSchema } from '#domain/model/wearer.ts';
import { knownTimeZone } from '#domain/time/local-clock.ts';
import { checkPlansAttribute } from '../../adapters/dynamodb/check-plans.ts';
import type { Documents } from '../../adapters/dynamodb/documents.ts';
import {
  type Item,
  keyItem,
  MalformedItem,
  readJson,
  text,
} from '../../adapters/dynamodb/items.ts';
import { orderKey, sharedKey, usedByKey, wearerKey } from '../../adapters/dynamodb/keys.ts';
import { namedByPuts } from '../../adapters/dynamodb/liaison-names.ts';
import { noticePut } from '../../adapters/dynamodb/notice.ts';
import { guardMove } from '../../adapters/dynamodb/retention-guard.ts';
import type { LoadSupervision } from '../../adapters/dynamodb/supervisions.ts';
import { refusal } from '../../middleware/http.ts';
import { readInForceAt } from '../in-force.ts';
import { liaisonsIn, referenceProblems } from '../liaison-references.ts';
import { loadNamed, missing } from '../named-documents.ts';
import { neededBy, shapesIn } from '../needed-by-order.ts';
import { promptWarnings, readPlan } from '../plan-order.ts';
import {
  isResponse,
  jsonBody,
  notFound,
  type Problem,
  readWith,
  unacceptable,
} from '../problems.ts';
import { getDocument, putDocument } from '../put-document.ts';
import { type NamedPerson, peopleNamedBefore, reachOf } from '../reachable-people.ts';
import type { Route } from '../route.ts';
import { joining, personProblems } from './joined-people.ts';
import { wearerOfPath } from './wearers.ts';

export type OrderRouteDeps = Readonly<{
  documents: Documents;
  monitoringTable: string;
  loadSupervision: LoadSupervision;
  /** What an order's checks are drawn from, for one that has none yet. */
  newSeed: () => string;
}>;

/**
 * Every page tells the time in the order's zone: one that is unknown would leave none to be sent.
 */
const zoneProblems = ({ timeZone }: Order): Problem[] =>
  knownTimeZone(timeZone) === undefined
    ? [
        {
          code: 'unknown-time-zone',
          path: 'timeZone',
          message: `"${timeZone}" is no IANA time zone, such as Europe/London`,
        },
      ]
    : [];

/** All conditions of a wearer; none where what is on record cannot be read. */
const knownConditions = async (loadSupervision: LoadSupervision, wearer: WearerRef) => {
  try {
    const { watches, pairs = [] } = await loadSupervision(wearer);
    const { agencyId, wearerId } = wearer;
    // What joins the wearer with somebody is watched of their pair, beside what the other's order
    // says.
    const joined = await Promise.all(
      pairs.map((pairId) => loadSupervision({ agencyId, wearerId: pairId })),
    );
    const ofPairs = joined.flatMap((pair) => pair.watches);
    return [...watches, ...ofPairs.filter(({ about }) => about === wearerId)];
  } catch (error) {
    // Record: the wearer is parked for it, and putting an order is what mends it.
    if (error instanceof MalformedItem || error instanceof MissingDocument) return [];
    throw error;
  }
};

/** A wearer's conditions are told apart by their ids, whichever order they stand in. */
const takenConditions = async (
  loadSupervision: LoadSupervision,
  wearer: WearerRef,
  order: Order,
): Promise<Problem[]> => {
  const conditions = await knownConditions(loadSupervision, wearer);
  const others = conditions.filter(({ orderId }) => orderId !== order.orderId);
  const taken = new Set(others.map(({ condition }) => condition.conditionId));
  return order.conditions.flatMap(({ conditionId }, i) =>
    taken.has(conditionId)
      ? [
          {
            code: 'condition-of-another-order',
            path: `conditions.${i}.conditionId`,
            message: `another order of this wearer has a condition ${conditionId}: name it anew`,
          },
        ]
      : [],
  );
};

const usedBy = (
  table: string,
  { agencyId, wearerId }: WearerRef,
  order: Order,
): TransactWriteItem[] => {
  const keys = referencesOf(order).map(({ kind, id }) =>
    usedByKey(sharedKey(agencyId, kind, id), wearerId),
  );
  const distinct = new Map(keys.map((key) => [`${key.pk} ${key.sk}`, key]));
  return [...distinct.values()].map((key) => ({
    Put: { TableName: table, Item: { ...keyItem(key), entity: text('USED-BY') } },
  }));
};

const isProtected = (item: Item): boolean =>
  readJson(item, 'body', wearerSchema).kind === 'protected-person';

const noOrderOfProtected = () =>
  refusal(409, {
    code: 'protected-person',
    message: 'a protected person has no order: put it on the wearer who is to keep away',
  });

const officerOf = ({ responsibleOfficer: id }: Order): NamedPerson[] => [
  { path: 'responsibleOfficer', id },
];

/** What an order was, as far as it can be read: to be mended it is put anew. */
const orderIn = (known: Item | null): Order | null => {
  if (known === null) return null;
  try {
    return readJson(known, 'body', orderSchema);
  } catch {
    // Record: whom it named is told again by the nightly look at their references.
    return null;
  }
};

export const putOrder =
  ({ documents, monitoringTable, loadSupervision, newSeed }: OrderRouteDeps): Route =>
  async (call) => {
    const body = jsonBody(call.request);
    if (isResponse(body)) return body;
    const { inForceAt: _, ...stated } = body;
    const source = { ...stated, orderId: call.request.pathParameters.orderId };
    const read = readWith(orderSchema, source);
    if (!read.ok) return unacceptable(read.problems);
    const inForce = readInForceAt(body, call.now);
    if (!inForce.ok) return unacceptable(inForce.problems);
    const wearer = wearerOfPath(call);
    const wearerItem = await documents.loadItem(wearerKey(wearer));
    if (wearerItem === null) return notFound('this wearer');
    if (isProtected(wearerItem)) return noOrderOfProtected();
    const needed = neededBy(read.value);
    const items = await loadNamed(documents, call.agencyId, needed);
    const problems = [
      ...zoneProblems(read.value),
      ...orderThresholdProblems(read.value),
      ...missing(needed, items),
      ...referenceProblems(read.value, liaisonsIn(items)),
      ...(await personProblems(documents, wearer, read.value)),
      ...(await takenConditions(loadSupervision, wearer, read.value)),
    ];
    if (problems.length > 0) return unacceptable(problems);
    const forbidden = addressProblems(read.value, { wearer, ...shapesIn(items) });
    if (forbidden.length > 0) return unacceptable(forbidden);
    const key = orderKey(wearer, read.value.orderId);
    const known = await documents.loadItem(key);
    const reach = await reachOf(documents, call.agencyId, {
      named: officerOf(read.value),
      before: peopleNamedBefore(known, orderSchema, officerOf),
    });
    if (reach.problems.length > 0) return unacceptable(reach.problems);
    const planned = readPlan(read.value, { known, newSeed: newSeed(), now: call.now });
    if (!planned.ok) return unacceptable(planned.problems);
    const dates = { changedAt: call.now, inForceAt: inForce.value };
    const asked = { order: read.value, wearer: wearerItem };
    const prompts = await promptWarnings(documents, call.agencyId, asked);
    return putDocument(documents, {
      agencyId: call.agencyId,
      key,
      entity: 'ORDER',
      body: source,
      ...dates,
      known,
      extra: checkPlansAttribute(planned.value),
      warnings: [...prompts, ...reach.warnings],
      beside: (version) => [
        guardMove(monitoringTable, wearer),
        ...usedBy(monitoringTable, wearer, read.value),
        ...namedByPuts(monitoringTable, wearer, { order: read.value, before: orderIn(known) }),
        noticePut(monitoringTable, key, { version, notice: { ...wearer, ...dates } }),
        ...joining(monitoringTable, { wearer, order: read.value }, { version, dates }),
      ],
    });
  };

export const getOrder =
  ({ documents }: OrderRouteDeps): Route =>
  (call) => {
    const orderId = orderIdSchema.parse(call.request.pathParameters.orderId);
    return getDocument(documents, orderKey(wearerOfPath(call), orderId), 'this order');
  };
