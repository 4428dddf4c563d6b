import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { alertIdOf } from '#domain/escalate/open-alert.ts';
import { type Alert, alertSchema } from '#domain/model/alert.ts';
import type { WearerRef } from '#domain/model/ids.ts';
import type { Violation } from '#domain/model/violation.ts';
import { batchGet } from './batch-get.ts';
import { keyItem, readJson } from './items.ts';
import { alertKey, VIOLATION_PREFIX, violationKey, wearerPk } from './keys.ts';
import { between, queryAll } from './query.ts';
import { violationFrom } from './violations.ts';

/** Some of a wearer's violations, in the order of their ids, and whether more come after them. */
export type SomeViolations = Readonly<{ violations: readonly Violation[]; isAll: boolean }>;

/** Where to begin among the ids; null: with the first. */
export type Start = Readonly<{ id: string | null; isAfter: boolean }>;

/** Reads everything that was ever found of a wearer, and the alerts that were raised for it. */
export const wearerViolations = (client: DynamoDBClient, table: string) => ({
  /** Up to so many from an id on, or from after it; from the first, without one. */
  from: async (
    wearer: WearerRef,
    { id, isAfter }: Start,
    most: number,
  ): Promise<SomeViolations> => {
    const from = violationKey(wearer, id ?? '').sk;
    const range = { from, to: `${VIOLATION_PREFIX}~` };
    // One more than wanted says whether there are more; one that is left out is read, too.
    const items = await queryAll(client, between(table, wearerPk(wearer), range), most + 2);
    const wanted = items
      .map(violationFrom)
      .filter(({ violationId }) => !isAfter || violationId !== id);
    return { violations: wanted.slice(0, most), isAll: wanted.length <= most };
  },

  /** The alerts of some violations, in their order; many have none. */
  alertsOf: async (
    { agencyId }: Pick<WearerRef, 'agencyId'>,
    violations: readonly Violation[],
  ): Promise<Alert[]> => {
    const keys = violations.map(({ violationId }) =>
      keyItem(alertKey(agencyId, alertIdOf(violationId))),
    );
    const items = await batchGet(client, table, keys);
    const found = items.map((item) => readJson(item, 'body', alertSchema));
    const byId = new Map(found.map((alert) => [alert.violationId, alert]));
    return violations.flatMap(({ violationId }) => byId.get(violationId) ?? []);
  },
});
export type WearerViolations = ReturnType<typeof wearerViolations>;
