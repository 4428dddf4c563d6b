import type { DynamoDBClient, TransactWriteItem } from '@aws-sdk/client-dynamodb';
import type { EventId } from '#domain/liaison/event.ts';
import { doorFor } from '#domain/liaison/traffic.ts';
import { type Instant, toIso } from '#domain/model/instant.ts';
import type { Memo } from '#domain/model/memo.ts';
import { documents } from './documents.ts';
import type { Key } from './keys.ts';
import type { FeedOf } from './liaison-feed-keys.ts';
import { liaisonFeeds } from './liaison-feeds.ts';
import { deliveryMemoKey } from './liaison-names-keys.ts';
import { liaisons } from './liaisons.ts';
import { outboxItem } from './outbox-item.ts';
import { type PutOnce, putOnce } from './put-once.ts';

export type DeliveryTrouble = Extract<Memo, { about: 'liaison-delivery' }>;

type Liaison = Omit<FeedOf, 'door'>;

/** Of the same trouble the duty manager hears once an hour, whatever comes of it. */
const keyOf = ({ agencyId, liaisonId }: Liaison, { trouble, createdAt }: DeliveryTrouble): Key =>
  deliveryMemoKey({ agencyId, liaisonId }, `${trouble}#${toIso(createdAt).slice(0, 13)}`);

const putOf = (TableName: string, liaison: Liaison, body: DeliveryTrouble): PutOnce => {
  const { agencyId } = liaison;
  const row = { kind: 'memo', agencyId, body, from: body.createdAt } as const;
  const Item = outboxItem(keyOf(liaison, body), row);
  return { Put: { TableName, Item, ConditionExpression: 'attribute_not_exists(pk)' } };
};

/**
 * What tells the duty manager how a liaison's feed fares, for the transaction that it goes with;
 * nothing where they heard of the same within the hour.
 */
export const deliveryMemos =
  (client: DynamoDBClient, TableName: string) =>
  async (feed: FeedOf, memo: DeliveryTrouble): Promise<TransactWriteItem[]> => {
    const known = await documents(client, TableName).loadItem(keyOf(feed, memo));
    return known === null ? [putOf(TableName, feed, memo)] : [];
  };
export type DeliveryMemos = ReturnType<typeof deliveryMemos>;

/**
 * Tells the duty manager that a liaison cannot use what it was sent, of what is real and once an
 * hour. False: it is no event of theirs, and nobody is told.
 */
export const noteUnusable =
  (client: DynamoDBClient, TableName: string) =>
  async (liaison: Liaison, eventId: EventId, now: Instant): Promise<boolean> => {
    const found = await liaisonFeeds(client, TableName).findInEither(liaison, eventId);
    if (found === null) return false;
    if (doorFor(found.event.status) === 'exercise') return true;
    const known = await liaisons(client, TableName).load(liaison.agencyId, liaison.liaisonId);
    if (known === null) return false;
    const message: DeliveryTrouble = {
      ...{ about: 'liaison-delivery', trouble: 'unusable', eventId },
      ...{ liaisonId: known.liaisonId, name: known.name, since: now, createdAt: now },
    };
    await putOnce(client, putOf(TableName, liaison, message));
    return true;
  };
export type NoteUnusable = ReturnType<typeof noteUnusable>;
