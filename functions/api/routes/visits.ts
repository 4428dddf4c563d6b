import { isDeepStrictEqual } from 'node:util';
import type { TransactWriteItem } from '@aws-sdk/client-dynamodb';
import { metOnVisit } from '#domain/casework/contact-rhythm.ts';
import { OLDEST_SECONDS } from '#domain/ingest/admit-event.ts';
import { type ActivationId, visitIdSchema } from '#domain/model/ids.ts';
import {
  earlierOf,
  type Instant,
  laterOf,
  secondsAfter,
  secondsBetween,
} from '#domain/model/instant.ts';
import {
  checkOfVisit,
  type Visit,
  type VisitOutcome,
  visitOutcomeSchema,
  visitPlanSchema,
  visitSchema,
} from '#domain/model/visit.ts';
import { activationPhaseAt } from '#domain/model/wearer.ts';
import { packEvents } from '#domain/trail/pack-events.ts';
import type { Documents } from '../../adapters/dynamodb/documents.ts';
import { type Item, readJson } from '../../adapters/dynamodb/items.ts';
import { wearerKey } from '../../adapters/dynamodb/keys.ts';
import { noticePut } from '../../adapters/dynamodb/notice.ts';
import type { LoadSupervision } from '../../adapters/dynamodb/supervisions.ts';
import { visitKey } from '../../adapters/dynamodb/visit-keys.ts';
import type { EvaluateMessage } from '../../adapters/sqs/messages.ts';
import type { Queue } from '../../adapters/sqs/queue.ts';
import { type HttpResponse, refusal } from '../../middleware/http.ts';
import { type Named, unknownAmong } from '../named-documents.ts';
import { isResponse, notFound, type Problem, readBody, unacceptable } from '../problems.ts';
import { getDocument, putDocument } from '../put-document.ts';
import { type RhythmDeps, rhythmPuts } from '../rhythm-tasks.ts';
import type { Call, Route } from '../route.ts';
import { wearerOfPath } from './wearers.ts';

export type VisitRouteDeps = RhythmDeps &
  Readonly<{
    documents: Documents;
    monitoringTable: string;
    loadSupervision: LoadSupervision;
    events: Pick<Queue, 'sendAll'>;
  }>;

const keyOf = (call: Call) =>
  visitKey(wearerOfPath(call), visitIdSchema.parse(call.request.pathParameters.visitId));

const visitor = ({ personId: id }: Pick<Visit, 'personId'>): Named => ({
  ...{ path: 'personId', kind: 'PERSON', id },
});

const alreadyMade = (): HttpResponse => {
  const message = 'this visit has been made, and its outcome stands: plan another one';
  return refusal(409, { code: 'visit-made', message });
};

type VisitPut = Readonly<{
  visit: Visit;
  /** As it was read: of two who say what came of a visit at once one wins. */
  known: Item | null;
  changesFrom: Instant;
  /** What follows from it, saved in its transaction. */
  follows?: readonly TransactWriteItem[];
}>;

/** Evaluation is told from when it counts: it reminds of a visit whose outcome is overdue. */
const put = (
  deps: VisitRouteDeps,
  call: Call,
  { visit, known, changesFrom, follows = [] }: VisitPut,
): Promise<HttpResponse> => {
  const { agencyId, now: changedAt } = call;
  const [key, oldestAt] = [keyOf(call), secondsAfter(changedAt, -OLDEST_SECONDS)];
  const inForceAt = laterOf(earlierOf(changedAt, changesFrom), oldestAt);
  const notice = { ...wearerOfPath(call), changedAt, inForceAt };
  return putDocument(deps.documents, {
    ...{ agencyId, key, entity: 'VISIT', body: visit, changedAt, known },
    beside: (version) => [noticePut(deps.monitoringTable, key, { version, notice }), ...follows],
  });
};

