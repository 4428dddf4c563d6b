import type { TransactWriteItem } from '@aws-sdk/client-dynamodb';
import type { Decision } from '#domain/casework/decision.ts';
import { taskIdOf } from '#domain/casework/task.ts';
import { taskDueAt } from '#domain/casework/task-due.ts';
import type { Versioned } from '#domain/model/documents.ts';
import type { WearerRef } from '#domain/model/ids.ts';
import type { Instant } from '#domain/model/instant.ts';
import type { Order } from '#domain/model/order.ts';
import type { Item } from '../../adapters/dynamodb/items.ts';
import { rhythmPuts } from '../rhythm-tasks.ts';
import type { DecisionDeps } from './deps.ts';
import { letOffPuts, notLetOffPuts } from './let-off.ts';
import { levelPuts, noLevelPuts, stretchOf } from './level.ts';

type Followed = Readonly<{
  wearer: WearerRef;
  decision: Decision;
  order: Versioned<Order>;
  permission: Item | null;
  at: Instant;
}>;

/** The task that follows from a decision, if one does. */
const taskOf = (
  decision: Decision,
): Readonly<{ kind: 'referral-follow-up' | 'recall-part-a'; dueAt: Instant | null }> | null => {
  if (decision.kind === 'referral') {
    return { kind: 'referral-follow-up', dueAt: decision.followUpAt ?? null };
  }
  return decision.kind === 'recall-requested' ? { kind: 'recall-part-a', dueAt: null } : null;
};

const taskPuts = async (
  { tasks, loadCaseworkTerms }: DecisionDeps,
  { wearer, decision, order, at }: Followed,
): Promise<TransactWriteItem[]> => {
  const task = taskOf(decision);
  if (task === null) return [];
  const { agencyId, wearerId } = wearer;
  const terms = await loadCaseworkTerms(agencyId, order.value);
  const { decisionId: about, orderId, by: openedBy, decidedAt } = decision;
  return tasks.openPuts(agencyId, {
    ...{ wearerId, kind: task.kind, about, orderId, orderVersion: order.version, openedBy },
    ...{ openedAt: at, dueAt: task.dueAt ?? taskDueAt(task.kind, decidedAt, terms) },
  });
};

/** All that follows from a decision, saved in its transaction. */
export const followedPuts = async (
  deps: DecisionDeps,
  followed: Followed,
): Promise<TransactWriteItem[]> => {
  const { wearer, decision, permission, at } = followed;
  const tasks = await taskPuts(deps, followed);
  if ('permission' in decision) {
    return [...letOffPuts(deps, { wearer, decision, item: permission, at }), ...tasks];
  }
  if (decision.kind !== 'supervision-level') return tasks;
  const read = stretchOf(decision);
  return read.ok
    ? [
        ...levelPuts(deps, { wearer, stretch: read.value, readVersion: 0, at }),
        ...(await rhythmPuts(deps, wearer, { by: decision.by, now: at, stretch: read.value })),
      ]
    : tasks;
};

/** All that undoes what followed from a decision, as far as it still stands. */
export const undonePuts = async (
  deps: DecisionDeps,
  { wearer, decision }: Pick<Followed, 'wearer' | 'decision'>,
  ended: Readonly<{ at: Instant; by: Decision['by']; why: string }>,
): Promise<TransactWriteItem[]> => {
  const { at } = ended;
  if ('permission' in decision) return notLetOffPuts(deps, { wearer, decision, at });
  if (decision.kind === 'supervision-level') return noLevelPuts(deps, { wearer, decision, at });
  const task = taskOf(decision);
  if (task === null) return [];
  const taskId = taskIdOf({ kind: task.kind, about: decision.decisionId });
  return deps.tasks.endPuts(wearer, taskId, ended);
};
