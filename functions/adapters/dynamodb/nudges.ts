import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { AgencyId } from '#domain/model/ids.ts';
import type { Instant } from '#domain/model/instant.ts';
import { type Nudge, nudgeReasonSchema } from '#domain/model/nudge.ts';
import { orderSchema } from '#domain/model/order.ts';
import type { Violation } from '#domain/model/violation.ts';
import { wearerSchema } from '#domain/model/wearer.ts';
import { MissingForAlert } from './alert-context.ts';
import { documents } from './documents.ts';
import { nudgeKey, orderKey, versionKey, wearerKey } from './keys.ts';
import { outboxItem } from './outbox-item.ts';
import { recordPut } from './record.ts';
import { transact } from './transact.ts';
import { violationSeen } from './violations.ts';

/** What the record says of a nudge: to whom it went stands on its row, for as long as that does. */
const recorded = ({ mobile, ...nudge }: Nudge) => ({ ...nudge, hasMobile: mobile !== null });

export const nudges = (
  client: DynamoDBClient,
  tables: Readonly<{ monitoring: string; record: string }>,
) => {
  const docs = documents(client, tables.monitoring);

  /** Throws MissingForAlert where order or wearer are not on record. */
  const nudgeOf = async (agencyId: AgencyId, found: Violation, now: Instant): Promise<Nudge> => {
    const { wearerId, orderId, orderVersion } = found;
    const wearer = { agencyId, wearerId };
    const [order, known] = await Promise.all([
      docs.load(versionKey(orderKey(wearer, orderId), orderVersion), orderSchema),
      docs.load(wearerKey(wearer), wearerSchema),
    ]);
    if (order === null) throw new MissingForAlert(`order ${orderId}`);
    if (known === null) throw new MissingForAlert(`wearer ${wearerId}`);
    const { violationId: nudgeId, openedAt, untilAt = null, status } = found;
    return {
      ...{ nudgeId, wearerId, openedAt, untilAt },
      reason: nudgeReasonSchema.parse(found.reason),
      mobile: known.value.mobile,
      timeZone: order.value.timeZone,
      isOver: status !== 'open',
      createdAt: now,
    };
  };

  /**
   * Puts a wearer's nudge in the outbox, and what called for it off the index of due instants: one
   * transaction. `known`: it was put before, and this changes nothing.
   */
  return async (agencyId: AgencyId, found: Violation, now: Instant): Promise<'put' | 'known'> => {
    const nudge = await nudgeOf(agencyId, found, now);
    const key = nudgeKey({ agencyId, wearerId: nudge.wearerId }, nudge.nudgeId);
    const TransactItems = [
      {
        Put: {
          TableName: tables.monitoring,
          Item: outboxItem(key, { kind: 'nudge', agencyId, body: nudge, from: nudge.createdAt }),
          ConditionExpression: 'attribute_not_exists(pk)',
        },
      },
      violationSeen(tables.monitoring, agencyId, found),
      recordPut(tables.record, {
        wearer: { agencyId, wearerId: nudge.wearerId },
        at: now,
        name: `ESCALATE#${nudge.nudgeId}#nudge`,
        type: 'nudge-put',
        body: recorded(nudge),
      }),
    ];
    if ((await transact(client, TransactItems)) === 'saved') return 'put';
    // Record: where it was put when this was first found; else retry, for somebody else wrote.
    if ((await docs.loadItem(key)) !== null) return 'known';
    throw new Error(`nudge ${nudge.nudgeId} was not put: somebody else wrote at the same time`);
  };
};
export type PutNudge = ReturnType<typeof nudges>;
