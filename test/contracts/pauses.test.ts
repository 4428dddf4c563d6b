import { PutItemCommand, TransactWriteItemsCommand } from '@aws-sdk/client-dynamodb';
import { describe, expect, it } from 'vitest';
import { agencyIdSchema, alertIdSchema } from '#domain/model/ids.ts';
import { toIso } from '#domain/model/instant.ts';
import { documents } from '#functions/adapters/dynamodb/documents.ts';
import { pauseKey } from '#functions/adapters/dynamodb/hold-keys.ts';
import { keyItem, text } from '#functions/adapters/dynamodb/items.ts';
import { pauseStore } from '#functions/adapters/dynamodb/pauses.ts';
import { later, T } from '#test/support/alerts.ts';
import { pause } from '#test/support/pauses.ts';
import { STORES } from './stores.ts';
import { useStore } from './use-store.ts';

const agencyId = agencyIdSchema.parse('pausing');
const one = pause();
const { pauseId } = one;

describe.each(STORES)('pauses in $name', ({ start }) => {
  const { store } = useStore(start);
  const kept = () => pauseStore(store().client, store().names.monitoring);

  it('are loaded as they stand, with when they came to; earlier versions are not', async () => {
    const { save } = documents(store().client, store().names.monitoring);
    const body = { ...one, startsAt: toIso(one.startsAt), endsAt: toIso(one.endsAt) };
    const write = { key: pauseKey(agencyId, pauseId), entity: 'PAUSE', body };
    await save({ ...write, readVersion: 0, changedAt: T });
    await save({ ...write, readVersion: 1, changedAt: later(9) });
    const Item = { ...keyItem({ ...write.key, sk: 'PAUSE#broken' }), body: text('{') };
    const put = new PutItemCommand({ TableName: store().names.monitoring, Item });
    await store().client.send(put);
    expect(await kept().load(agencyId)).toEqual([{ pause: one, changedAt: later(9) }]);
  });

  it('know in which order they have held alerts, each once', async () => {
    const ids = ['c', 'a', 'b'].map((id) => alertIdSchema.parse(id));
    const asked = ids.map((alertId, i) => ({ pauseId, alertId, at: later(i) }));
    for (const paused of [...asked.toReversed(), ...asked]) {
      const TransactItems = [kept().heldPut(agencyId, paused)];
      await store().client.send(new TransactWriteItemsCommand({ TransactItems }));
    }
    const nth = await Promise.all(asked.map((paused) => kept().countBefore(agencyId, paused)));
    expect(nth).toEqual([0, 1, 2]);
    const none = { pauseId, alertId: alertIdSchema.parse('none') };
    expect(await kept().countBefore(agencyId, none)).toBe(3);
  });
});
