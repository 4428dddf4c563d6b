import * as z from 'zod';
import type { AlertCommand, AlertDecision, Refusal } from '#domain/escalate/alert-commands.ts';
import type { Roster } from '#domain/escalate/roster.ts';
import type { Alert, Held } from '#domain/model/alert.ts';
import { dispositionSchema } from '#domain/model/closing.ts';
import {
  type AgencyId,
  alertIdSchema,
  liaisonIdSchema,
  type PersonId,
  personIdSchema,
} from '#domain/model/ids.ts';
import { isoOrNull, toIso } from '#domain/model/instant.ts';
import type { ChangeAlert } from '../../adapters/change-alert.ts';
import type { AlertContext } from '../../adapters/dynamodb/alert-context.ts';
import { type Alerts, MOST_LISTED } from '../../adapters/dynamodb/alerts.ts';
import type { LoadDelivered } from '../../adapters/dynamodb/delivered.ts';
import type { Documents } from '../../adapters/dynamodb/documents.ts';
import type { Outbox } from '../../adapters/dynamodb/outbox.ts';
import { type HttpResponse, jsonResponse, refusal } from '../../middleware/http.ts';
import { type Named, unknownAmong } from '../named-documents.ts';
import { isResponse, notFound, readBody, readWith, unacceptable } from '../problems.ts';
import type { Route } from '../route.ts';

export type AlertRouteDeps = Readonly<{
  alerts: Alerts;
  outbox: Pick<Outbox, 'pagesOf'>;
  loadDelivered: LoadDelivered;
  changeAlert: ChangeAlert;
  context: AlertContext;
  documents: Documents;
}>;

const heldView = ({ everySeconds: _, ...held }: Held) => ({
  ...held,
  ...('heardAt' in held ? { heardAt: toIso(held.heardAt) } : {}),
  untilAt: toIso(held.untilAt),
  backAt: isoOrNull(held.backAt),
});

/** An alert as a reader sees it: instants as ISO 8601, and nothing that only machines need. */
export const alertView = (alert: Alert) => {
  const { violation, wearerName, zoneName, placeLabel, feed } = alert.facts;
  const { held } = alert;
  return {
    alertId: alert.alertId,
    wearerId: alert.wearerId,
    wearerName,
    kind: alert.conditionKind,
    severity: alert.severity,
    track: alert.track,
    status: alert.status,
    epoch: alert.epoch,
    openedAt: toIso(alert.openedAt),
    nextDueAt: isoOrNull(alert.nextDueAt),
    isTest: alert.isTest,
    episode: alert.episode,
    acknowledgements: alert.acknowledgements.map(({ by, at }) => ({ by, at: toIso(at) })),
    acknowledgementsNeeded: alert.acknowledgementsNeeded,
    cleared: alert.cleared && { ...alert.cleared, at: toIso(alert.cleared.at) },
    closed: alert.closed && { ...alert.closed, at: toIso(alert.closed.at) },
    held: held === undefined ? null : heldView(held),
    feed: feed === undefined ? null : { ...feed, heardAt: toIso(feed.heardAt) },
    zoneName,
    placeLabel,
    violation: {
      ...violation,
      openedAt: toIso(violation.openedAt),
      endedAt: isoOrNull(violation.endedAt),
      detectedAt: toIso(violation.detectedAt),
      evidence: violation.evidence.map((e) => ({ ...e, recordedAt: toIso(e.recordedAt) })),
    },
  };
};

/** The same in a list of many: without positions, what spoke for it, and free text. */
const listedView = (alert: Alert) => {
  const { violation, closed, ...view } = alertView(alert);
  const { evidence: _e, saidBy: _s, competing: _c, distanceMetres: _d, ...found } = violation;
  const { reason: _r, ...end } = closed ?? {};
  return { ...view, closed: closed && end, violation: found };
};

const STATUSES = z.enum(['open', 'acknowledged', 'closed']).default('open');

export const listAlerts =
  ({ alerts }: AlertRouteDeps): Route =>
  async ({ agencyId, request }) => {
    const status = readWith(STATUSES, request.queryStringParameters.status);
    if (!status.ok) return unacceptable(status.problems.map((p) => ({ ...p, path: 'status' })));
    const found = await alerts.list(agencyId, status.value);
    const mayBeMore = found.length >= MOST_LISTED;
    return jsonResponse(200, { alerts: found.map(listedView), mayBeMore });
  };

export const getAlert =
  ({ alerts, outbox, loadDelivered }: AlertRouteDeps): Route =>
  async ({ agencyId, request }) => {
    const alertId = alertIdSchema.parse(request.pathParameters.alertId);
    const alert = await alerts.load(agencyId, alertId);
    if (alert === null) return notFound('this alert');
    const pages = await outbox.pagesOf(agencyId, alertId);
    const toLiaisons = await Promise.all(
      pages.map(({ page, outcome }) => loadDelivered(agencyId, page, outcome)),
    );
    return jsonResponse(200, {
      alert: alertView(alert),
      pages: pages.map(({ page, status, outcome, delivery, waits }, i) => ({
        pageId: page.pageId,
        sequence: page.sequence,
        purpose: page.purpose,
        recipient: page.recipient,
        step: page.step,
        createdAt: toIso(page.createdAt),
        status,
        delivery: toLiaisons[i]?.delivery ?? delivery,
        ...(toLiaisons[i]?.reason === undefined ? {} : { deliveryReason: toLiaisons[i].reason }),
        outcome: outcome && { ...outcome, at: toIso(outcome.at) },
        waits: waits && { ...waits, at: toIso(waits.at), untilAt: toIso(waits.untilAt) },
      })),
    });
  };

