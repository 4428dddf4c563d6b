import { type Task, taskSchema } from '#domain/casework/task.ts';
import type { Change } from '../dynamodb/table.ts';
import type { MakeCheck, Watch } from './check.ts';
import { SKEW_MILLISECONDS } from './trouble.ts';

const RAISED = 'I40 what is left undone is raised, once, and falls when it is done';
/** What was due so long before the end, when nothing goes wrong, has been found by the sweep. */
const MOST_UNRAISED_MILLISECONDS = 180_000;

type TaskChange = Readonly<{ was: Task | null; is: Task }>;

const taskOf = (item: Change['after']): Task | null =>
  item?.entity?.S === 'TASK' ? taskSchema.parse(JSON.parse(item.body?.S ?? '')) : null;

const tasksOf = (changes: readonly Change[]): TaskChange[] =>
  changes.flatMap(({ before, after }) => {
    const is = taskOf(after);
    return is === null ? [] : [{ was: taskOf(before), is }];
  });

/** The status of the violation that a commit writes of a task that is, or was, overdue. */
const foundIn = (changes: readonly Change[], { taskId }: Task): string | null => {
  const found = changes.find(
    ({ after }) =>
      after?.entity?.S === 'VIOLATION' && JSON.parse(after.body?.S ?? '{}').task?.taskId === taskId,
  );
  return found === undefined ? null : JSON.parse(found.after?.life?.S ?? '{}').status;
};

const checkChange = (watch: Watch, { was, is }: TaskChange, found: string | null): void => {
  const { taskId } = is;
  const isAnew = was === null || was.ended !== null;
  if (isAnew) {
    if (is.ended !== null || is.raisedAt !== null) watch.report(RAISED, `${taskId} begins so`);
    watch.saw(was === null ? 'task begun' : 'task begun again');
    return;
  }
  if (is.epoch !== was.epoch + 1) watch.report('I40 epochs follow each other', taskId);
  if (was.raisedAt === null && is.raisedAt !== null) {
    watch.saw(`task raised: ${is.kind}`);
    if (watch.now() < is.dueAt - SKEW_MILLISECONDS) watch.report(RAISED, `${taskId} too soon`);
    if (found !== 'open') watch.report(RAISED, `${taskId}, of which nobody hears`);
  }
  if (is.ended === null) return;
  watch.saw('task ended');
  if (is.raisedAt !== null && found !== 'ended') {
    watch.report(RAISED, `${taskId} is done, and does not fall: ${found}`);
  }
};

/** I40: who has to do something by an instant, and has not, is told of by an alert of its own. */
export const tasks: MakeCheck = (watch) => ({
  onCommit: ({ changes }) => {
    for (const change of tasksOf(changes)) {
      checkChange(watch, change, foundIn(changes, change.is));
    }
  },
  atEnd: () => {
    // Nothing but the sweep looks for what people have left undone.
    if (watch.plan.cut.sweeps) return;
    for (const item of watch.db.itemsOf('monitoring')) {
      const task = taskOf(item);
      if (task === null || task.ended !== null || task.raisedAt !== null) continue;
      if (task.dueAt < watch.now() - MOST_UNRAISED_MILLISECONDS) {
        watch.count('miss');
        watch.report(RAISED, `${task.taskId} was due at ${task.dueAt}`);
      }
    }
  },
});
