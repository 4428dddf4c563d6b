import {
  alertIdSchema,
  pauseIdSchema,
  personIdSchema,
  type WearerId,
  wearerIdSchema,
} from '#domain/model/ids.ts';
import { orderSchema } from '#domain/model/order.ts';
import { isJoining, otherIn, pairOf } from '#domain/model/pair.ts';
import { keptPauseSchema } from '#domain/model/pause.ts';
import type { Violation } from '#domain/model/violation.ts';
import type { Alerts } from '../adapters/dynamodb/alerts.ts';
import type { Documents } from '../adapters/dynamodb/documents.ts';
import { pauseKey } from '../adapters/dynamodb/hold-keys.ts';
import { orderKey, versionKey } from '../adapters/dynamodb/keys.ts';
import type { ReadOf } from '../adapters/dynamodb/reading-keys.ts';
import type { HttpResponse } from '../middleware/http.ts';
import { notFound } from './problems.ts';
import type { Call } from './route.ts';

export type AboutWhomDeps = Readonly<{
  alerts: Pick<Alerts, 'load'>;
  documents: Pick<Documents, 'load'>;
}>;

/** Somebody whom an answer tells about, and by which ids it stands on record of them. */
export type About = Readonly<{ of: ReadOf; path: Readonly<Record<string, string | undefined>> }>;

/** Everybody whom an answer tells about; or what to answer where there is nothing to tell. */
export type FindAbout = () => Promise<readonly About[] | HttpResponse>;

/** What names a chain in its query. */
const CHAINS = 'GET /v1/record';
/** Of one of the people: the chain of their document, or of who read about them. */
const CHAIN_OF_PERSON = /^[^#]+#(?:READINGS#)?PERSON#([A-Za-z0-9][\w.-]{0,63})$/;

/** About whom a path asks, or the chain that it names. Throws on one that names nobody by an id. */
export const readOfPath = ({ agencyId, request }: Call): ReadOf => {
  const chain = request.routeKey === CHAINS ? request.queryStringParameters.chain : undefined;
  const [, ofChain] = CHAIN_OF_PERSON.exec(chain ?? '') ?? [];
  const { wearerId, personId = ofChain } = request.pathParameters;
  if (wearerId !== undefined) {
    return { agencyId, kind: 'wearer', wearerId: wearerIdSchema.parse(wearerId) };
  }
  return personId === undefined
    ? { agencyId, kind: 'agency' }
    : { agencyId, kind: 'person', personId: personIdSchema.parse(personId) };
};

/** Whom the order under which it was found joined the wearer with; null: nobody. */
const otherOf = async (
  { documents }: AboutWhomDeps,
  { agencyId }: Call,
  { wearerId, orderId, orderVersion, conditionId, conditionKind }: Violation,
): Promise<WearerId | null> => {
  if (!isJoining(conditionKind)) return null;
  const key = versionKey(orderKey({ agencyId, wearerId }, orderId), orderVersion);
  const order = await documents.load(key, orderSchema);
  const condition = order?.value.conditions.find((one) => one.conditionId === conditionId);
  return condition === undefined ? null : otherIn(condition);
};

/** What stands with the other of two names the pair: whose alert it is is nothing of theirs. */
const aboutAlert = (deps: AboutWhomDeps, call: Call, path: About['path']): FindAbout => {
  const alertId = alertIdSchema.parse(path.alertId);
  const { agencyId } = call;
  return async () => {
    const alert = await deps.alerts.load(agencyId, alertId);
    if (alert === null) return notFound('this alert');
    const { wearerId } = alert;
    const own: About = { of: { agencyId, kind: 'wearer', wearerId }, path };
    const other = await otherOf(deps, call, alert.facts.violation);
    if (other === null) return [own];
    const { pairId } = pairOf(wearerId, other);
    return [own, { of: { agencyId, kind: 'wearer', wearerId: other }, path: { pairId } }];
  };
};

const aboutPause = (
  { documents }: AboutWhomDeps,
  { agencyId }: Call,
  path: About['path'],
): FindAbout => {
  const pauseId = pauseIdSchema.parse(path.pauseId);
  return async () => {
    const pause = await documents.load(pauseKey(agencyId, pauseId), keptPauseSchema);
    if (pause === null) return notFound('this pause');
    const { scope } = pause.value;
    if (scope.kind !== 'wearer') return [{ of: { agencyId, kind: 'agency' }, path }];
    return [{ of: { agencyId, kind: 'wearer', wearerId: scope.wearerId }, path }];
  };
};

/**
 * How to find about whom an answer to a call tells: by its path, or by the alert or pause that this
 * names. Throws on a path that names nobody by an id, before anything is read.
 */
export const aboutWhom = (deps: AboutWhomDeps, call: Call): FindAbout => {
  const path = call.request.pathParameters;
  if (path.alertId !== undefined) return aboutAlert(deps, call, path);
  if (path.pauseId !== undefined) return aboutPause(deps, call, path);
  const of = readOfPath(call);
  return async () => [{ of, path }];
};
