import { type Page, pageSchema } from '#domain/model/alert.ts';
import { readJson } from '#functions/adapters/dynamodb/items.ts';
import type { FeedEvent } from '#functions/adapters/dynamodb/liaison-feed-items.ts';
import type { SimulatedDynamoDb } from '../dynamodb/database.ts';

/** The page that an event of a liaison's feed was made of, as it stands in the outbox. */
export const pageOfEvent =
  (db: Pick<SimulatedDynamoDb, 'itemsOf'>) =>
  ({ madeOf, event: { recipient: to } }: FeedEvent): Page | null => {
    for (const item of db.itemsOf('monitoring')) {
      if (item.entity?.S !== 'OUTBOX' || item.kind?.S !== 'page') continue;
      const page = readJson(item, 'body', pageSchema);
      const { recipient, inFeed, alertId } = page;
      const isTheirs = recipient.channel === 'liaison' && recipient.liaisonId === to;
      if (isTheirs && `${alertId}#${inFeed?.sequence}` === madeOf) return page;
    }
    return null;
  };
