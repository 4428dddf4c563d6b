import { eventIdSchema } from '#domain/liaison/event.ts';
import type { Page } from '#domain/model/alert.ts';
import type { AgencyId } from '#domain/model/ids.ts';
import type { FeedEvent } from './liaison-feed-items.ts';
import type { LiaisonFeeds } from './liaison-feeds.ts';

/** What became of a message to a liaison since it stands in its feed. */
export type Delivered = Readonly<{
  /** `acknowledged`: they say that they have it. `waiting`: also for them to fetch it. */
  delivery: 'waiting' | 'delivered' | 'acknowledged' | 'refused' | 'not-sent';
  reason?: string;
}>;

const deliveredOf = ({ acknowledgedAt, delivery }: FeedEvent): Delivered => {
  if (acknowledgedAt !== null) return { delivery: 'acknowledged' };
  if (delivery === null) return { delivery: 'waiting' };
  const { is, detail } = delivery;
  return is === 'delivered' ? { delivery: is } : { delivery: is, reason: detail };
};

/** How a page's message to a liaison fares; null: it is to a person, or stands in no feed. */
export const loadDelivered =
  ({ findInEither }: Pick<LiaisonFeeds, 'findInEither'>) =>
  async (
    agencyId: AgencyId,
    { recipient }: Page,
    outcome: Readonly<{ providerId?: string | undefined }> | null,
  ): Promise<Delivered | null> => {
    const eventId = eventIdSchema.safeParse(outcome?.providerId);
    if (recipient.channel !== 'liaison' || !eventId.success) return null;
    const liaison = { agencyId, liaisonId: recipient.liaisonId };
    const found = await findInEither(liaison, eventId.data);
    return found === null ? null : deliveredOf(found);
  };
export type LoadDelivered = ReturnType<typeof loadDelivered>;
