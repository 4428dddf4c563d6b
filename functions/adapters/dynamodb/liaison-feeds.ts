import { type DynamoDBClient, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import type { EventId, Traffic } from '#domain/liaison/event.ts';
import { doorSchema } from '#domain/liaison/traffic.ts';
import type { AlertId } from '#domain/model/ids.ts';
import type { Instant } from '#domain/model/instant.ts';
import { documents } from './documents.ts';
import { conditionHeld } from './errors.ts';
import { keyItem, number, readNumber, text } from './items.ts';
import {
  type FeedEvent,
  feedEventFrom,
  type Incident,
  incidentFrom,
} from './liaison-feed-items.ts';
import {
  type FeedOf,
  feedEventKey,
  feedEventsAfter,
  feedHeadKey,
  feedIdKey,
  feedIncidentKey,
  standingListKey,
} from './liaison-feed-keys.ts';
import { between, queryAll } from './query.ts';

type Asked = Readonly<{ status: Traffic; before: number; most: number }>;

/** The feeds of liaisons: what each was told, in one order, and what it has of that. */
export const liaisonFeeds = (client: DynamoDBClient, TableName: string) => {
  const { loadItem } = documents(client, TableName);

  const at = async (feed: FeedOf, position: number): Promise<FeedEvent | null> => {
    const item = await loadItem(feedEventKey(feed, position));
    return item === null ? null : feedEventFrom(item);
  };

  /** Where an event of theirs stands; null: it does not. */
  const find = async (feed: FeedOf, eventId: EventId): Promise<FeedEvent | null> => {
    const item = await loadItem(feedIdKey(feed, eventId));
    return item === null ? null : at(feed, readNumber(item, 'position'));
  };

  /** An event of theirs, in whichever of their two feeds it stands; null: in neither. */
  const findInEither = async (
    liaison: Omit<FeedOf, 'door'>,
    eventId: EventId,
  ): Promise<FeedEvent | null> => {
    for (const door of doorSchema.options) {
      const found = await find({ ...liaison, door }, eventId);
      if (found !== null) return found;
    }
    return null;
  };

  /** How an alert stands with them; null: they were never told of it. */
  const incidentOf = async (feed: FeedOf, alertId: AlertId): Promise<Incident | null> => {
    const item = await loadItem(feedIncidentKey(feed, alertId));
    return item === null ? null : incidentFrom(item);
  };

  /** Some events behind a place, in their order. */
  const after = async (feed: FeedOf, position: number, most: number): Promise<FeedEvent[]> => {
    const { pk, range } = feedEventsAfter(feed, position);
    const items = await queryAll(client, { ...between(TableName, pk, range), Limit: most }, most);
    return items.map(feedEventFrom);
  };

  /** How far the feed has come; 0: nothing was ever told by it. */
  const lastPosition = async (feed: FeedOf): Promise<number> => {
    const head = await loadItem(feedHeadKey(feed));
    return head === null ? 0 : readNumber(head, 'position');
  };

  /**
   * Incidents that stand, of which the last event lies before a place, the newest first, up to so
   * many; a second behind at most.
   */
  const standing = async (feed: FeedOf, { status, before, most }: Asked): Promise<Incident[]> => {
    const query = {
      ...{ TableName, IndexName: 'list', ScanIndexForward: false, Limit: most },
      KeyConditionExpression: 'listKey = :list AND listAt < :before',
      ExpressionAttributeValues: {
        ':list': text(standingListKey(feed, status)),
        ':before': number(before),
      },
    };
    return (await queryAll(client, query, most)).map(incidentFrom);
  };

  /** Notes that they have an event; `known`: it was noted before; `unknown`: there is none such. */
  const acknowledge = async (
    feed: FeedOf,
    eventId: EventId,
    now: Instant,
  ): Promise<'noted' | 'known' | 'unknown'> => {
    const item = await loadItem(feedIdKey(feed, eventId));
    if (item === null) return 'unknown';
    const isNoted = await conditionHeld(
      client.send(
        new UpdateItemCommand({
          TableName,
          Key: keyItem(feedEventKey(feed, readNumber(item, 'position'))),
          UpdateExpression: 'SET acknowledgedAt = :at',
          ConditionExpression: 'attribute_exists(pk) AND attribute_not_exists(acknowledgedAt)',
          ExpressionAttributeValues: { ':at': number(now) },
        }),
      ),
    );
    return isNoted ? 'noted' : 'known';
  };

  return { at, find, findInEither, incidentOf, after, lastPosition, standing, acknowledge };
};
export type LiaisonFeeds = ReturnType<typeof liaisonFeeds>;
