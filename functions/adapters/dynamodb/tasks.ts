import type { DynamoDBClient, TransactWriteItem } from '@aws-sdk/client-dynamodb';
import {
  endedTask,
  openedTask,
  raisedTask,
  type Task,
  type TaskOpening,
  taskSchema,
  taskViolation,
} from '#domain/casework/task.ts';
import type { AgencyId, TaskId, WearerRef } from '#domain/model/ids.ts';
import type { Instant } from '#domain/model/instant.ts';
import { documents } from './documents.ts';
import { type Item, json, keyItem, number, readJson, text } from './items.ts';
import { dueShard, type Key, wearerOfPartition, wearerPk } from './keys.ts';
import { queryAll, startingWith } from './query.ts';
import { recordPut } from './record.ts';
import { TASK_PREFIX, taskEntryName, taskKey } from './task-keys.ts';
import { transact } from './transact.ts';
import { raisedPut } from './violations.ts';

export type TaskTables = Readonly<{ monitoring: string; record: string }>;

/** Who ends a task, when and why; by nobody: by what it was about. */
export type TaskEnding = NonNullable<Task['ended']>;

const taskItem = (agencyId: AgencyId, task: Task): Item => {
  const key = taskKey({ agencyId, wearerId: task.wearerId }, task.taskId);
  const isWaiting = task.ended === null && task.raisedAt === null;
  return {
    ...keyItem(key),
    ...{ entity: text('TASK'), agencyId: text(agencyId), epoch: number(task.epoch) },
    body: json(task),
    ...(isWaiting ? { nextDueAt: number(task.dueAt), dueShard: text(dueShard(key.sk)) } : {}),
  };
};

const taskFrom = (item: Item): Task => readJson(item, 'body', taskSchema);

/** A task as it changes, on the epoch that was read. */
const changePut = (TableName: string, agencyId: AgencyId, task: Task): TransactWriteItem => ({
  Put: {
    TableName,
    Item: taskItem(agencyId, task),
    ConditionExpression: 'epoch = :epoch',
    ExpressionAttributeValues: { ':epoch': number(task.epoch - 1) },
  },
});

/** The alert's violation of a task that is, or was, overdue. */
const violationPuts = (
  table: string,
  agencyId: AgencyId,
  { task, writtenAt }: Readonly<{ task: Task; writtenAt: Instant }>,
): TransactWriteItem[] => {
  const violation = taskViolation(task);
  const wearer = { agencyId, wearerId: task.wearerId };
  return violation === null ? [] : [raisedPut(table, wearer, { violation, writtenAt })];
};

/**
 * A task that is opened, to be saved in the transaction of what it is about, which guards it: an
 * earlier one about the same, which has ended, is opened anew.
 */
export const openTaskPuts = (
  { monitoring, record }: TaskTables,
  agencyId: AgencyId,
  opening: TaskOpening,
): TransactWriteItem[] => {
  const task = openedTask(opening);
  const { wearerId, taskId, openedAt, kind, about, dueAt, openedBy } = task;
  return [
    { Put: { TableName: monitoring, Item: taskItem(agencyId, task) } },
    recordPut(record, {
      ...{ wearer: { agencyId, wearerId }, at: openedAt, type: 'task-opened' },
      name: taskEntryName(taskId, task.epoch),
      body: { taskId, kind, about, dueAt, by: openedBy },
    }),
  ];
};

/** What is kept of what people at the agency have to do about a wearer. */
export const taskStore = (client: DynamoDBClient, tables: TaskTables) => {
  const { monitoring, record } = tables;

  const load = async (wearer: WearerRef, taskId: TaskId): Promise<Task | null> => {
    const item = await documents(client, monitoring).loadItem(taskKey(wearer, taskId));
    return item === null ? null : taskFrom(item);
  };

  /** All of a wearer's, those that have ended too, by their ids. */
  const list = async (wearer: WearerRef): Promise<Task[]> => {
    const query = startingWith(monitoring, wearerPk(wearer), TASK_PREFIX);
    return (await queryAll(client, query)).map(taskFrom);
  };

  /**
   * What ends a task, on the epoch that is read now, to be saved beside what ends it; nothing where
   * there is none, or it has ended. Its alert, where it was overdue, falls with it.
   */
  const endPuts = async (
    wearer: WearerRef,
    taskId: TaskId,
    ended: TaskEnding,
  ): Promise<TransactWriteItem[]> => {
    const known = await load(wearer, taskId);
    const task = known === null ? null : endedTask(known, ended);
    if (task === null) return [];
    const { agencyId } = wearer;
    return [
      changePut(monitoring, agencyId, task),
      ...violationPuts(monitoring, agencyId, { task, writtenAt: ended.at }),
      recordPut(record, {
        ...{ wearer, at: ended.at, type: 'task-ended' },
        name: taskEntryName(taskId, task.epoch),
        body: { taskId, kind: task.kind, about: task.about, by: ended.by, why: ended.why },
      }),
    ];
  };

  /** Ends one by itself. `unchanged`: there is none, or it has ended. */
  const end = async (
    wearer: WearerRef,
    taskId: TaskId,
    ended: TaskEnding,
  ): Promise<'saved' | 'conflict' | 'unchanged'> => {
    const puts = await endPuts(wearer, taskId, ended);
    return puts.length === 0 ? 'unchanged' : transact(client, puts);
  };

  const openPuts = (agencyId: AgencyId, opening: TaskOpening): TransactWriteItem[] =>
    openTaskPuts(tables, agencyId, opening);

  return { load, list, openPuts, endPuts, end };
};
export type TaskStore = ReturnType<typeof taskStore>;

/**
 * Raises a task whose time has passed: from here on an alert is told until it is done. For the
 * sweep, which finds it among what is due.
 */
export const raiseTask =
  (client: DynamoDBClient, table: string) =>
  async (key: Key, now: Instant): Promise<void> => {
    const item = await documents(client, table).loadItem(key);
    const task = item === null ? null : raisedTask(taskFrom(item), now);
    if (task === null) return;
    const { agencyId } = wearerOfPartition(key.pk);
    // Record: where it was ended meanwhile there is nothing to raise; else the next sweep finds it.
    await transact(client, [
      changePut(table, agencyId, task),
      ...violationPuts(table, agencyId, { task, writtenAt: now }),
    ]);
  };
export type RaiseTask = ReturnType<typeof raiseTask>;
