import {
  DeleteItemCommand,
  type DynamoDBClient,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import type { WearerRef } from '#domain/model/ids.ts';
import { type Instant, instant, toIso } from '#domain/model/instant.ts';
import type { Archivable } from '#domain/trail/archive-plan.ts';
import { conditionHeld } from './errors.ts';
import { eventsOf } from './item-events.ts';
import { binary, type Item, number, readBinary, readText, text } from './items.ts';
import { dueShard, statePk, TRAIL_PREFIXES, wearerOfPartition, wearerPk } from './keys.ts';
import { between, queryAll } from './query.ts';
import { archiveDueAt, utcDay } from './trail-day.ts';

/** An item of the trail with what its way into the archive goes by. */
export type ArchivableItem = Archivable & Readonly<{ item: Item }>;

/** So many of a kind are taken at once, three weeks of a fix a minute; the rest come again. */
const MOST_ITEMS = 800;

const archivableFrom = (item: Item): ArchivableItem => {
  const days = [...new Set(eventsOf(item).map(({ recordedAt }) => utcDay(recordedAt)))].sort();
  // A slice that holds nothing has a day all the same: the one that it began on.
  const own = readText(item, 'sk').split('#')[1]?.slice(0, 10) ?? '';
  return { item, days: days.length === 0 ? [own] : days, archivedTo: item.archivedTo?.S ?? null };
};

/** An item's events are what may change of it: late ones are folded in. */
const UNCHANGED = 'inputs = :inputs';

const keyOf = (item: Item): Item => ({
  pk: text(readText(item, 'pk')),
  sk: text(readText(item, 'sk')),
});

export const archivableItems = (client: DynamoDBClient, table: string) => {
  const update = (item: Item, set: Readonly<Record<string, Item[string]>>, only: string) => {
    const names = Object.keys(set);
    const values = Object.entries(set).map(([name, value]) => [`:${name}`, value]);
    const command = new UpdateItemCommand({
      TableName: table,
      Key: keyOf(item),
      UpdateExpression: `SET ${names.map((name) => `${name} = :${name}`).join(', ')}`,
      ConditionExpression: only,
      ExpressionAttributeValues: {
        ...Object.fromEntries(values),
        ...(only === UNCHANGED ? { ':inputs': binary(readBinary(item, 'inputs')) } : {}),
      },
    });
    return client.send(command);
  };

  /** Brings an item before a later run: it was not taken, or late events were folded into it. */
  const bringAgain = async (item: Item): Promise<void> => {
    const { days } = archivableFrom(item);
    const shard = dueShard(statePk(wearerOfPartition(readText(item, 'pk'))));
    const dueAt = archiveDueAt(days.at(-1) ?? '');
    const set = { dueShard: text(shard), nextDueAt: number(dueAt) };
    // Record: another run may have archived and removed it, as must be.
    await conditionHeld(update(item, set, 'attribute_exists(pk)'));
  };

  /**
   * A wearer's items that began before an instant, oldest first of each kind. Where that is not all
   * of them the next one is marked: those after it may be marked by nobody.
   */
  const load = async (wearer: WearerRef, before: Instant): Promise<ArchivableItem[]> => {
    const found = await Promise.all(
      TRAIL_PREFIXES.map((prefix) =>
        queryAll(
          client,
          between(table, wearerPk(wearer), {
            ...{ from: prefix, to: `${prefix}${toIso(instant(before - 1))}~` },
          }),
          MOST_ITEMS + 1,
        ),
      ),
    );
    const next = found.flatMap((items) => items.slice(MOST_ITEMS));
    await Promise.all(next.map(bringAgain));
    return found.flatMap((items) => items.slice(0, MOST_ITEMS)).map(archivableFrom);
  };

  /** Removes an item as it was read. False where it has changed since: it stays, and is due. */
  const remove = async (item: Item): Promise<boolean> => {
    const command = new DeleteItemCommand({
      TableName: table,
      Key: keyOf(item),
      ConditionExpression: UNCHANGED,
      ExpressionAttributeValues: { ':inputs': binary(readBinary(item, 'inputs')) },
    });
    const isRemoved = await conditionHeld(client.send(command));
    // Retry: by the next run, as it is then.
    if (!isRemoved) await bringAgain(item);
    return isRemoved;
  };

  /** Leaves an item that reaches into a later day until that day is due. */
  const leave = async (item: Item, archivedTo: string, lastDay: string): Promise<void> => {
    const dueAt = archiveDueAt(lastDay);
    if (item.nextDueAt?.N === String(dueAt) && item.archivedTo?.S === archivedTo) return;
    const shard = dueShard(statePk(wearerOfPartition(readText(item, 'pk'))));
    const set = { dueShard: text(shard), nextDueAt: number(dueAt), archivedTo: text(archivedTo) };
    // Retry: by the next run, as it is then.
    if (!(await conditionHeld(update(item, set, UNCHANGED)))) await bringAgain(item);
  };

  return { load, remove, leave };
};
export type ArchivableItems = ReturnType<typeof archivableItems>;
