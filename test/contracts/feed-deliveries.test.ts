import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { describe, expect, it } from 'vitest';
import { agencyIdSchema } from '#domain/model/ids.ts';
import { due } from '#functions/adapters/dynamodb/due.ts';
import { feedDeliveries } from '#functions/adapters/dynamodb/feed-deliveries.ts';
import { keyItem } from '#functions/adapters/dynamodb/items.ts';
import { FEED_DELIVERY, feedEventKey } from '#functions/adapters/dynamodb/liaison-feed-keys.ts';
import { later, T } from '#test/support/alerts.ts';
import { liaisonId } from '#test/support/liaisons.ts';
import { STORES } from './stores.ts';
import { useStore } from './use-store.ts';

const agencyId = agencyIdSchema.parse('delivering');
const delivered = (position: number) => ({
  ...{ position, beside: [] },
  outcome: { is: 'delivered' as const, at: T, detail: 'provider' },
});

describe.each(STORES)('the delivery of a feed in $name', ({ start }) => {
  const { store } = useStore(start);
  const deliveries = () => feedDeliveries(store().client, store().names.monitoring);
  let made = 0;
  const aFeed = async (events: number) => {
    made += 1;
    const feed = { agencyId, liaisonId: liaisonId(`force-${made}`), door: 'actual' } as const;
    for (let position = 1; position <= events; position += 1) {
      const Item = keyItem(feedEventKey(feed, position));
      await store().client.send(new PutItemCommand({ TableName: store().names.monitoring, Item }));
    }
    return feed;
  };
  const dueUntil = async (seconds: number) =>
    (await due(store().client, store().names.monitoring)(later(seconds))).filter(
      ({ sk }) => sk === FEED_DELIVERY,
    ).length;

  it('is taken by one of those who would have it, and by nobody where nothing waits', async () => {
    const feed = await aFeed(1);
    expect(await deliveries().take(feed, T)).toBeNull();
    await deliveries().want(feed, 1, T);
    const takers = [1, 2, 3].map(() => deliveries().take(feed, T));
    const taken = (await Promise.all(takers)).filter((one) => one !== null);
    expect(taken).toEqual([{ ...{ done: 0, wanted: 1, lease: 1, failures: 0 }, ...NOTHING_WRONG }]);
  });

  it('goes on event by event, and ends where all that was wanted is done', async () => {
    const feed = await aFeed(2);
    const { want, take, goOn, finish, load } = deliveries();
    await want(feed, 2, T);
    await want(feed, 1, T);
    const lease = { feed, lease: (await take(feed, T))?.lease ?? 0 };
    expect(await goOn(lease, delivered(1), later(1))).toBe(true);
    expect(await finish(lease, 1)).toBe(false);
    expect(await goOn(lease, delivered(2), later(2))).toBe(true);
    expect(await finish(lease, 2)).toBe(true);
    expect(await load(feed)).toMatchObject({ done: 2, wanted: 2 });
    expect(await take(feed, later(3))).toBeNull();
    expect(await finish(lease, 2)).toBe(false);
  });

  it('is ended by the next where whoever did the last of it died before its end', async () => {
    const feed = await aFeed(1);
    const { want, take, goOn, finish } = deliveries();
    await want(feed, 1, T);
    const died = { feed, lease: (await take(feed, T))?.lease ?? 0 };
    await goOn(died, delivered(1), T);
    const next = { feed, lease: (await take(feed, later(31)))?.lease ?? 0 };
    expect(next.lease).toBe(2);
    const before = await dueUntil(100);
    expect(await finish(next, 1)).toBe(true);
    expect(await dueUntil(100)).toBe(before - 1);
  });

  it('is not at an end where more was wanted meanwhile', async () => {
    const feed = await aFeed(2);
    const { want, take, goOn, finish } = deliveries();
    await want(feed, 1, T);
    const lease = { feed, lease: (await take(feed, T))?.lease ?? 0 };
    await goOn(lease, delivered(1), T);
    await want(feed, 2, T);
    expect(await finish(lease, 1)).toBe(false);
    expect(await goOn(lease, delivered(2), T)).toBe(true);
    expect(await finish(lease, 2)).toBe(true);
  });

  it('is taken over when whoever had it is late, and they move nothing on', async () => {
    const feed = await aFeed(1);
    const { want, take, goOn, rest, giveUp, finish } = deliveries();
    await want(feed, 1, T);
    const slow = { feed, lease: (await take(feed, T))?.lease ?? 0 };
    expect(await take(feed, later(30))).toBeNull();
    const next = { feed, lease: (await take(feed, later(31)))?.lease ?? 0 };
    expect(next.lease).toBe(slow.lease + 1);
    expect(await goOn(slow, delivered(1), later(32))).toBe(false);
    expect(await rest(slow, { now: later(32), untilAt: later(60) })).toBe(false);
    expect(await giveUp(slow, later(32))).toBe(false);
    expect(await finish(slow, 1)).toBe(false);
    expect(await goOn(next, delivered(1), later(32))).toBe(true);
  });

  it('rests until its time, is due by then, and is told of once', async () => {
    const feed = await aFeed(1);
    const { want, take, goOn, rest, tell, load } = deliveries();
    await want(feed, 1, T);
    const lease = { feed, lease: (await take(feed, T))?.lease ?? 0 };
    await rest(lease, { now: T, untilAt: later(60) });
    expect(await take(feed, later(59))).toBeNull();
    expect(await load(feed)).toMatchObject({ failures: 1, failingSinceAt: T, toldAt: null });
    const message = (n: number) => ({
      Put: { TableName: store().names.monitoring, Item: keyItem({ pk: `told-${n}`, sk: 'x' }) },
    });
    expect(await tell(feed, later(50), [message(1)])).toBe('saved');
    expect(await tell(feed, later(51), [message(2)])).toBe('conflict');
    const before = await dueUntil(59);
    expect(await dueUntil(60)).toBe(before + 1);
    const again = await take(feed, later(60));
    expect(again).toMatchObject({ failures: 1, toldAt: later(50) });
    await goOn({ feed, lease: again?.lease ?? 0 }, delivered(1), later(61));
    expect(await load(feed)).toMatchObject({ ...NOTHING_WRONG, failures: 0 });
    expect(await tell(feed, later(62), [message(3)])).toBe('conflict');
  });

  it('puts nothing beside a feed where an event is gone', async () => {
    const feed = await aFeed(0);
    const { want, take, goOn } = deliveries();
    await want(feed, 1, T);
    const lease = { feed, lease: (await take(feed, T))?.lease ?? 0 };
    expect(await goOn(lease, delivered(1), T)).toBe(false);
  });

  it('that was given up is taken at once', async () => {
    const feed = await aFeed(1);
    const { want, take, giveUp } = deliveries();
    await want(feed, 1, T);
    const lease = { feed, lease: (await take(feed, T))?.lease ?? 0 };
    expect(await giveUp(lease, later(1))).toBe(true);
    expect(await take(feed, later(1))).toMatchObject({ lease: 2 });
  });
});

const NOTHING_WRONG = { failingSinceAt: null, restsUntilAt: null, toldAt: null };
