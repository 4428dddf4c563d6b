import { isoOrNull, toIso } from '#domain/model/instant.ts';
import { DATA_CLASSES, MOST_DAYS, USUAL_DAYS } from '#domain/retention/data-class.ts';
import { planRetention, type Standing } from '#domain/retention/retention-plan.ts';
import { daysOf, retentionPolicySchema } from '#domain/retention/retention-policy.ts';
import type { Documents } from '../../adapters/dynamodb/documents.ts';
import { datesOf } from '../../adapters/dynamodb/documents.ts';
import type {
  LoadRetentionFacts,
  LoadRetentionPolicy,
  PolicyInForce,
} from '../../adapters/dynamodb/retention-facts.ts';
import { retentionPolicyKey } from '../../adapters/dynamodb/retention-keys.ts';
import { jsonResponse } from '../../middleware/http.ts';
import { isResponse, notFound, readBody } from '../problems.ts';
import { putDocument } from '../put-document.ts';
import type { Route } from '../route.ts';
import { wearerOfPath } from './wearers.ts';

export type RetentionRouteDeps = Readonly<{
  documents: Documents;
  loadRetentionPolicy: LoadRetentionPolicy;
  loadRetentionFacts: LoadRetentionFacts;
}>;

/** Each class of data with its days, what the usual are, and on what those rest. */
const classesOf = ({ policy }: PolicyInForce) =>
  DATA_CLASSES.map((dataClass) => {
    const { days: usualDays, ...usual } = USUAL_DAYS[dataClass];
    const days = daysOf(policy, dataClass);
    return { dataClass, days, usualDays, ...usual, mostDays: MOST_DAYS };
  });

/** How long an agency keeps what: all of it, also where it has put nothing. */
export const getRetentionPolicy =
  ({ documents, loadRetentionPolicy }: RetentionRouteDeps): Route =>
  async ({ agencyId }) => {
    const inForce = await loadRetentionPolicy(agencyId);
    const item = await documents.loadItem(retentionPolicyKey(agencyId));
    return jsonResponse(200, {
      version: inForce.version,
      changedAt: item === null ? null : toIso(datesOf(item).changedAt),
      document: inForce.policy,
      classes: classesOf(inForce),
    });
  };

export const putRetentionPolicy =
  ({ documents }: RetentionRouteDeps): Route =>
  async ({ agencyId, request, now: changedAt }) => {
    const body = readBody(retentionPolicySchema, request);
    if (isResponse(body)) return body;
    const key = retentionPolicyKey(agencyId);
    return putDocument(documents, { agencyId, key, entity: 'RETENTION', body, changedAt });
  };

const standingView = (standing: Standing): object =>
  standing.kind === 'order-open' ? { ...standing, endsAt: isoOrNull(standing.endsAt) } : standing;

/**
 * What becomes of a wearer's data: why all of it stands, or from when each class may go. Alerts
 * that are open are looked at when it is erased.
 */
export const getRetention =
  ({ loadRetentionFacts, loadRetentionPolicy }: RetentionRouteDeps): Route =>
  async (call) => {
    const wearer = wearerOfPath(call);
    const facts = await loadRetentionFacts(wearer);
    if (facts === null) return notFound('this wearer');
    const { version, policy } = await loadRetentionPolicy(call.agencyId);
    const plan = planRetention({ ...facts, policy, at: call.now, openAlerts: [] });
    return jsonResponse(200, {
      wearerId: wearer.wearerId,
      policyVersion: version,
      standing: plan.standing.map(standingView),
      classes: plan.classes.map((one) => ({ ...one, mayGoAt: toIso(one.mayGoAt) })),
      nextAt: isoOrNull(plan.nextAt),
    });
  };
