import type { TaskId, WearerRef } from '#domain/model/ids.ts';
import { type Key, wearerPk } from './keys.ts';

/** What somebody has to do about a wearer by an instant; behind the range that evaluation reads. */
export const taskKey = (wearer: WearerRef, taskId: TaskId): Key => ({
  pk: wearerPk(wearer),
  sk: `${TASK_PREFIX}${taskId}`,
});
export const TASK_PREFIX = 'TASK#';

/** That somebody ended a task by hand, within the record of its wearer. */
export const taskEntryName = (taskId: TaskId, epoch: number): string => `TASK#${taskId}#${epoch}`;
