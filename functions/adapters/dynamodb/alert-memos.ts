import type { DynamoDBClient, TransactWriteItem } from '@aws-sdk/client-dynamodb';
import { breachTurn } from '#domain/escalate/courts.ts';
import type { Transition } from '#domain/escalate/transition.ts';
import type { AgencyId } from '#domain/model/ids.ts';
import type { Instant } from '#domain/model/instant.ts';
import type { Memo } from '#domain/model/memo.ts';
import { type FalseCallTerms, falseCallMemos } from './false-call-memos.ts';
import { outboxItem } from './outbox-item.ts';
import { breachMemoKey } from './response-keys.ts';

type Changed = Readonly<{ agencyId: AgencyId; change: Transition; at: Instant }>;

/** Whoever closed something as a breach may long be elsewhere: the duty manager hears of it. */
const breachPuts = (
  TableName: string,
  { agencyId, change: { before, after }, at }: Changed,
): TransactWriteItem[] => {
  const turn = breachTurn(before, after);
  const { alertId, wearerId, closed, facts } = after;
  if (turn === null || closed === null || closed.by === null) return [];
  const { by: closedBy, disposition } = closed;
  const body: Memo = {
    ...{ about: 'breach-turned', turn, alertId, wearerId, disposition, closedBy, createdAt: at },
  };
  const key = breachMemoKey({ agencyId, wearerId }, alertId, facts.violation.revision);
  const Item = outboxItem(key, { kind: 'memo', agencyId, body, from: at });
  return [{ Put: { TableName, Item } }];
};

/**
 * What the duty manager is told beside a change of an alert: that what a person has closed as a
 * breach was none, or was one after all; and that a force has been called falsely too often.
 */
export const alertMemos = (client: DynamoDBClient, table: string, terms: FalseCallTerms) => {
  const falseCalls = falseCallMemos(client, table, terms);
  return async (
    agencyId: AgencyId,
    change: Transition,
    at: Instant,
  ): Promise<TransactWriteItem[]> => [
    ...breachPuts(table, { agencyId, change, at }),
    ...(await falseCalls(agencyId, change, at)),
  ];
};
export type MemosOf = ReturnType<typeof alertMemos>;
