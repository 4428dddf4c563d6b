import { taskIdOf } from '#domain/casework/task.ts';
import { taskDueAt } from '#domain/casework/task-due.ts';
import type { Versioned } from '#domain/model/documents.ts';
import type { WearerRef } from '#domain/model/ids.ts';
import type { Instant } from '#domain/model/instant.ts';
import type { Order } from '#domain/model/order.ts';
import type { LoadCaseworkTerms } from '../adapters/dynamodb/casework-terms.ts';
import type { TaskStore } from '../adapters/dynamodb/tasks.ts';
import type { SaveTogether } from '../adapters/dynamodb/transact.ts';
import type { LoadWearerOrders } from '../adapters/dynamodb/wearer-orders.ts';
import type { TextsTurned, TurnTexts } from '../adapters/dynamodb/wearer-texts.ts';
import { CaseBusy, type MemoDeps, memoPut } from './memo-to-officer.ts';

export type TurnedDeps = MemoDeps &
  Readonly<{
    turnTexts: TurnTexts;
    tasks: TaskStore;
    loadWearerOrders: LoadWearerOrders;
    loadCaseworkTerms: LoadCaseworkTerms;
    saveTogether: SaveTogether;
  }>;

const OF_TEXTS = { kind: 'checks-unasked', about: 'texts' } as const;

const asksForChecks =
  (now: Instant) =>
  ({ value: { endsAt, conditions } }: Versioned<Order>): boolean =>
    (endsAt === null || now < endsAt) && conditions.some(({ kind }) => kind === 'check-in');

type Stopped = Readonly<{ messageId: string; stoppedAt: Instant; now: Instant }>;

/**
 * Of whom an order asks checks somebody has to agree how they are asked for, now that no text does:
 * a task and a memo, once for each time that texts were stopped.
 */
const askOtherwise = async (
  deps: TurnedDeps,
  wearer: WearerRef,
  { messageId, stoppedAt, now }: Stopped,
): Promise<void> => {
  const order = (await deps.loadWearerOrders(wearer)).find(asksForChecks(now));
  const known = await deps.tasks.load(wearer, taskIdOf(OF_TEXTS));
  if (order === undefined || (known !== null && known.openedAt >= stoppedAt)) return;
  const { agencyId, wearerId } = wearer;
  const dueAt = taskDueAt(OF_TEXTS.kind, now, await deps.loadCaseworkTerms(agencyId, order.value));
  const opened = await deps.tasks.renewPuts(wearer, {
    ...{ ...OF_TEXTS, wearerId, dueAt, openedAt: now, openedBy: null },
    ...{ orderId: order.value.orderId, orderVersion: order.version },
  });
  const told = { wearer, name: messageId, what: OF_TEXTS.kind, order, now } as const;
  const saved = await deps.saveTogether([...opened, await memoPut(deps, told)]);
  if (saved === 'conflict') throw new CaseBusy();
};

/** Texts ask again: nobody has to see to it any more. */
const askByText = async (deps: TurnedDeps, wearer: WearerRef, at: Instant): Promise<void> => {
  const ended = { at, by: null, why: 'texts are on again' };
  const saved = await deps.tasks.end(wearer, taskIdOf(OF_TEXTS), ended);
  if (saved === 'conflict') throw new CaseBusy();
};

/**
 * Turns texts to wearers off or on, and sees that those who have to answer checks are asked for
 * them. What is done goes by how it stands: brought again it changes nothing.
 */
export const onTextsTurned = async (deps: TurnedDeps, turned: TextsTurned): Promise<void> => {
  const { agencyId, wearerIds, messageId, now } = turned;
  const stoppedAt = await deps.turnTexts(turned);
  for (const wearerId of wearerIds) {
    const wearer = { agencyId, wearerId };
    await (stoppedAt === null
      ? askByText(deps, wearer, now)
      : askOtherwise(deps, wearer, { messageId, stoppedAt, now }));
  }
};
