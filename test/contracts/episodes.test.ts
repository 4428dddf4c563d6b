import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { describe, expect, it } from 'vitest';
import { NO_EPISODES, withAlert } from '#domain/escalate/episodes.ts';
import type { Episodes } from '#domain/model/episodes.ts';
import { episodeStore } from '#functions/adapters/dynamodb/episodes.ts';
import { episodesKey } from '#functions/adapters/dynamodb/hold-keys.ts';
import { keyItem, number, text } from '#functions/adapters/dynamodb/items.ts';
import { transact } from '#functions/adapters/dynamodb/transact.ts';
import { T, violationOpens } from '#test/support/alerts.ts';
import { alertAfter } from '#test/support/given-alert.ts';
import { STORES } from './stores.ts';
import { useStore } from './use-store.ts';

const opened = (violationId: string): Episodes => {
  const alert = alertAfter({ command: violationOpens({ violationId }), now: T });
  return withAlert(NO_EPISODES, alert, T);
};

describe.each(STORES)('what goes on of a wearer in $name', ({ start }) => {
  const { store, aWearer } = useStore(start);
  const kept = () => episodeStore(store().client, store().names.monitoring);

  it('is nothing at first, and comes back as it was saved', async () => {
    const { agencyId, wearerId } = aWearer();
    const first = await kept().load(agencyId, wearerId);
    expect(first).toMatchObject({ version: 0, episodes: NO_EPISODES });
    await transact(store().client, [kept().put(first, opened('a'))]);
    expect(await kept().load(agencyId, wearerId)).toMatchObject({
      ...{ version: 1, episodes: opened('a') },
    });
  });

  it('has one winner where two save what they read at the same time', async () => {
    const { agencyId, wearerId } = aWearer();
    for (const rounds of [1, 2]) {
      const read = await kept().load(agencyId, wearerId);
      const racers = ['a', 'b'].map((id) =>
        transact(store().client, [kept().put(read, opened(`${id}${rounds}`))]),
      );
      expect((await Promise.all(racers)).sort()).toEqual(['conflict', 'saved']);
    }
  });

  it('is begun anew where it cannot be read, and no alert waits for that', async () => {
    const wearer = aWearer();
    const Item = { ...keyItem(episodesKey(wearer)), version: number(7), body: text('{') };
    await store().client.send(new PutItemCommand({ TableName: store().names.monitoring, Item }));
    const read = await kept().load(wearer.agencyId, wearer.wearerId);
    expect(read).toMatchObject({ version: 7, episodes: NO_EPISODES });
    expect(await transact(store().client, [kept().put(read, opened('a'))])).toBe('saved');
  });
});
