import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { type Decision, decisionSchema } from '#domain/casework/decision.ts';
import type { Finding } from '#domain/casework/proposal-facts.ts';
import { alertIdOf } from '#domain/escalate/open-alert.ts';
import { alertSchema } from '#domain/model/alert.ts';
import type { AlertId, WearerRef } from '#domain/model/ids.ts';
import { type Instant, instant } from '#domain/model/instant.ts';
import type { Violation } from '#domain/model/violation.ts';
import { batchGet } from './batch-get.ts';
import { DECISION_PREFIX } from './decision-keys.ts';
import { datesOf } from './documents.ts';
import { keyItem, readJson } from './items.ts';
import { alertKey, VIOLATION_PREFIX, violationKey, wearerPk } from './keys.ts';
import { queryAll, startingWith } from './query.ts';
import { RAISED_PREFIX, raisedKey } from './transfer-keys.ts';
import { violationFrom } from './violations.ts';

/** A decision, and when it last changed on record. */
export type KeptDecision = Readonly<{ decision: Decision; changedAt: Instant }>;

/** What is kept of the decisions about a wearer. */
export const decisionStore = (client: DynamoDBClient, table: string) => ({
  /** All of a wearer's, withdrawn ones too, the newest first. */
  list: async (wearer: WearerRef): Promise<KeptDecision[]> => {
    const query = startingWith(table, wearerPk(wearer), DECISION_PREFIX);
    const kept = (await queryAll(client, query)).map((item) => ({
      decision: readJson(item, 'body', decisionSchema),
      changedAt: instant(datesOf(item).changedAt),
    }));
    return kept.toSorted((a, b) => b.decision.decidedAt - a.decision.decidedAt);
  },

  /** What was found of a wearer, or raised by people, since an instant, and how it was closed. */
  findingsSince: async (wearer: WearerRef, since: Instant): Promise<Finding[]> => {
    const prefixes = [VIOLATION_PREFIX, RAISED_PREFIX];
    const items = await Promise.all(
      prefixes.map((prefix) => queryAll(client, startingWith(table, wearerPk(wearer), prefix))),
    );
    const violations = items.flat().map(violationFrom);
    const found = violations.filter(({ openedAt }) => openedAt >= since);
    const keys = found.map(({ violationId }) =>
      keyItem(alertKey(wearer.agencyId, alertIdOf(violationId))),
    );
    const alerts = (await batchGet(client, table, keys)).map((item) =>
      readJson(item, 'body', alertSchema),
    );
    const closed = new Map(alerts.map((alert) => [alert.violationId, alert.closed]));
    return found.map((violation) => ({
      ...{ violation, closed: closed.get(violation.violationId) ?? null },
    }));
  },

  /** Violations by their ids, which are those of their alerts: found, or raised by people. */
  violationsNamed: async (
    wearer: WearerRef,
    ids: readonly (Violation['violationId'] | AlertId | string)[],
  ): Promise<Violation[]> => {
    const named = [...new Set<string>(ids)];
    const keys = named.flatMap((id) => [violationKey(wearer, id), raisedKey(wearer, id)]);
    const found = (await batchGet(client, table, keys.map(keyItem))).map(violationFrom);
    return found.toSorted((a, b) => a.openedAt - b.openedAt);
  },
});
export type DecisionStore = ReturnType<typeof decisionStore>;
