import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { describe, expect, it } from 'vitest';
import { agencyIdSchema, alertIdSchema, personIdSchema } from '#domain/model/ids.ts';
import { due } from '#functions/adapters/dynamodb/due.ts';
import { number, text } from '#functions/adapters/dynamodb/items.ts';
import { alertPk, dueShard, outboxKey } from '#functions/adapters/dynamodb/keys.ts';
import { outbox } from '#functions/adapters/dynamodb/outbox.ts';
import { putOffs } from '#functions/adapters/dynamodb/put-off.ts';
import { throttles } from '#functions/adapters/dynamodb/throttles.ts';
import { later, T } from '#test/support/alerts.ts';
import { outboxImage } from '#test/support/pages.ts';
import { textPage } from '#test/support/text-desk.ts';
import { STORES } from './stores.ts';
import { useStore } from './use-store.ts';

const agencyId = agencyIdSchema.parse('texting');

describe.each(STORES)('text messages in $name', ({ start }) => {
  const { store } = useStore(start);
  const rows = () => outbox(store().client, store().names.monitoring);
  const waiting = () => putOffs(store().client, store().names.monitoring);
  const dueUntil = async (seconds: number) =>
    (await due(store().client, store().names.monitoring)(later(seconds))).map(({ pk }) => pk);

  /** A page's row, claimed by whoever sends it. */
  const claimed = async (n: number, by: string) => {
    const one = textPage(n);
    const key = outboxKey(alertPk(agencyId, alertIdSchema.parse(one.alertId)), 1);
    const Item = {
      ...{ ...outboxImage('page', one, key.pk), sk: text(key.sk) },
      ...{ nextDueAt: number(T), dueShard: text(dueShard(key.pk)) },
    };
    await store().client.send(new PutItemCommand({ TableName: store().names.monitoring, Item }));
    await rows().claim(key, { by, at: T });
    return { key, one };
  };

  it('of a contact are counted on the version that was read', async () => {
    const to = { agencyId, personId: personIdSchema.parse('officer') };
    const counted = throttles(store().client, store().names.monitoring);
    const first = await counted.load(to);
    expect(first).toEqual({ version: 0, sentAt: [], waiting: [] });
    for (const seconds of [1, 2]) {
      const read = await counted.load(to);
      const next = { ...read, sentAt: [later(seconds)], waiting: [{ pk: 'a', sk: 'b' }] };
      const racers = [counted.save(to, next), counted.save(to, next)];
      expect((await Promise.all(racers)).sort()).toEqual(['conflict', 'saved']);
      expect(await counted.load(to)).toEqual({ ...next, version: read.version + 1 });
    }
  });

  it('that are put off are brought by no sweep before their time', async () => {
    const { key } = await claimed(1, 'a');
    const put = { untilAt: later(900), reason: 'throttled' } as const;
    await waiting().putOff(key, { by: 'a', at: T }, put);
    expect(await dueUntil(899)).not.toContain(key.pk);
    expect(await dueUntil(900)).toContain(key.pk);
    expect(await rows().claim(key, { by: 'b', at: later(60) })).toBe('not-to-be-sent');
    await rows().touch(key, later(901), later(960));
    expect(await rows().claim(key, { by: 'b', at: later(901) })).toBe('claimed');
  });

  it('are put off by whoever has claimed them, and by nobody else', async () => {
    const { key } = await claimed(2, 'a');
    await waiting().putOff(key, { by: 'b', at: T }, { untilAt: later(900), reason: 'throttled' });
    expect(await dueUntil(0)).toContain(key.pk);
  });

  it('that wait are taken along once, and never from somebody who sends them', async () => {
    const { key, one } = await claimed(3, 'a');
    expect(await waiting().takePutOff(key, { by: 'b', at: T })).toBeNull();
    await waiting().putOff(key, { by: 'a', at: T }, { untilAt: later(900), reason: 'throttled' });
    const takers = ['b', 'c'].map((by) => waiting().takePutOff(key, { by, at: later(9) }));
    const taken = (await Promise.all(takers)).filter((row) => row !== null);
    expect(taken).toMatchObject([{ key, page: { pageId: one.pageId } }]);
    await rows().end(key, { status: 'bundled', reason: 'told with x', at: later(9) });
    expect(await waiting().takePutOff(key, { by: 'b', at: later(9) })).toBeNull();
  });
});
