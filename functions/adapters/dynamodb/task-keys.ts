import type { TaskId, WearerRef } from '#domain/model/ids.ts';
import { type Key, wearerPk } from './keys.ts';

/** What somebody has to do about a wearer by an instant; behind the range that evaluation reads. */
export const taskKey = (wearer: WearerRef, taskId: TaskId): Key => ({
  pk: wearerPk(wearer),
  sk: `${TASK_PREFIX}${taskId}`,
});
export const TASK_PREFIX = 'TASK#';

/** That a task was opened or ended, within the record of its wearer; in the order of its epochs. */
export const taskEntryName = (taskId: TaskId, epoch: number): string => `TASK#${taskId}#${epoch}`;
