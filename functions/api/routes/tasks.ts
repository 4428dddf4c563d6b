import * as z from 'zod';
import type { Task } from '#domain/casework/task.ts';
import { type CaseworkTerms, isDueBeyondHolidays } from '#domain/casework/task-due.ts';
import { personIdSchema, taskIdSchema, type WearerRef } from '#domain/model/ids.ts';
import { type Instant, isoOrNull, toIso } from '#domain/model/instant.ts';
import type { LoadCaseworkTerms } from '../../adapters/dynamodb/casework-terms.ts';
import type { Documents } from '../../adapters/dynamodb/documents.ts';
import { wearerKey } from '../../adapters/dynamodb/keys.ts';
import type { TaskStore } from '../../adapters/dynamodb/tasks.ts';
import type { LoadLeadingOrder } from '../../adapters/dynamodb/wearer-orders.ts';
import { jsonResponse, refusal } from '../../middleware/http.ts';
import { unknownAmong } from '../named-documents.ts';
import { isResponse, notFound, readBody, readWith, unacceptable } from '../problems.ts';
import type { Route } from '../route.ts';
import { wearerOfPath } from './wearers.ts';

export type TaskRouteDeps = Readonly<{
  documents: Documents;
  tasks: TaskStore;
  loadLeadingOrder: LoadLeadingOrder;
  loadCaseworkTerms: LoadCaseworkTerms;
}>;

const taskView = (task: Task, now: Instant) => {
  const { taskId, kind, about, orderId, openedBy, ended } = task;
  return {
    ...{ taskId, kind, about, orderId, openedBy },
    openedAt: toIso(task.openedAt),
    dueAt: toIso(task.dueAt),
    isOverdue: ended === null && task.dueAt <= now,
    raisedAt: isoOrNull(task.raisedAt),
    ended: ended === null ? null : { ...ended, at: toIso(ended.at) },
  };
};

/** Terms by which working days are counted for a wearer now; null: no order says. */
const termsOf = async (
  { loadLeadingOrder, loadCaseworkTerms }: TaskRouteDeps,
  wearer: WearerRef,
  now: Instant,
): Promise<CaseworkTerms | null> => {
  const order = await loadLeadingOrder(wearer, now);
  return order === null ? null : loadCaseworkTerms(wearer.agencyId, order.value);
};

const WHICH = z.enum(['open', 'all']).default('open');

/** What people at the agency have to do about a wearer, the most urgent first. */
export const listTasks =
  (deps: TaskRouteDeps): Route =>
  async (call) => {
    const { documents, tasks } = deps;
    const which = readWith(WHICH, call.request.queryStringParameters.which);
    if (!which.ok) return unacceptable(which.problems.map((p) => ({ ...p, path: 'which' })));
    const wearer = wearerOfPath(call);
    if ((await documents.loadItem(wearerKey(wearer))) === null) return notFound('this wearer');
    const found = await tasks.list(wearer);
    const shown = which.value === 'all' ? found : found.filter(({ ended }) => ended === null);
    const sorted = shown.toSorted((a, b) => a.dueAt - b.dueAt);
    const terms = sorted.length === 0 ? null : await termsOf(deps, wearer, call.now);
    const views = sorted.map((task) => ({
      ...taskView(task, call.now),
      isBeyondHolidays: terms !== null && isDueBeyondHolidays(task, terms),
    }));
    return jsonResponse(200, { tasks: views });
  };

const endSchema = z.object({
  personId: personIdSchema,
  /** What was done, or why nothing has to be. */
  reason: z.string().min(1).max(2_000),
});

/** Somebody says that it is done. Twice is once: the second changes nothing. */
export const endTask =
  ({ documents, tasks }: TaskRouteDeps): Route =>
  async (call) => {
    const body = readBody(endSchema, call.request);
    if (isResponse(body)) return body;
    const { personId: by, reason: why } = body;
    const named = [{ path: 'personId', kind: 'PERSON', id: by } as const];
    const problems = await unknownAmong(documents, call.agencyId, named);
    if (problems.length > 0) return unacceptable(problems);
    const taskId = taskIdSchema.parse(call.request.pathParameters.taskId);
    const wearer = wearerOfPath(call);
    const ended = await tasks.end(wearer, taskId, { at: call.now, by, why });
    if (ended === 'conflict') {
      const message = 'somebody else changed this at the same time; read it and send yours again';
      return refusal(409, { code: 'changed-meanwhile', message });
    }
    const task = await tasks.load(wearer, taskId);
    if (task === null) return notFound('this task');
    return jsonResponse(200, { task: taskView(task, call.now), changed: ended === 'saved' });
  };
