import {
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  type TransactWriteItem,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { type FeedLimits, type FeedSeen, isLateWith } from '#domain/escalate/feed-late.ts';
import type { AgencyId, HeadEndId } from '#domain/model/ids.ts';
import { DAY_SECONDS, type Instant, instantSchema, secondsAfter } from '#domain/model/instant.ts';
import type { Violation } from '#domain/model/violation.ts';
import { type Activation, activationPhaseAt, activationSchema } from '#domain/model/wearer.ts';
import { conditionHeld } from './errors.ts';
import {
  FEED_SHARD,
  feedKey,
  feedLateKey,
  feedPk,
  OF_FEED_PREFIX,
  ofFeedKey,
} from './feed-keys.ts';
import { json, keyItem, number, readJson, readNumber, readText, text } from './items.ts';
import { wearerPk } from './keys.ts';
import { pagesOf, queryAll, startingWith } from './query.ts';

/** One sandbox says of a feed that it was heard at most so often. */
const NOTED_EVERY_SECONDS = 30;
/** A head-end that has been silent for longer is no longer counted: it may have been given up. */
const FORGOTTEN_AFTER_SECONDS = 7 * DAY_SECONDS;
const A_PAGE = 200;

/** Names an activation among those of its head-end. */
export const ofFeedPut = (
  TableName: string,
  agencyId: AgencyId,
  activation: Activation,
): TransactWriteItem => {
  const key = keyItem(ofFeedKey(agencyId, activation.headEndId, activation.activationId));
  const row = { entity: text('ACTIVATION-OF-FEED'), body: json(activation) };
  return { Put: { TableName, Item: { ...key, ...row } } };
};

/** Notes that something came of a feed, to half a minute. */
export const noteFeed = (client: DynamoDBClient, TableName: string) => {
  const notedAt = new Map<string, Instant>();
  return async (agencyId: AgencyId, headEndId: HeadEndId, now: Instant): Promise<void> => {
    const key = feedKey(agencyId, headEndId);
    const last = notedAt.get(key.pk);
    if (last !== undefined && now >= last && now < secondsAfter(last, NOTED_EVERY_SECONDS)) return;
    await client.send(
      new UpdateItemCommand({
        TableName,
        Key: keyItem(key),
        UpdateExpression: 'SET #entity = :feed, nextDueAt = :now, dueShard = :shard',
        ExpressionAttributeNames: { '#entity': 'entity' },
        ExpressionAttributeValues: {
          ...{ ':feed': text('FEED'), ':now': number(now), ':shard': text(FEED_SHARD) },
        },
      }),
    );
    notedAt.set(key.pk, now);
  };
};
export type NoteFeed = ReturnType<typeof noteFeed>;

/** The feeds of which nothing has come since an instant, for a week: their partitions. */
export const silentFeeds =
  (client: DynamoDBClient, TableName: string) =>
  async (until: Instant): Promise<string[]> => {
    const items = await queryAll(client, {
      TableName,
      IndexName: 'due',
      KeyConditionExpression: 'dueShard = :feed AND nextDueAt BETWEEN :from AND :until',
      ExpressionAttributeValues: {
        ':feed': text(FEED_SHARD),
        ':from': number(secondsAfter(until, -FORGOTTEN_AFTER_SECONDS)),
        ':until': number(until),
      },
    });
    return items.map((item) => readText(item, 'pk'));
  };
export type LoadSilentFeeds = ReturnType<typeof silentFeeds>;

/** When anything was last received of any feed; null where nothing came for a week. */
export const lastHeard =
  (client: DynamoDBClient, TableName: string) =>
  async (now: Instant): Promise<Instant | null> => {
    const [last] = await queryAll(
      client,
      {
        TableName,
        IndexName: 'due',
        KeyConditionExpression: 'dueShard = :feed AND nextDueAt BETWEEN :from AND :now',
        ScanIndexForward: false,
        Limit: 1,
        ExpressionAttributeValues: {
          ':feed': text(FEED_SHARD),
          ':from': number(secondsAfter(now, -FORGOTTEN_AFTER_SECONDS)),
          ':now': number(now),
        },
      },
      1,
    );
    return last === undefined ? null : instantSchema.parse(readNumber(last, 'nextDueAt'));
  };
export type LoadLastHeard = ReturnType<typeof lastHeard>;

/** What escalation asks about feeds. */
export const feeds = (client: DynamoDBClient, TableName: string, limits: FeedLimits) => {
  const heardAt = async (agencyId: AgencyId, headEndId: HeadEndId): Promise<Instant | null> => {
    const Key = keyItem(feedKey(agencyId, headEndId));
    const { Item: item } = await client.send(
      new GetItemCommand({ TableName, Key, ConsistentRead: true }),
    );
    return item === undefined ? null : instantSchema.parse(readNumber(item, 'nextDueAt'));
  };

  /** The head-ends of what a wearer wore when they fell silent. */
  const headEndsOf = async (agencyId: AgencyId, violation: Violation): Promise<HeadEndId[]> => {
    const pk = wearerPk({ agencyId, wearerId: violation.wearerId });
    const items = await queryAll(client, startingWith(TableName, pk, 'ACTIVATION#'));
    const worn = items
      .map((item) => readJson(item, 'body', activationSchema))
      .filter((one) => activationPhaseAt(one, violation.openedAt) === 'active');
    return [...new Set(worn.map(({ headEndId }) => headEndId))];
  };

  /** Whether a feed has as many wearers as it takes: read as far as that needs, and no further. */
  const isLarge = async (agencyId: AgencyId, headEndId: HeadEndId, at: Instant) => {
    const wearers = new Set<string>();
    const all = startingWith(TableName, feedPk(agencyId, headEndId), OF_FEED_PREFIX);
    const inPages = { ...all, ConsistentRead: false, Limit: A_PAGE };
    for await (const items of pagesOf(client, inPages)) {
      for (const item of items) {
        const one = readJson(item, 'body', activationSchema);
        if (activationPhaseAt(one, at) === 'active') wearers.add(one.wearerId);
      }
      if (wearers.size >= limits.leastWearers) return true;
    }
    return false;
  };

  /** The first to ask speaks for all who fell silent with the feed, also when it asks again. */
  const speaks = async (agencyId: AgencyId, late: FeedSeen, { violationId }: Violation) => {
    const key = feedLateKey(agencyId, late.headEndId, late.heardAt);
    const Item = {
      ...{ ...keyItem(key), entity: text('FEED-LATE'), violationId: text(violationId) },
    };
    const ConditionExpression = 'attribute_not_exists(pk) OR violationId = :own';
    const ExpressionAttributeValues = { ':own': text(violationId) };
    const command = new PutItemCommand({
      ...{ TableName, Item, ConditionExpression, ExpressionAttributeValues },
    });
    // Record: where another alert tells of it this one says that it waits.
    return conditionHeld(client.send(command));
  };

  /** The feed that fell silent with a wearer; null where any feed of theirs was heard since. */
  const lateFeedOf = async (agencyId: AgencyId, violation: Violation): Promise<FeedSeen | null> => {
    const headEnds = await headEndsOf(agencyId, violation);
    const heard = await Promise.all(headEnds.map((headEndId) => heardAt(agencyId, headEndId)));
    const isLate = (at: Instant | null) => at !== null && isLateWith(violation, at, limits);
    const [headEndId] = headEnds;
    const [lastAt] = heard;
    if (headEndId === undefined || !lastAt || !heard.every(isLate)) return null;
    const large = await isLarge(agencyId, headEndId, violation.openedAt);
    const seen = { headEndId, heardAt: lastAt, isLarge: large, speaks: false };
    return large ? { ...seen, speaks: await speaks(agencyId, seen, violation) } : seen;
  };

  /** Whether a feed is still as silent as when a violation began. */
  const isStillLate = async (agencyId: AgencyId, headEndId: HeadEndId, violation: Violation) => {
    const at = await heardAt(agencyId, headEndId);
    return at !== null && isLateWith(violation, at, limits);
  };

  return { lateFeedOf, isStillLate, limits };
};
export type Feeds = ReturnType<typeof feeds>;