export const putVisit =
  (deps: VisitRouteDeps): Route =>
  async (call) => {
    const { visitId } = call.request.pathParameters;
    const plan = readBody(visitPlanSchema, call.request, { visitId });
    if (isResponse(plan)) return plan;
    const wearerItem = await deps.documents.loadItem(wearerKey(wearerOfPath(call)));
    if (wearerItem === null) return notFound('this wearer');
    const problems = await unknownAmong(deps.documents, call.agencyId, [visitor(plan)]);
    if (problems.length > 0) return unacceptable(problems);
    const known = await deps.documents.loadItem(keyOf(call));
    const before = known && readJson(known, 'body', visitSchema);
    const outcome = before?.outcome ?? null;
    if (outcome !== null) return alreadyMade();
    const changesFrom = earlierOf(plan.until, before?.until ?? plan.until);
    return put(deps, call, { visit: { ...plan, outcome }, known, changesFrom });
  };

export const getVisit =
  ({ documents }: VisitRouteDeps): Route =>
  (call) =>
    getDocument(documents, keyOf(call), 'this visit');

const problemsAt = (visitedAt: Instant, now: Instant): Problem[] => {
  const path = 'visitedAt';
  if (visitedAt > now) {
    return [{ code: 'visit-ahead', path, message: 'a visit is recorded when it has been made' }];
  }
  const isTooOld = secondsBetween(visitedAt, now) > OLDEST_SECONDS;
  const message = 'more than 30 days ago: what was found then stands';
  return isTooOld ? [{ code: 'visit-too-old', path, message }] : [];
};

/** Under which activation a visit counts: the one that was on the wearer at the time. */
const activationAt = async (
  { loadSupervision }: VisitRouteDeps,
  call: Call,
  visitedAt: Instant,
): Promise<ActivationId | null> => {
  const { activations } = await loadSupervision(wearerOfPath(call));
  const worn = activations.find((one) => activationPhaseAt(one, visitedAt) === 'active');
  return worn?.activationId ?? null;
};

const sendCheck = async (
  { events }: VisitRouteDeps,
  call: Call,
  made: Readonly<{ outcome: VisitOutcome; activationId: ActivationId }>,
): Promise<void> => {
  const { now: receivedAt } = call;
  const check = checkOfVisit(made.outcome, { activationId: made.activationId, receivedAt });
  const packed = Buffer.from(packEvents([check])).toString('base64');
  const message = { kind: 'events', ...wearerOfPath(call), receivedAt, packed } as const;
  await events.sendAll([message] satisfies EvaluateMessage[]);
};

/** By when somebody is to be met and visited next, where a visit met them. */
const rhythmOf = (deps: VisitRouteDeps, call: Call, visit: Visit) =>
  metOnVisit(visit).length === 0 || visit.outcome === null
    ? []
    : rhythmPuts(deps, wearerOfPath(call), {
        ...{ by: visit.outcome.personId, now: call.now, visit },
      });

/**
 * What came of a visit. It is kept first and then told to evaluation as a check of the device that
 * the wearer had on, where they had one; the same outcome again is told again, so that an answer
 * that was lost leaves nothing undone.
 */
export const recordVisit =
  (deps: VisitRouteDeps): Route =>
  async (call) => {
    const outcome = readBody(visitOutcomeSchema, call.request);
    if (isResponse(outcome)) return outcome;
    const known = await deps.documents.loadItem(keyOf(call));
    if (known === null) return notFound('this visit');
    const plan = readJson(known, 'body', visitSchema);
    const before = plan.outcome;
    if (before !== null && !isDeepStrictEqual(before, outcome)) return alreadyMade();
    const activationId = await activationAt(deps, call, outcome.visitedAt);
    const problems = [
      ...problemsAt(outcome.visitedAt, call.now),
      ...(await unknownAmong(deps.documents, call.agencyId, [visitor(outcome)])),
    ];
    if (problems.length > 0) return unacceptable(problems);
    const visit = { ...plan, outcome };
    const follows = await rhythmOf(deps, call, visit);
    const response = await put(deps, call, { visit, known, changesFrom: call.now, follows });
    const isKept = response.statusCode < 300;
    if (isKept && activationId !== null) await sendCheck(deps, call, { outcome, activationId });
    return response;
  };
