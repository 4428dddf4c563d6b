import type { DynamoDBClient, TransactWriteItem } from '@aws-sdk/client-dynamodb';
import {
  endedTask,
  openedTask,
  raisedTask,
  type Task,
  type TaskOpening,
  taskIdOf,
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

/** That somebody said by hand that it is done: of all else what ends it stands in the record. */
const endedEntry = (record: string, agencyId: AgencyId, task: Task): TransactWriteItem[] => {
  const { wearerId, taskId, epoch, kind, about, ended } = task;
  if (ended === null) return [];
  const { at, by, why: reason } = ended;
  return [
    recordPut(record, {
      ...{ wearer: { agencyId, wearerId }, at, type: 'task-ended' },
      name: taskEntryName(taskId, epoch),
      body: { taskId, kind, about, ...(by === null ? {} : { by }), reason },
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

  const endedNow = async (
    wearer: WearerRef,
    taskId: TaskId,
    ended: TaskEnding,
  ): Promise<Task | null> => {
    const known = await load(wearer, taskId);
    return known === null ? null : endedTask(known, ended);
  };

  const putsOf = (agencyId: AgencyId, task: Task, writtenAt: Instant): TransactWriteItem[] => [
    changePut(monitoring, agencyId, task),
    ...violationPuts(monitoring, agencyId, { task, writtenAt }),
  ];

  /**
   * A task that is opened, to be saved in the transaction of what it is about, which guards it and
   * puts it on record: an earlier one about the same, which has ended, is opened anew.
   */
  const openPuts = (agencyId: AgencyId, opening: TaskOpening): TransactWriteItem[] => [
    { Put: { TableName: monitoring, Item: taskItem(agencyId, openedTask(opening)) } },
  ];

  /**
   * A task about what may have begun one before: where that still stands it goes on, with what was
   * raised of it, and is not begun a second time.
   */
  const beginPuts = async (
    wearer: WearerRef,
    opening: TaskOpening,
  ): Promise<TransactWriteItem[]> => {
    const known = await load(wearer, taskIdOf(opening));
    const stands = known !== null && known.ended === null;
    return stands ? [] : openPuts(wearer.agencyId, opening);
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
    const task = await endedNow(wearer, taskId, ended);
    return task === null ? [] : putsOf(wearer.agencyId, task, ended.at);
  };

  /** Ends one by itself, with its entry. `unchanged`: there is none, or it has ended. */
  const end = async (
    wearer: WearerRef,
    taskId: TaskId,
    ended: TaskEnding,
  ): Promise<'saved' | 'conflict' | 'unchanged'> => {
    const { agencyId } = wearer;
    const task = await endedNow(wearer, taskId, ended);
    if (task === null) return 'unchanged';
    const puts = putsOf(agencyId, task, ended.at);
    return transact(client, [...puts, ...endedEntry(record, agencyId, task)]);
  };

  /**
   * A task that is open until the document that it is about says otherwise: opened where there is
   * none, moved where it stands for another instant, left alone where it stands for this one. What
   * had been raised of it falls. To be saved beside the document, which guards it and puts it on
   * record.
   */
  const renewPuts = async (
    wearer: WearerRef,
    opening: TaskOpening,
  ): Promise<TransactWriteItem[]> => {
    const known = await load(wearer, taskIdOf(opening));
    if (known === null || known.ended !== null) return openPuts(wearer.agencyId, opening);
    if (known.dueAt === opening.dueAt) return [];
    const task = { ...openedTask(opening), epoch: known.epoch + 1 };
    const { openedAt: at, openedBy: by } = opening;
    const fallen = { ...known, ended: { at, by, why: 'due at another time' } };
    return [
      changePut(monitoring, wearer.agencyId, task),
      ...violationPuts(monitoring, wearer.agencyId, { task: fallen, writtenAt: at }),
    ];
  };

  return { load, list, openPuts, beginPuts, renewPuts, endPuts, end };
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
