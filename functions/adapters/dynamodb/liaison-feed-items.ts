import * as z from 'zod';
import {
  type IncidentId,
  incidentIdSchema,
  type LiaisonEvent,
  liaisonEventSchema,
  type Traffic,
  trafficSchema,
} from '#domain/liaison/event.ts';
import { type AlertId, alertIdSchema, type WearerId, wearerIdSchema } from '#domain/model/ids.ts';
import {
  DAY_SECONDS,
  type Instant,
  instant,
  instantSchema,
  secondsAfter,
} from '#domain/model/instant.ts';
import { type Item, json, keyItem, number, readJson, readNumber, readText, text } from './items.ts';
import {
  type FeedOf,
  feedEventKey,
  feedIncidentKey,
  standingListKey,
} from './liaison-feed-keys.ts';

/**
 * So long a liaison can fetch what it was told: a quarter of a year, in which a court asks what was
 * known when. The log of disclosures stays, for what was told and why.
 */
export const FEED_KEPT_DAYS = 92;

/** Whether an event is still to be had, whenever its item is really gone. */
export const isKept =
  (now: Instant) =>
  ({ appendedAt }: Readonly<{ appendedAt: Instant }>): boolean =>
    now < secondsAfter(appendedAt, FEED_KEPT_DAYS * DAY_SECONDS);

/** When an item of a feed is gone by itself; seconds of the epoch, as DynamoDB wants it. */
export const goneAtOf = (at: Instant): Item => ({
  goneAt: number(Math.ceil(at / 1000) + FEED_KEPT_DAYS * DAY_SECONDS),
});

const outcomeSchema = z.object({
  is: z.enum(['delivered', 'refused', 'not-sent']),
  at: instantSchema,
  /** The provider's id, or why not. */
  detail: z.string(),
});
/** What became of an event's delivery. */
export type DeliveryOutcome = z.infer<typeof outcomeSchema>;

/** An event as it stands in the feed of one liaison, and for good. */
export type FeedEvent = Readonly<{
  position: number;
  event: LiaisonEvent;
  /** The message that it was made of. */
  madeOf: string;
  alertId: AlertId;
  wearerId: WearerId;
  appendedAt: Instant;
  /** When the liaison said that it has it; null: it has not. */
  acknowledgedAt: Instant | null;
  /** What became of its delivery; null: it waits, or is fetched only. */
  delivery: DeliveryOutcome | null;
}>;

export const feedEventFrom = (item: Item): FeedEvent => ({
  position: readNumber(item, 'position'),
  event: readJson(item, 'body', liaisonEventSchema),
  madeOf: readText(item, 'madeOf'),
  alertId: alertIdSchema.parse(readText(item, 'alertId')),
  wearerId: wearerIdSchema.parse(readText(item, 'wearerId')),
  appendedAt: instant(readNumber(item, 'appendedAt')),
  acknowledgedAt:
    item.acknowledgedAt === undefined ? null : instant(readNumber(item, 'acknowledgedAt')),
  delivery: item.delivery === undefined ? null : readJson(item, 'delivery', outcomeSchema),
});

export const feedEventItem = (
  feed: FeedOf,
  { position, event, madeOf, alertId, wearerId, appendedAt }: FeedEvent,
): Item => ({
  ...keyItem(feedEventKey(feed, position)),
  ...{ entity: text('LIAISON_EVENT'), agencyId: text(feed.agencyId) },
  ...{ madeOf: text(madeOf), alertId: text(alertId), wearerId: text(wearerId) },
  ...{ position: number(position), appendedAt: number(appendedAt), body: json(event) },
  ...goneAtOf(appendedAt),
});

/** How an alert stands with a liaison that was told of it. */
export type Incident = Readonly<{
  incidentId: IncidentId;
  lastSequence: number;
  lastPosition: number;
  lastIssuedAt: string;
  status: Traffic;
  /** Whether the last event closed or cancelled it. */
  isOver: boolean;
}>;

export const incidentFrom = (item: Item): Incident => ({
  incidentId: incidentIdSchema.parse(readText(item, 'incidentId')),
  lastSequence: readNumber(item, 'lastSequence'),
  lastPosition: readNumber(item, 'lastPosition'),
  lastIssuedAt: readText(item, 'lastIssuedAt'),
  status: trafficSchema.parse(readText(item, 'status')),
  isOver: item.isOver?.BOOL === true,
});

/** What stands is listed, by traffic and by where its last event is; what is over is not. */
const standing = (
  feed: FeedOf,
  { position, event }: Pick<FeedEvent, 'position' | 'event'>,
): Item => {
  const isOver = event.type === 'closed' || event.type === 'cancelled';
  const listed = {
    listKey: text(standingListKey(feed, event.status)),
    listAt: number(position),
  };
  return { isOver: { BOOL: isOver }, ...(isOver ? {} : listed) };
};

/** It stays: whatever is told later goes on from it, also when its events are gone. */
export const incidentItem = (feed: FeedOf, { position, event, alertId }: FeedEvent): Item => ({
  ...keyItem(feedIncidentKey(feed, alertId)),
  ...{ incidentId: text(event.incidentId), status: text(event.status) },
  ...{ lastSequence: number(event.sequence), lastPosition: number(position) },
  lastIssuedAt: text(event.issuedAt),
  ...standing(feed, { position, event }),
});
