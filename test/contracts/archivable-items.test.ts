import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { describe, expect, it } from 'vitest';
import type { WearerRef } from '#domain/model/ids.ts';
import { secondsAfter } from '#domain/model/instant.ts';
import { archivableItems } from '#functions/adapters/dynamodb/archivable-items.ts';
import { duePages } from '#functions/adapters/dynamodb/due.ts';
import { allDueShards } from '#functions/adapters/dynamodb/keys.ts';
import { latePut, type TrailPut } from '#functions/adapters/dynamodb/trail.ts';
import { archiveDueAt, startOfDay } from '#functions/adapters/dynamodb/trail-day.ts';
import { fix } from '#test/support/events.ts';
import { at, HOME } from '#test/support/supervisions.ts';
import { STORES } from './stores.ts';
import { useStore } from './use-store.ts';

const DAY = '2026-03-02';
const NEXT_DAY = '2026-03-03';
const NOON = at(`${DAY}T12:00:00Z`);

describe.each(STORES)('what is to be archived in $name', ({ start }) => {
  const { store, aWearer } = useStore(start);
  const items = () => archivableItems(store().client, store().names.trail);
  const late = (wearer: WearerRef, ...seconds: readonly number[]): TrailPut => {
    const events = seconds.map((one) => fix(secondsAfter(NOON, one), HOME));
    return latePut(store().names.trail, wearer, events);
  };
  const put = (one: TrailPut) => store().client.send(new PutItemCommand(one));
  const dueOf = async (wearer: WearerRef) => {
    const found: number[] = [];
    for (const shard of allDueShards()) {
      const until = archiveDueAt('2026-04-01');
      for await (const page of duePages(store().client, store().names.trail)(shard, until)) {
        const own = page.filter(({ pk }) => pk.endsWith(`#${wearer.wearerId}`));
        found.push(...own.map(({ dueAt }) => dueAt));
      }
    }
    return found;
  };
  const load = (wearer: WearerRef) => items().load(wearer, startOfDay(NEXT_DAY));

  it('is what began before a day, and is on the index from its day on', async () => {
    const wearer = aWearer();
    await put(late(wearer, 60));
    await put(late(wearer, 43_200));
    expect(await load(wearer)).toMatchObject([{ days: [DAY], archivedTo: null }]);
    expect(await dueOf(wearer)).toEqual([archiveDueAt(DAY), archiveDueAt(NEXT_DAY)]);
  });

  it('is removed as it was read', async () => {
    const wearer = aWearer();
    await put(late(wearer, 60));
    const [found] = await load(wearer);
    expect(await items().remove(found?.item ?? {})).toBe(true);
    expect(await load(wearer)).toEqual([]);
    expect(await dueOf(wearer)).toEqual([]);
  });

  it('stays where it has changed since, and is due', async () => {
    const wearer = aWearer();
    const first = late(wearer, 60);
    await put(first);
    const [found] = await load(wearer);
    const { dueShard: _, nextDueAt: __, ...unmarked } = first.Item;
    const { inputs } = late(wearer, 60, 120).Item;
    await put({ ...first, Item: { ...unmarked, ...(inputs && { inputs }) } });
    expect(await items().remove(found?.item ?? {})).toBe(false);
    expect(await load(wearer)).toHaveLength(1);
    expect(await dueOf(wearer)).toEqual([archiveDueAt(DAY)]);
  });

  it('that is gone already stays gone', async () => {
    const wearer = aWearer();
    await put(late(wearer, 60));
    const [found] = await load(wearer);
    await items().remove(found?.item ?? {});
    expect(await items().remove(found?.item ?? {})).toBe(false);
    await items().leave(found?.item ?? {}, DAY, NEXT_DAY);
    expect(await load(wearer)).toEqual([]);
  });

  it('that reaches into a kept day is due with that day', async () => {
    const wearer = aWearer();
    await put(late(wearer, 60, 43_200));
    const [found] = await load(wearer);
    expect(found?.days).toEqual([DAY, NEXT_DAY]);
    await items().leave(found?.item ?? {}, DAY, NEXT_DAY);
    expect(await load(wearer)).toMatchObject([{ archivedTo: DAY }]);
    expect(await dueOf(wearer)).toEqual([archiveDueAt(NEXT_DAY)]);
  });
});
