import { orderIdSchema } from '#domain/model/ids.ts';
import { isoOrNull, toIso } from '#domain/model/instant.ts';
import { checkPlansFrom } from '../../adapters/dynamodb/check-plans.ts';
import type { Documents } from '../../adapters/dynamodb/documents.ts';
import { orderKey, wearerKey } from '../../adapters/dynamodb/keys.ts';
import type { Outbox } from '../../adapters/dynamodb/outbox.ts';
import { jsonResponse } from '../../middleware/http.ts';
import { notFound } from '../problems.ts';
import type { Route } from '../route.ts';
import { wearerOfPath } from './wearers.ts';

export type CheckRouteDeps = Readonly<{
  documents: Documents;
  outbox: Pick<Outbox, 'nudgesOf'>;
}>;

/** The checks that an order has planned, and the seed that they were drawn from. */
export const getChecks =
  ({ documents }: CheckRouteDeps): Route =>
  async (call) => {
    const orderId = orderIdSchema.parse(call.request.pathParameters.orderId);
    const item = await documents.loadItem(orderKey(wearerOfPath(call), orderId));
    if (item === null) return notFound('this order');
    const { seed = null, plans = {} } = checkPlansFrom(item) ?? {};
    return jsonResponse(200, {
      seed,
      plans: Object.entries(plans).map(([conditionId, { fromAt, untilAt, askedAt }]) => ({
        conditionId,
        fromAt: toIso(fromAt),
        untilAt: toIso(untilAt),
        askedAt: askedAt.map(toIso),
      })),
    });
  };

/** What a wearer was told, or should have been, and what became of it. */
export const listNudges =
  ({ documents, outbox }: CheckRouteDeps): Route =>
  async (call) => {
    const wearer = wearerOfPath(call);
    if ((await documents.loadItem(wearerKey(wearer))) === null) return notFound('this wearer');
    const found = await outbox.nudgesOf(wearer);
    return jsonResponse(200, {
      nudges: found
        .toSorted((a, b) => b.nudge.openedAt - a.nudge.openedAt)
        .map(({ nudge: { mobile: _, isOver: __, ...nudge }, status, outcome }) => ({
          ...nudge,
          openedAt: toIso(nudge.openedAt),
          untilAt: isoOrNull(nudge.untilAt),
          createdAt: toIso(nudge.createdAt),
          status,
          outcome: outcome && { ...outcome, at: toIso(outcome.at) },
        })),
    });
  };