const REFUSED: Readonly<Record<Refusal['code'], readonly [number, string]>> = {
  'alert-unknown': [404, 'this alert is not on record'],
  'already-acknowledged': [409, 'somebody else has acknowledged it'],
  'already-closed': [409, 'it has been closed'],
  'second-person-needed': [
    409,
    'it needs two people: another has to acknowledge it before you close it, or to close it after you acknowledged',
  ],
  'liaison-not-told': [
    409,
    'nothing is on record of this liaison, or it has withdrawn its response: nobody there can be told',
  ],
  'disposition-not-for-class': [
    422,
    'an alert of this kind is not closed so: care, early signs and what people left undone are no enforcement',
  ],
  'for-people-alone': [
    409,
    'what nobody at a liaison accepts, or nobody here has done, is for people here alone',
  ],
  'was-not-so': [409, 'what is known now does not show it: there is nothing to tell anybody'],
  'court-hears-last': [409, 'a court hears last: close the alert first'],
  'stale-epoch': [409, 'the alert has changed since you read it; read it again'],
};

/** What was asked in vain, and who acted before; of what has been closed also as what. */
export const refusedAct = ({ code, by, at }: Refusal, alert: Alert | null): HttpResponse => {
  const [status, message] = REFUSED[code];
  const { disposition, decisionId } = alert?.closed ?? {};
  const closedAs = code === 'already-closed' ? { disposition, decisionId } : {};
  return refusal(status, { code, message, more: { by, at: isoOrNull(at), ...closedAs } });
};

/** The answer to somebody who acted on an alert. */
const answer = (decision: AlertDecision, alert: Alert | null): HttpResponse => {
  if (decision.outcome === 'refused') return refusedAct(decision.refusal, alert);
  if (alert === null) return notFound('this alert');
  return jsonResponse(200, { alert: alertView(alert), changed: decision.outcome === 'happened' });
};

/** Only somebody who is on record can act on an alert, or the record would name nobody. */
const actor = (id: PersonId): Named => ({ path: 'personId', kind: 'PERSON', id });

const actorSchema = z.object({ personId: personIdSchema });
const sawSchema = actorSchema.extend({
  /** The epoch of the alert as the person saw it. */
  epoch: z.number().int().min(1),
});
const closeSchema = sawSchema.extend({
  disposition: dispositionSchema,
  reason: z.string().min(1).max(2_000),
});

type RosterOf<Body> = (
  context: AlertContext,
  asked: Readonly<{ agencyId: AgencyId; alert: Alert | null; body: Body }>,
) => Promise<Roster>;

/** A route by which somebody acts on an alert. The answer says what came of it. */
const actOnAlert =
  <S extends z.ZodType<z.output<typeof actorSchema>>>(
    schema: S,
    commandOf: (body: z.output<S>) => AlertCommand,
    rosterOf: RosterOf<z.output<S>> = (context, { agencyId, alert }) =>
      context.rosterOf(agencyId, alert),
  ) =>
  ({ changeAlert, context, documents }: AlertRouteDeps): Route =>
  async ({ agencyId, request }) => {
    const body = readBody(schema, request);
    if (isResponse(body)) return body;
    const alertId = alertIdSchema.parse(request.pathParameters.alertId);
    const problems = await unknownAmong(documents, agencyId, [actor(body.personId)]);
    if (problems.length > 0) return unacceptable(problems);
    const { decision, alert } = await changeAlert(agencyId, alertId, async (now) => ({
      command: commandOf(body),
      roster: await rosterOf(context, { agencyId, alert: now, body }),
    }));
    return answer(decision, alert);
  };

export const acknowledgeAlert = actOnAlert(actorSchema, ({ personId: by }) => ({
  type: 'acknowledge',
  by,
}));

/** Hands an alert on: its next step runs now. */
export const escalateAlert = actOnAlert(sawSchema, ({ personId: by, epoch }) => ({
  ...{ type: 'escalate', by, epoch },
}));

export const closeAlert = actOnAlert(closeSchema, ({ personId: by, ...said }) => ({
  ...{ type: 'close', by, ...said },
}));

const tellSchema = sawSchema.extend({
  liaisonId: liaisonIdSchema,
  reason: z.string().min(1).max(2_000),
});

/** Has a liaison told of an alert that would not be told of it, such as the police of welfare. */
export const tellLiaisonOfAlert = actOnAlert(
  tellSchema,
  ({ personId: by, ...said }) => ({ ...{ type: 'tell-liaison', by, ...said } }),
  (context, { agencyId, alert, body }) => context.rosterWith(agencyId, alert, body.liaisonId),
);
