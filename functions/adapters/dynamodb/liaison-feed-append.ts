import type { DynamoDBClient, TransactWriteItem } from '@aws-sdk/client-dynamodb';
import type { LiaisonEvent } from '#domain/liaison/event.ts';
import type { AlertId, WearerId } from '#domain/model/ids.ts';
import type { TellingDecision } from '#domain/model/in-feed.ts';
import type { Instant } from '#domain/model/instant.ts';
import type { Disclosable, Liaison } from '#domain/model/liaison.ts';
import type { Pause } from '../clock/pause.ts';
import { documents } from './documents.ts';
import { type Item, keyItem, number, readNumber } from './items.ts';
import {
  type FeedEvent,
  feedEventFrom,
  feedEventItem,
  goneAtOf,
  type Incident,
  incidentFrom,
  incidentItem,
} from './liaison-feed-items.ts';
import {
  disclosureName,
  type FeedOf,
  feedEventKey,
  feedHeadKey,
  feedIdKey,
  feedIncidentKey,
  feedSourceKey,
} from './liaison-feed-keys.ts';
import { recordPut } from './record.ts';
import { sha256Hex } from './tokens.ts';
import { transact } from './transact.ts';

/** What is disclosed to a liaison, and on what it rests. */
export type Disclosure = Readonly<{
  event: LiaisonEvent;
  parts: readonly Disclosable[];
  liaison: Liaison;
  /** By which rule, or by whose decision and why; null: it is not known. */
  decision: TellingDecision | null;
  at: Instant;
  /** What else is saved with it. */
  beside: readonly TransactWriteItem[];
}>;

/** What an event is made of: the message it comes from, by a name of its own, and whom it is of. */
export type Source = Readonly<{ name: string; alertId: AlertId; wearerId: WearerId }>;

/** What the liaison knows of an alert when an event of it is made. */
export type Known = Readonly<{ incident: Incident; last: FeedEvent | null }>;

export type FeedTables = Readonly<{ monitoring: string; record: string }>;

const MOST_TRIES = 12;
const LONGEST_PAUSE_MILLISECONDS = 400;

/** Of many who append at once each waits for a time of its own, up to twice as long each try. */
const pauseOf = (name: string, tries: number): number => {
  const share = Number.parseInt(sha256Hex(`${name} ${tries}`).slice(0, 8), 16) / 2 ** 32;
  return share * Math.min(10 * 2 ** tries, LONGEST_PAUSE_MILLISECONDS);
};

/** What stands in the log of disclosures (Data Protection Act 2018, section 62). */
const entryOf = (feed: FeedOf, { alertId, wearerId }: Source, disclosure: Disclosure) => {
  const { event, parts, liaison, decision, at } = disclosure;
  return {
    ...{ wearer: { agencyId: feed.agencyId, wearerId }, at, type: 'disclosed' },
    name: disclosureName(feed, event.eventId),
    body: {
      ...{ type: 'disclosed', at, alertId, eventId: event.eventId, event: event.type },
      recipient: { liaisonId: liaison.liaisonId, kind: liaison.kind, name: liaison.name },
      ...{ fields: parts, legalBasis: liaison.legalBasis, purpose: liaison.purpose },
      ...{ status: event.status, format: liaison.format, by: liaison.delivery.by, decision },
    },
  };
};

/** Whoever saw less of an alert than stands in the feed makes its event anew. */
const guardOf = (known: Known | null) =>
  known === null
    ? { ConditionExpression: 'attribute_not_exists(pk)' }
    : {
        ConditionExpression: 'lastSequence = :last',
        ExpressionAttributeValues: { ':last': number(known.incident.lastSequence) },
      };

/**
 * Puts events at the end of feeds: each an order without a gap, in which what a message comes to
 * stands once, saved together with the entry of its disclosure.
 */
export const appendToFeed = (client: DynamoDBClient, tables: FeedTables, pause: Pause) => {
  const TableName = tables.monitoring;
  const { loadItem } = documents(client, TableName);

  const once = (item: Item): TransactWriteItem => ({
    Put: { TableName, Item: item, ConditionExpression: 'attribute_not_exists(pk)' },
  });

  const at = async (feed: FeedOf, position: number): Promise<FeedEvent | null> => {
    const item = await loadItem(feedEventKey(feed, position));
    return item === null ? null : feedEventFrom(item);
  };

  const madeOf = async (feed: FeedOf, { name }: Source): Promise<FeedEvent | null> => {
    const item = await loadItem(feedSourceKey(feed, name));
    return item === null ? null : at(feed, readNumber(item, 'position'));
  };

  const knownOf = async (feed: FeedOf, { alertId }: Source): Promise<Known | null> => {
    const item = await loadItem(feedIncidentKey(feed, alertId));
    if (item === null) return null;
    const incident = incidentFrom(item);
    return { incident, last: await at(feed, incident.lastPosition) };
  };

  const writesOf = (
    feed: FeedOf,
    source: Source,
    {
      made,
      known,
      appended,
    }: Readonly<{ made: Disclosure; known: Known | null; appended: FeedEvent }>,
  ): TransactWriteItem[] => {
    const place = { position: number(appended.position), ...goneAtOf(made.at) };
    return [
      {
        Put: {
          TableName,
          Item: { ...keyItem(feedHeadKey(feed)), position: number(appended.position) },
          ConditionExpression: 'attribute_not_exists(pk) OR #position = :before',
          ExpressionAttributeNames: { '#position': 'position' },
          ExpressionAttributeValues: { ':before': number(appended.position - 1) },
        },
      },
      once(feedEventItem(feed, appended)),
      once({ ...keyItem(feedIdKey(feed, made.event.eventId)), ...place }),
      once({ ...keyItem(feedSourceKey(feed, source.name)), ...place }),
      { Put: { TableName, Item: incidentItem(feed, appended), ...guardOf(known) } },
      recordPut(tables.record, entryOf(feed, source, made)),
      ...made.beside,
    ];
  };

  const tryOnce = async (
    feed: FeedOf,
    source: Source,
    make: (known: Known | null) => Promise<Disclosure>,
  ): Promise<FeedEvent | 'conflict'> => {
    const [head, known] = await Promise.all([loadItem(feedHeadKey(feed)), knownOf(feed, source)]);
    const made = await make(known);
    const { alertId, wearerId } = source;
    const position = (head === null ? 0 : readNumber(head, 'position')) + 1;
    const appended: FeedEvent = {
      ...{ position, event: made.event, alertId, wearerId, appendedAt: made.at },
      ...{ madeOf: source.name, acknowledgedAt: null, delivery: null },
    };
    const saved = await transact(client, writesOf(feed, source, { made, known, appended }));
    return saved === 'saved' ? appended : saved;
  };

  /**
   * Appends what a message comes to, made for what the liaison knows by then; what it came to
   * before is given as it stands. `make` may throw where it comes to nothing. One transaction.
   */
  return async (
    feed: FeedOf,
    source: Source,
    make: (known: Known | null) => Promise<Disclosure>,
  ): Promise<FeedEvent> => {
    for (let tries = 0; tries < MOST_TRIES; tries += 1) {
      const before = await madeOf(feed, source);
      if (before !== null) return before;
      const appended = await tryOnce(feed, source, make);
      if (appended !== 'conflict') return appended;
      await pause(pauseOf(source.name, tries));
    }
    throw new Error('the feed kept being changed by others: it is appended to again');
  };
};
export type AppendToFeed = ReturnType<typeof appendToFeed>;
