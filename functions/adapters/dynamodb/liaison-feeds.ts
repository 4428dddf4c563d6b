import {
  type DynamoDBClient,
  type TransactWriteItem,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';

import {
  type EventId,
  type IncidentId,
  incidentIdSchema,
  type LiaisonEvent,
  liaisonEventSchema,
} from '#domain/liaison/event.ts';
import { type AlertId, alertIdSchema, type WearerId, wearerIdSchema } from '#domain/model/ids.ts';
import type { TellingDecision } from '#domain/model/in-feed.ts';
import { type Instant, instant } from '#domain/model/instant.ts';
import type { Disclosable, Liaison } from '#domain/model/liaison.ts';
import { documents } from './documents.ts';
import { conditionHeld } from './errors.ts';
import { type Item, json, keyItem, number, readJson, readNumber, readText, text } from './items.ts';
import {
  disclosureName,
  type FeedOf,
  feedEventKey,
  feedEventsAfter,
  feedHeadKey,
  feedIdKey,
  feedIncidentKey,
} from './liaison-feed-keys.ts';
import { between, queryAll } from './query.ts';
import { recordPut } from './record.ts';
import { transact } from './transact.ts';

/** An event as it stands in the feed of one liaison, and for good. */
export type FeedEvent = Readonly<{
  position: number;
  event: LiaisonEvent;
  alertId: AlertId;
  wearerId: WearerId;
  appendedAt: Instant;
  /** When the liaison said that it has it; null: it has not. */
  acknowledgedAt: Instant | null;
}>;

/** What is disclosed to a liaison, and on what it rests. */
export type Disclosure = Readonly<{
  event: LiaisonEvent;
  parts: readonly Disclosable[];
  liaison: Liaison;
  alertId: AlertId;
  wearerId: WearerId;
  at: Instant;
  /** Why it is told of this alert; absent: that is not known. */
  decision?: TellingDecision | undefined;
  /** What else is saved with it, as it has to be just now. */
  beside: () => Promise<readonly TransactWriteItem[]>;
}>;

const MOST_TRIES = 8;

const fromItem = (item: Item): FeedEvent => ({
  position: readNumber(item, 'position'),
  event: readJson(item, 'body', liaisonEventSchema),
  alertId: alertIdSchema.parse(readText(item, 'alertId')),
  wearerId: wearerIdSchema.parse(readText(item, 'wearerId')),
  appendedAt: instant(readNumber(item, 'appendedAt')),
  acknowledgedAt:
    item.acknowledgedAt === undefined ? null : instant(readNumber(item, 'acknowledgedAt')),
});

const once = (TableName: string, item: Item): TransactWriteItem => ({
  Put: { TableName, Item: item, ConditionExpression: 'attribute_not_exists(pk)' },
});

/** What stands in the log of disclosures (Data Protection Act 2018, section 62). */
const entryOf = (
  feed: FeedOf,
  { event, parts, liaison, alertId, at, wearerId, decision }: Disclosure,
) => ({
  ...{ wearer: { agencyId: feed.agencyId, wearerId }, at, type: 'disclosed' },
  name: disclosureName(feed, event.eventId),
  body: {
    ...{ type: 'disclosed', at, alertId, eventId: event.eventId, event: event.type },
    recipient: { liaisonId: liaison.liaisonId, kind: liaison.kind, name: liaison.name },
    ...{ fields: parts, legalBasis: liaison.legalBasis, purpose: liaison.purpose },
    ...{ status: event.status, format: liaison.format, by: liaison.delivery.by },
    decision: decision ?? null,
  },
});

export type FeedTables = Readonly<{ monitoring: string; record: string }>;

/**
 * The feeds of liaisons: each an order of events without a gap, in which an event stands once,
 * saved together with the entry of its disclosure.
 */
export const liaisonFeeds = (client: DynamoDBClient, tables: FeedTables) => {
  const TableName = tables.monitoring;
  const { loadItem } = documents(client, TableName);

  const at = async (feed: FeedOf, position: number): Promise<FeedEvent | null> => {
    const item = await loadItem(feedEventKey(feed, position));
    return item === null ? null : fromItem(item);
  };

  /** Where an event of theirs stands; null: it does not. */
  const find = async (feed: FeedOf, eventId: EventId): Promise<FeedEvent | null> => {
    const item = await loadItem(feedIdKey(feed, eventId));
    return item === null ? null : at(feed, readNumber(item, 'position'));
  };

  /** Under which id they know an alert; null: they were never told of it. */
  const incidentOf = async (feed: FeedOf, alertId: AlertId): Promise<IncidentId | null> => {
    const item = await loadItem(feedIncidentKey(feed, alertId));
    return item === null ? null : incidentIdSchema.parse(readText(item, 'incidentId'));
  };

  const itemsFor = async (feed: FeedOf, disclosure: Disclosure, position: number) => {
    const { event, alertId, wearerId, at: appendedAt } = disclosure;
    const named = { alertId: text(alertId), wearerId: text(wearerId) };
    const head = {
      Put: {
        TableName,
        Item: { ...keyItem(feedHeadKey(feed)), position: number(position) },
        ConditionExpression: 'attribute_not_exists(pk) OR #position = :before',
        ExpressionAttributeNames: { '#position': 'position' },
        ExpressionAttributeValues: { ':before': number(position - 1) },
      },
    };
    const incident = {
      ...keyItem(feedIncidentKey(feed, alertId)),
      incidentId: text(event.incidentId),
    };
    return [
      head,
      once(TableName, {
        ...keyItem(feedEventKey(feed, position)),
        ...{ entity: text('LIAISON_EVENT'), agencyId: text(feed.agencyId), ...named },
        ...{ position: number(position), appendedAt: number(appendedAt), body: json(event) },
      }),
      once(TableName, {
        ...keyItem(feedIdKey(feed, event.eventId)),
        ...{ position: number(position) },
      }),
      ...(event.sequence === 1 ? [once(TableName, incident)] : []),
      recordPut(tables.record, entryOf(feed, disclosure)),
      ...(await disclosure.beside()),
    ];
  };

  /**
   * Puts an event at the end of the feed, and its disclosure on record: one transaction. An event
   * that is there already is given as it stands.
   */
  const append = async (feed: FeedOf, disclosure: Disclosure): Promise<FeedEvent> => {
    for (let tries = 0; tries < MOST_TRIES; tries += 1) {
      const head = await loadItem(feedHeadKey(feed));
      const position = (head === null ? 0 : readNumber(head, 'position')) + 1;
      const saved = await transact(client, await itemsFor(feed, disclosure, position));
      const { event, alertId, wearerId, at: appendedAt } = disclosure;
      if (saved === 'saved') {
        return { position, event, alertId, wearerId, appendedAt, acknowledgedAt: null };
      }
      const found = await find(feed, event.eventId);
      if (found !== null) return found;
    }
    throw new Error('the feed kept being changed by others: it is appended to again');
  };

  /** Some events behind a place, in their order. */
  const after = async (feed: FeedOf, position: number, most: number): Promise<FeedEvent[]> => {
    const { pk, range } = feedEventsAfter(feed, position);
    const items = await queryAll(client, { ...between(TableName, pk, range), Limit: most }, most);
    return items.map(fromItem);
  };

  /** The newest events, the newest first, up to so many. */
  const newest = async (feed: FeedOf, most: number): Promise<FeedEvent[]> => {
    const { pk, range } = feedEventsAfter(feed, 0);
    const query = { ...between(TableName, pk, range), ScanIndexForward: false, Limit: most };
    return (await queryAll(client, query, most)).map(fromItem);
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

  return { at, find, incidentOf, append, after, newest, acknowledge };
};
export type LiaisonFeeds = ReturnType<typeof liaisonFeeds>;
