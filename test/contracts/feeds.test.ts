import { PutItemCommand, TransactWriteItemsCommand } from '@aws-sdk/client-dynamodb';
import { describe, expect, it } from 'vitest';
import { headEndIdSchema } from '#domain/model/ids.ts';
import { activationSchema } from '#domain/model/wearer.ts';
import { feeds, noteFeed, ofFeedPut, silentFeeds } from '#functions/adapters/dynamodb/feeds.ts';
import { json, keyItem } from '#functions/adapters/dynamodb/items.ts';
import { wornKey } from '#functions/adapters/dynamodb/keys.ts';
import { feedLimits } from '#lib/thresholds.ts';
import { later, violation } from '#test/support/alerts.ts';
import { WEARER } from '#test/support/supervisions.ts';
import { STORES } from './stores.ts';
import { useStore } from './use-store.ts';

const { agencyId } = WEARER;
const headEndId = headEndIdSchema.parse('head-end');

const silent = (wearerId: string) =>
  violation({
    ...{ violationId: `${wearerId}.device-care.abc`, wearerId, rule: 'device-silent' },
    ...{ reason: 'device-silent', conditionKind: 'device-care', openedAt: later(-3_600) },
  });

describe.each(STORES)('a feed in $name', ({ start }) => {
  const { store, aWearer } = useStore(start);

  it('is noted, found late with who fell silent with it, and told of by one alert', async () => {
    const { client, names } = store();
    const wearers = [1, 2, 3, 4, 5].map(aWearer);
    for (const wearer of wearers) {
      const activation = activationSchema.parse({
        ...{ activationId: `a-${wearer.wearerId}`, wearerId: wearer.wearerId, headEndId },
        ...{ deviceSerial: 'T-1', startsAt: later(-86_400), endsAt: null },
      });
      const key = keyItem(wornKey(wearer, activation.activationId));
      const Item = { ...key, body: json(activation) };
      await client.send(new PutItemCommand({ TableName: names.monitoring, Item }));
      const TransactItems = [ofFeedPut(names.monitoring, agencyId, activation)];
      await client.send(new TransactWriteItemsCommand({ TransactItems }));
    }
    await noteFeed(client, names.monitoring)(agencyId, headEndId, later(-3_600));
    const silentUntil = silentFeeds(client, names.monitoring);
    expect(await silentUntil(later(-900))).toEqual([`${agencyId}#FEED#${headEndId}`]);
    expect(await silentUntil(later(-3_601))).toEqual([]);

    const { lateFeedOf } = feeds(client, names.monitoring, feedLimits);
    const speaks: (boolean | undefined)[] = [];
    for (const { wearerId } of [...wearers, ...wearers.slice(0, 1)]) {
      speaks.push((await lateFeedOf(agencyId, silent(wearerId)))?.speaks);
    }
    expect(speaks).toEqual([true, false, false, false, false, true]);
  });
});
