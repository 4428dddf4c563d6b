import type { DynamoDBClient, Put, TransactWriteItem } from '@aws-sdk/client-dynamodb';
import type { EventId } from '#domain/liaison/event.ts';
import type { Instant } from '#domain/model/instant.ts';
import type { Memo } from '#domain/model/memo.ts';
import type { FeedOf } from './liaison-feed-keys.ts';
import { liaisonFeeds } from './liaison-feeds.ts';
import { deliveryMemoKey } from './liaison-names-keys.ts';
import { liaisons } from './liaisons.ts';
import { outboxItem } from './outbox-item.ts';
import { putOnce } from './put-once.ts';

export type DeliveryTrouble = Extract<Memo, { about: 'liaison-delivery' }>;

type Liaison = Omit<FeedOf, 'door'>;

const putOf = (TableName: string, { agencyId }: Liaison, message: DeliveryTrouble): Put => {
  const { liaisonId, trouble, eventId, createdAt } = message;
  const key = deliveryMemoKey({ agencyId, liaisonId }, `${trouble}#${eventId ?? createdAt}`);
  const row = { kind: 'memo', agencyId, body: message, from: createdAt } as const;
  return { TableName, Item: outboxItem(key, row) };
};

/** A row of the outbox by which the duty manager hears how a liaison's feed fares. */
export const deliveryTroublePut =
  (TableName: string) =>
  (feed: FeedOf, message: DeliveryTrouble): TransactWriteItem => ({
    Put: putOf(TableName, feed, message),
  });
export type DeliveryTroublePut = ReturnType<typeof deliveryTroublePut>;

/**
 * Tells the duty manager, once, of an event that a liaison cannot use. False: it is no event
 * of theirs, and nobody is told.
 */
export const noteUnusable =
  (client: DynamoDBClient, TableName: string) =>
  async (liaison: Liaison, eventId: EventId, now: Instant): Promise<boolean> => {
    const { find } = liaisonFeeds(client, TableName);
    const found =
      (await find({ ...liaison, door: 'actual' }, eventId)) ??
      (await find({ ...liaison, door: 'exercise' }, eventId));
    const known = await liaisons(client, TableName).load(liaison.agencyId, liaison.liaisonId);
    if (found === null || known === null) return false;
    const message: DeliveryTrouble = {
      ...{ about: 'liaison-delivery', trouble: 'unusable', eventId },
      ...{ liaisonId: known.liaisonId, name: known.name, since: now, createdAt: now },
    };
    const ConditionExpression = 'attribute_not_exists(pk)';
    await putOnce(client, { Put: { ...putOf(TableName, liaison, message), ConditionExpression } });
    return true;
  };
export type NoteUnusable = ReturnType<typeof noteUnusable>;
