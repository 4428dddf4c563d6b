import type { TransactWriteItem } from '@aws-sdk/client-dynamodb';
import { type DynamoDBClient, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { type Instant, instantSchema, secondsAfter } from '#domain/model/instant.ts';
import { documents } from './documents.ts';
import { answerIfHeld, conditionHeld } from './errors.ts';
import { type Item, json, keyItem, number, readNumber, text } from './items.ts';
import { dueShard } from './keys.ts';
import type { DeliveryOutcome } from './liaison-feed-items.ts';
import { FEED_DELIVERY, type FeedOf, feedDeliveryKey, feedEventKey } from './liaison-feed-keys.ts';
import { transact } from './transact.ts';

/** Longer than one message takes to be handed over; whoever dies with it holds it up so long. */
const LEASE_SECONDS = 30;

/** How far the delivery of a feed has come. */
export type FeedDelivery = Readonly<{
  /** Every event up to this place has been dealt with. */
  done: number;
  /** Up to this place there are events to deliver. */
  wanted: number;
  /** Which lease it is: each has a number of its own. */
  lease: number;
  /** How often it failed since it last worked, since when, and until when it rests. */
  failures: number;
  failingSinceAt: Instant | null;
  restsUntilAt: Instant | null;
  /** When the agency was told that it fails; null: it was not. */
  toldAt: Instant | null;
}>;

const instantOf = (item: Item, name: string): Instant | null =>
  item[name] === undefined ? null : instantSchema.parse(readNumber(item, name));

const numberOf = (item: Item, name: string): number =>
  item[name] === undefined ? 0 : readNumber(item, name);

const deliveryFrom = (item: Item): FeedDelivery => ({
  done: numberOf(item, 'done'),
  wanted: numberOf(item, 'wanted'),
  lease: numberOf(item, 'lease'),
  failures: numberOf(item, 'failures'),
  failingSinceAt: instantOf(item, 'failingSinceAt'),
  restsUntilAt: instantOf(item, 'restsUntilAt'),
  toldAt: instantOf(item, 'toldAt'),
});

type Lease = Readonly<{ feed: FeedOf; lease: number }>;

/** What was dealt with under a lease, and what else is saved with that. */
export type Dealt = Readonly<{
  position: number;
  outcome: DeliveryOutcome;
  beside: readonly TransactWriteItem[];
}>;

/** Only under its own lease anybody writes; one who was slow finds that another has taken over. */
const UNDER_ITS_LEASE = 'lease = :lease AND attribute_exists(leasedUntilAt)';
const ALL_IS_DONE = 'wanted = :seen';
const NO_LONGER_FAILING = 'failures, failingSinceAt, restsUntilAt, toldAt';

/**
 * How far each feed was delivered, in order and by one at a time. What waits is due, so that the
 * sweep finds it whatever becomes of whoever was at it.
 */
export const feedDeliveries = (client: DynamoDBClient, TableName: string) => {
  const { loadItem } = documents(client, TableName);
  const keyOf = (feed: FeedOf) => keyItem(feedDeliveryKey(feed));

  const load = async (feed: FeedOf): Promise<FeedDelivery | null> => {
    const item = await loadItem(feedDeliveryKey(feed));
    return item === null ? null : deliveryFrom(item);
  };

  /** Says that there is something to deliver up to a place. Said twice it is the same. */
  const want = async (feed: FeedOf, position: number, now: Instant): Promise<void> => {
    const { pk, sk } = feedDeliveryKey(feed);
    const sent = client.send(
      new UpdateItemCommand({
        TableName,
        Key: keyOf(feed),
        UpdateExpression:
          'SET entity = :entity, agencyId = :agency, wanted = :position, ' +
          'nextDueAt = if_not_exists(nextDueAt, :now), dueShard = :shard',
        ConditionExpression: 'attribute_not_exists(wanted) OR wanted < :position',
        ExpressionAttributeValues: {
          ':entity': text(FEED_DELIVERY),
          ':agency': text(feed.agencyId),
          ':position': number(position),
          ':now': number(now),
          ':shard': text(dueShard(`${pk} ${sk}`)),
        },
      }),
    );
    // Record: it is wanted already, up to there or further.
    await conditionHeld(sent);
  };

  /**
   * Takes the lease of a feed in which something waits, or whose last lease was not ended; null:
   * there is none such, or not now.
   */
  const take = async (feed: FeedOf, now: Instant): Promise<FeedDelivery | null> => {
    const sent = client.send(
      new UpdateItemCommand({
        TableName,
        Key: keyOf(feed),
        UpdateExpression: 'SET leasedUntilAt = :until, nextDueAt = :until ADD lease :one',
        ConditionExpression: [
          'attribute_exists(nextDueAt)',
          '(attribute_not_exists(leasedUntilAt) OR leasedUntilAt < :now)',
          '(attribute_not_exists(restsUntilAt) OR restsUntilAt <= :now)',
        ].join(' AND '),
        ExpressionAttributeValues: {
          ':until': number(secondsAfter(now, LEASE_SECONDS)),
          ':now': number(now),
          ':one': number(1),
        },
        ReturnValues: 'ALL_NEW',
      }),
    );
    // Record: somebody else is at it and sees what is wanted, or it rests until its time.
    const answer = await answerIfHeld(sent);
    return answer === null ? null : deliveryFrom(answer.Attributes ?? {});
  };

  /** Goes on behind an event; false: another has the lease now. */
  const goOn = async ({ feed, lease }: Lease, dealt: Dealt, now: Instant): Promise<boolean> => {
    const until = number(secondsAfter(now, LEASE_SECONDS));
    const saved = await transact(client, [
      {
        Update: {
          TableName,
          Key: keyOf(feed),
          UpdateExpression: `SET done = :position, leasedUntilAt = :until, nextDueAt = :until REMOVE ${NO_LONGER_FAILING}`,
          ConditionExpression: UNDER_ITS_LEASE,
          ExpressionAttributeValues: {
            ...{ ':position': number(dealt.position), ':until': until, ':lease': number(lease) },
          },
        },
      },
      {
        Update: {
          TableName,
          Key: keyItem(feedEventKey(feed, dealt.position)),
          UpdateExpression: 'SET delivery = :outcome',
          ConditionExpression: 'attribute_exists(pk)',
          ExpressionAttributeValues: { ':outcome': json(dealt.outcome) },
        },
      },
      ...dealt.beside,
    ]);
    return saved === 'saved';
  };

  /** Ends the lease where nothing waits behind what was seen; false: there is more. */
  const finish = ({ feed, lease }: Lease, seen: number): Promise<boolean> =>
    conditionHeld(
      client.send(
        new UpdateItemCommand({
          TableName,
          Key: keyOf(feed),
          UpdateExpression: 'SET done = :seen REMOVE leasedUntilAt, nextDueAt, dueShard',
          ConditionExpression: [UNDER_ITS_LEASE, ALL_IS_DONE].join(' AND '),
          ExpressionAttributeValues: { ':seen': number(seen), ':lease': number(lease) },
        }),
      ),
    );

  /** Ends the lease before all is done; the next may begin at once. */
  const giveUp = ({ feed, lease }: Lease, now: Instant): Promise<boolean> =>
    conditionHeld(
      client.send(
        new UpdateItemCommand({
          TableName,
          Key: keyOf(feed),
          UpdateExpression: 'SET nextDueAt = :now REMOVE leasedUntilAt',
          ConditionExpression: UNDER_ITS_LEASE,
          ExpressionAttributeValues: { ':now': number(now), ':lease': number(lease) },
        }),
      ),
    );

  /** Ends the lease for the liaison takes nothing just now: nobody asks it again until then. */
  const rest = async (
    { feed, lease }: Lease,
    { now, untilAt }: Readonly<{ now: Instant; untilAt: Instant }>,
  ): Promise<boolean> =>
    conditionHeld(
      client.send(
        new UpdateItemCommand({
          TableName,
          Key: keyOf(feed),
          UpdateExpression:
            'SET restsUntilAt = :until, nextDueAt = :until, ' +
            'failingSinceAt = if_not_exists(failingSinceAt, :now) ' +
            'REMOVE leasedUntilAt ADD failures :one',
          ConditionExpression: UNDER_ITS_LEASE,
          ExpressionAttributeValues: {
            ...{ ':until': number(untilAt), ':now': number(now) },
            ...{ ':one': number(1), ':lease': number(lease) },
          },
        }),
      ),
    );

  /** Saves that the agency is told of a feed that fails, once, with what tells it. */
  const tell = (feed: FeedOf, now: Instant, memos: readonly TransactWriteItem[]) =>
    transact(client, [
      {
        Update: {
          TableName,
          Key: keyOf(feed),
          UpdateExpression: 'SET toldAt = :now',
          ConditionExpression: 'attribute_exists(failingSinceAt) AND attribute_not_exists(toldAt)',
          ExpressionAttributeValues: { ':now': number(now) },
        },
      },
      ...memos,
    ]);

  return { load, want, take, goOn, finish, giveUp, rest, tell };
};
export type FeedDeliveries = ReturnType<typeof feedDeliveries>;
