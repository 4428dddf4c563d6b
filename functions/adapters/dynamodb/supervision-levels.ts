import type { DynamoDBClient, TransactWriteItem } from '@aws-sdk/client-dynamodb';
import { dueAfterReturn, levelBefore, RHYTHMS } from '#domain/casework/contact-rhythm.ts';
import {
  type LevelAt,
  type LevelReturned,
  returnOf,
  type SupervisionLevel,
  supervisionLevelSchema,
} from '#domain/casework/supervision-level.ts';
import { taskIdOf } from '#domain/casework/task.ts';
import { levelIdSchema, type WearerRef } from '#domain/model/ids.ts';
import { type Instant, isoOrNull, toIso } from '#domain/model/instant.ts';
import { levelEndKey, SUPERVISION_LEVEL_PREFIX } from './casework-keys.ts';
import { documents } from './documents.ts';
import { keyItem, number, readJson, readNumber, readText, text } from './items.ts';
import { dueShard, type Key, wearerOfPartition, wearerPk } from './keys.ts';
import { queryAll, startingWith } from './query.ts';
import { type RecordEntry, recordPut } from './record.ts';
import { type TaskStore, taskStore } from './tasks.ts';
import { transact } from './transact.ts';

/** Every stretch of a wearer, as they stand. */
export const supervisionLevels =
  (client: DynamoDBClient, table: string) =>
  async (wearer: WearerRef): Promise<SupervisionLevel[]> => {
    const query = startingWith(table, wearerPk(wearer), SUPERVISION_LEVEL_PREFIX);
    const items = await queryAll(client, query);
    return items.map((item) => readJson(item, 'body', supervisionLevelSchema));
  };
export type LoadSupervisionLevels = ReturnType<typeof supervisionLevels>;

/** The row by which the sweep finds that a stretch has ended; one that stays is never due. */
export const levelEndPut = (
  TableName: string,
  wearer: WearerRef,
  { stretch, version }: Readonly<{ stretch: SupervisionLevel; version: number }>,
): TransactWriteItem => {
  const { levelId, until, isRevoked } = stretch;
  const key = levelEndKey(wearer, levelId);
  const due =
    until === null || isRevoked
      ? {}
      : { nextDueAt: number(until), dueShard: text(dueShard(`${key.pk} ${key.sk}`)) };
  const Item = {
    ...keyItem(key),
    ...{ entity: text('LEVEL_END'), levelId: text(levelId), version: number(version) },
    ...due,
  };
  return { Put: { TableName, Item } };
};

/** That a level has returned: at the instant from which that counts, whenever it was noticed. */
const returnEntry = (
  wearer: WearerRef,
  { stretch, to }: LevelReturned,
  { version, at }: Readonly<{ version: number; at: Instant }>,
): RecordEntry => {
  const { levelId, level, from, until } = stretch;
  return {
    ...{ wearer, at, name: `LEVEL#${levelId}#${version}#RETURNED` },
    type: 'supervision-level-returned',
    body: {
      ...{
        levelId,
        version,
        kind: to.level,
        reason: `${to.level} again, as was set with ${level}`,
      },
      ...{ from: toIso(from), until: isoOrNull(until), toLevelId: to.stretch?.levelId ?? null },
    },
  };
};

/** What was due by the level that has ended is due by the one that counts again. */
const rhythmPuts = async (
  tasks: TaskStore,
  wearer: WearerRef,
  changed: Readonly<{ before: LevelAt; after: LevelAt; at: Instant; now: Instant }>,
): Promise<TransactWriteItem[]> => {
  const each = RHYTHMS.map(async (rhythm) => {
    const { kind, about } = rhythm;
    const known = await tasks.load(wearer, taskIdOf({ kind, about }));
    const isOpen = known !== null && known.ended === null;
    // Whoever was never to be met by a level has no task that names their order.
    if (known === null) return [];
    const dueAt = dueAfterReturn(rhythm, isOpen ? known.dueAt : null, changed);
    const { now: at } = changed;
    const ended = { at, by: null, why: 'the level of supervision asks for none' };
    if (dueAt === null) return tasks.endPuts(wearer, known.taskId, ended);
    const { wearerId, orderId, orderVersion } = known;
    return tasks.renewPuts(wearer, {
      ...{ wearerId, kind, about, orderId, orderVersion, dueAt, openedAt: at, openedBy: null },
    });
  });
  return (await Promise.all(each)).flat();
};

type Tables = Readonly<{ monitoring: string; record: string }>;

/**
 * Puts on record that a stretch has ended, once: the level itself follows from the time, and needs
 * nobody. What has been changed meanwhile is due when that says so.
 */
export const endLevel = (client: DynamoDBClient, tables: Tables) => {
  const { loadItem } = documents(client, tables.monitoring);
  const loadLevels = supervisionLevels(client, tables.monitoring);
  const tasks = taskStore(client, tables);
  return async (key: Key, now: Instant): Promise<void> => {
    const row = await loadItem(key);
    if (row === null || row.nextDueAt === undefined || readNumber(row, 'nextDueAt') > now) return;
    const wearer = wearerOfPartition(key.pk);
    const levelId = levelIdSchema.parse(readText(row, 'levelId'));
    const version = readNumber(row, 'version');
    const levels = await loadLevels(wearer);
    const ended = returnOf(levels, levelId, now);
    const at = ended?.stretch.until ?? null;
    const entries =
      ended === null || at === null
        ? []
        : [
            recordPut(tables.record, returnEntry(wearer, ended, { version, at })),
            ...(await rhythmPuts(tasks, wearer, {
              ...{ before: levelBefore(levels, at), after: ended.to, at, now },
            })),
          ];
    // Retry: of a stretch that was put again meanwhile nothing is written; the next sweep looks.
    await transact(client, [
      {
        Update: {
          TableName: tables.monitoring,
          Key: keyItem(key),
          UpdateExpression: 'REMOVE nextDueAt, dueShard',
          ConditionExpression: '#version = :version AND attribute_exists(nextDueAt)',
          ExpressionAttributeNames: { '#version': 'version' },
          ExpressionAttributeValues: { ':version': number(version) },
        },
      },
      ...entries,
    ]);
  };
};
export type EndLevel = ReturnType<typeof endLevel>;
