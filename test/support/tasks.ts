import { openedTask, type Task, type TaskOpening } from '#domain/casework/task.ts';
import { orderIdSchema } from '#domain/model/ids.ts';
import type { caseworkDeps } from '#functions/api/casework-deps.ts';
import { later, T } from './alerts.ts';
import { WEARER } from './supervisions.ts';

/** A task about an assessment that is to be reviewed in an hour. */
export const opening = (fields: Partial<TaskOpening> = {}): TaskOpening => ({
  wearerId: WEARER.wearerId,
  ...{
    kind: 'assessment-review',
    about: 'assessment-1',
    orderId: orderIdSchema.parse('o-1'),
    orderVersion: 1,
  },
  ...{ openedAt: T, openedBy: null, dueAt: later(3_600), ...fields },
});

export const task = (fields: Partial<TaskOpening> = {}): Task => openedTask(opening(fields));

const none = () => Promise.reject(new Error('this API keeps no tasks'));
/** Where nobody has anything to do, or to decide. */
export const NO_CASEWORK: ReturnType<typeof caseworkDeps> = {
  recordTable: 'record',
  decisions: { list: none, findingsSince: none, violationsNamed: none },
  loadCaseworkTerms: none,
  loadSupervisionLevels: async () => [],
  loadCaseNotes: async () => [],
  loadVisits: async () => [],
  loadLeadingOrder: async () => null,
  inboxes: {
    load: async () => ({ version: 0, inbox: null }),
    put: () => ({}),
  },
  saveTogether: none,
  loadCaseAsAt: async () => [],
  tasks: {
    ...{ load: none, list: none, endPuts: none, end: none },
    ...{ openPuts: () => [], beginPuts: none, renewPuts: none },
  },
};
