import type { DynamoDBClient, TransactWriteItem } from '@aws-sdk/client-dynamodb';
import { taskClosedWith, tasksBegunBy, tasksEndedBy } from '#domain/casework/alert-tasks.ts';
import { taskIdOf } from '#domain/casework/task.ts';
import { taskDueAt } from '#domain/casework/task-due.ts';
import type { Transition } from '#domain/escalate/transition.ts';
import type { AgencyId } from '#domain/model/ids.ts';
import type { Instant } from '#domain/model/instant.ts';
import { caseworkTerms } from './casework-terms.ts';
import { orderVersions } from './order-version.ts';
import { type TaskTables, taskStore } from './tasks.ts';

/** The clocks of the field that a change of an alert starts and stops, saved beside it. */
export const alertTasks = (client: DynamoDBClient, tables: TaskTables) => {
  const tasks = taskStore(client, tables);
  const loadOrder = orderVersions(client, tables.monitoring);
  const loadTerms = caseworkTerms(client, tables.monitoring);

  const begun = async (agencyId: AgencyId, change: Transition): Promise<TransactWriteItem[]> => {
    const begins = tasksBegunBy(change);
    const order =
      begins.length === 0 ? null : await loadOrder(agencyId, change.after.facts.violation);
    if (order === null) return [];
    const terms = await loadTerms(agencyId, order);
    const { alertId: about, wearerId, facts } = change.after;
    const { orderId, orderVersion } = facts.violation;
    const puts = await Promise.all(
      begins.map(({ kind, from }) =>
        tasks.beginPuts(
          { agencyId, wearerId },
          {
            ...{ wearerId, kind, about, orderId, orderVersion, openedBy: null },
            ...{ openedAt: change.after.changed.at, dueAt: taskDueAt(kind, from, terms) },
          },
        ),
      ),
    );
    return puts.flat();
  };

  return async (
    agencyId: AgencyId,
    change: Transition,
    at: Instant,
  ): Promise<TransactWriteItem[]> => {
    const { wearerId, alertId: about } = change.after;
    const wearer = { agencyId, wearerId };
    const ofAlert = tasksEndedBy(change).map(({ kind, by, why }) => ({
      ...{ taskId: taskIdOf({ kind, about }), by, why },
    }));
    const own = taskClosedWith(change);
    const ended = own === null ? ofAlert : [...ofAlert, own];
    const puts = await Promise.all(
      ended.map(({ taskId, by, why }) => tasks.endPuts(wearer, taskId, { at, by, why })),
    );
    return [...puts.flat(), ...(await begun(agencyId, change))];
  };
};
export type TasksOf = ReturnType<typeof alertTasks>;
