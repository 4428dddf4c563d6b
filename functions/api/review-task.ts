import type { TransactWriteItem } from '@aws-sdk/client-dynamodb';
import { taskIdOf } from '#domain/casework/task.ts';
import type { PersonId, WearerRef } from '#domain/model/ids.ts';
import type { Instant } from '#domain/model/instant.ts';
import type { TaskStore } from '../adapters/dynamodb/tasks.ts';
import type { LoadLeadingOrder } from '../adapters/dynamodb/wearer-orders.ts';

export type ReviewDeps = Readonly<{ tasks: TaskStore; loadLeadingOrder: LoadLeadingOrder }>;

/** That something is to be gone through by an instant, or no more. */
type Review = Readonly<{
  kind: 'assessment-review' | 'plan-review';
  dueAt: Instant | null;
  by: PersonId;
  now: Instant;
}>;

/** What becomes of the task with a document, and what is to be known of that. */
type Reviewed = Readonly<{ beside: readonly TransactWriteItem[]; warnings: readonly object[] }>;

const NO_ORDER = {
  code: 'no-order',
  path: '',
  message: 'no order of the wearer is on record: nobody is reminded of the review',
};

/** The task of a review follows its document: opened, moved or ended in the same transaction. */
export const reviewTask = async (
  { tasks, loadLeadingOrder }: ReviewDeps,
  wearer: WearerRef,
  { kind, dueAt, by, now }: Review,
): Promise<Reviewed> => {
  const about = kind === 'plan-review' ? 'plan' : 'assessment';
  if (dueAt === null) {
    const ended = { at: now, by, why: `the ${about} names no review` };
    const beside = await tasks.endPuts(wearer, taskIdOf({ kind, about }), ended);
    return { beside, warnings: [] };
  }
  const order = await loadLeadingOrder(wearer, now);
  if (order === null) return { beside: [], warnings: [NO_ORDER] };
  const beside = await tasks.renewPuts(wearer, {
    ...{ wearerId: wearer.wearerId, kind, about, dueAt, openedAt: now, openedBy: by },
    ...{ orderId: order.value.orderId, orderVersion: order.version },
  });
  return { beside, warnings: [] };
};
