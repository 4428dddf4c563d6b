import type { TransactWriteItem } from '@aws-sdk/client-dynamodb';
import type { ContactMessage } from '#domain/model/contact-message.ts';
import type { FeedOf } from './liaison-feed-keys.ts';
import { deliveryMessageKey } from './liaison-names-keys.ts';
import { outboxItem } from './outbox-item.ts';

export type DeliveryTrouble = Extract<ContactMessage, { about: 'liaison-delivery' }>;

/** A row of the outbox by which the duty manager hears how a liaison's feed fares. */
export const deliveryTroublePut =
  (TableName: string) =>
  ({ agencyId }: FeedOf, message: DeliveryTrouble): TransactWriteItem => {
    const { liaisonId, trouble, eventId, createdAt } = message;
    const key = deliveryMessageKey({ agencyId, liaisonId }, `${trouble}#${eventId ?? createdAt}`);
    const row = { kind: 'contact-message', agencyId, body: message, from: createdAt } as const;
    return { Put: { TableName, Item: outboxItem(key, row) } };
  };
export type DeliveryTroublePut = ReturnType<typeof deliveryTroublePut>;
