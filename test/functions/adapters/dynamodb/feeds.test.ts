import { DynamoDBClient, TransactWriteItemsCommand } from '@aws-sdk/client-dynamodb';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { headEndIdSchema } from '#domain/model/ids.ts';
import { type Activation, activationSchema } from '#domain/model/wearer.ts';
import { feeds, noteFeed, ofFeedPut, silentFeeds } from '#functions/adapters/dynamodb/feeds.ts';
import { json, keyItem } from '#functions/adapters/dynamodb/items.ts';
import { wornKey } from '#functions/adapters/dynamodb/keys.ts';
import { feedLimits } from '#lib/thresholds.ts';
import { later, T, violation } from '#test/support/alerts.ts';
import { fakeDynamoDb } from '#test/support/fakes/fake-dynamodb.ts';
import { WEARER } from '#test/support/supervisions.ts';

const { agencyId } = WEARER;
const A = headEndIdSchema.parse('head-end');
const B = headEndIdSchema.parse('another');

let client: DynamoDBClient;
let db: ReturnType<typeof fakeDynamoDb>;
beforeEach(() => {
  client = new DynamoDBClient({ region: 'eu-west-2' });
  db = fakeDynamoDb(client);
});
afterEach(() => db.restore());

const wear = async (wearerId: string, fields: object = {}): Promise<void> => {
  const activation: Activation = activationSchema.parse({
    ...{ activationId: `a-${wearerId}`, wearerId, headEndId: A, deviceSerial: `T-${wearerId}` },
    ...{ startsAt: later(-86_400), endsAt: null, ...fields },
  });
  const key = wornKey({ agencyId, wearerId: activation.wearerId }, activation.activationId);
  const worn = { TableName: 'monitoring', Item: { ...keyItem(key), body: json(activation) } };
  const TransactItems = [{ Put: worn }, ofFeedPut('monitoring', agencyId, activation)];
  await client.send(new TransactWriteItemsCommand({ TransactItems }));
};

const wearAll = async (n: number): Promise<void> => {
  for (let i = 1; i <= n; i += 1) await wear(`w-${i}`);
};

const silent = (wearerId: string) =>
  violation({
    ...{ violationId: `${wearerId}.device-care.abc`, wearerId, rule: 'device-silent' },
    ...{ reason: 'device-silent', conditionKind: 'device-care', openedAt: later(-3_600) },
  });

const lateOf = (wearerId: string) =>
  feeds(client, 'monitoring', feedLimits).lateFeedOf(agencyId, silent(wearerId));
const heard = (headEndId: typeof A, seconds: number) =>
  noteFeed(client, 'monitoring')(agencyId, headEndId, later(seconds));

describe('given a head-end of five wearers', () => {
  it('that fell silent with one of them: the first to ask speaks for all, always', async () => {
    await wearAll(5);
    await heard(A, -3_400);
    expect(await lateOf('w-2')).toMatchObject({ headEndId: A, isLarge: true, speaks: true });
    expect(await lateOf('w-1')).toMatchObject({ isLarge: true, speaks: false });
    expect(await lateOf('w-2')).toMatchObject({ heardAt: later(-3_400), speaks: true });
  });

  it('of which something came since, it is no feed that is late', async () => {
    await wearAll(5);
    await heard(A, -3_000);
    expect(await lateOf('w-1')).toBeNull();
  });

  it('of which nobody knows when it was heard, it is no feed that is late', async () => {
    await wearAll(5);
    expect(await lateOf('w-1')).toBeNull();
  });

  it('and another of which the same wearer wears a device, either may tell of them', async () => {
    await wearAll(5);
    await wear('w-1', { activationId: 'a-b', headEndId: B });
    await heard(A, -3_400);
    await heard(B, -60);
    expect(await lateOf('w-1')).toBeNull();
    expect(await lateOf('w-2')).not.toBeNull();
  });

  it('one of whom wears it no longer, they are too few to tell a feed by', async () => {
    await wearAll(4);
    await wear('w-5', { endsAt: later(-7_200) });
    await heard(A, -3_400);
    expect(await lateOf('w-1')).toMatchObject({ isLarge: false, speaks: false });
  });
});

describe('what a feed was last heard of', () => {
  it('is noted at most each half minute by one sandbox', async () => {
    const note = noteFeed(client, 'monitoring');
    const before = db.itemsOf('monitoring');
    await note(agencyId, A, T);
    await note(agencyId, A, later(29));
    expect(before).toEqual([]);
    expect(db.itemsOf('monitoring')).toMatchObject([{ nextDueAt: { N: String(T) } }]);
    await note(agencyId, A, later(30));
    expect(db.itemsOf('monitoring')).toMatchObject([{ nextDueAt: { N: String(later(30)) } }]);
  });

  it('is asked of all feeds at once: silent since, and for less than a week', async () => {
    await heard(A, 0);
    await heard(B, 600);
    const silentUntil = silentFeeds(client, 'monitoring');
    expect(await silentUntil(later(300))).toEqual(['demo#FEED#head-end']);
    expect(await silentUntil(later(600))).toHaveLength(2);
    expect(await silentUntil(later(7 * 86_400 + 1))).toEqual(['demo#FEED#another']);
  });

  it('is still late for a violation until something comes of it later than together', async () => {
    await heard(A, -3_400);
    const { isStillLate } = feeds(client, 'monitoring', feedLimits);
    expect(await isStillLate(agencyId, A, silent('w-1'))).toBe(true);
    await heard(A, -60);
    expect(await isStillLate(agencyId, A, silent('w-1'))).toBe(false);
  });
});
