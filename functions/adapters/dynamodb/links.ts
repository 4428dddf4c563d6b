import { type DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { type PageRight, pageRightSchema } from '#domain/reply/page-right.ts';
import { digestOf, type LinkText } from '../links/acknowledge-link.ts';
import { linkKey } from './answer-keys.ts';
import { documents } from './documents.ts';
import { json, keyItem, number, readJson, text } from './items.ts';

/** An expired link still says for a week that it is one. */
const GONE_AFTER_SECONDS = 7 * 24 * 3_600;

/** Rights of pages, each under the digest of its link's token: who reads the table has no link. */
export const links = (client: DynamoDBClient, table: string) => ({
  /** Keeps a page's right, before it goes out. Again is the same: nothing of it ever changes. */
  put: async ({ agencyId, token }: LinkText, right: PageRight): Promise<void> => {
    const Item = {
      ...keyItem(linkKey(agencyId, digestOf(token))),
      entity: text('LINK'),
      body: json(right),
      goneAt: number(Math.ceil(right.expiresAt / 1000) + GONE_AFTER_SECONDS),
    };
    await client.send(new PutItemCommand({ TableName: table, Item }));
  },

  load: async ({ agencyId, token }: LinkText): Promise<PageRight | null> => {
    const key = linkKey(agencyId, digestOf(token));
    const item = await documents(client, table).loadItem(key);
    return item === null ? null : readJson(item, 'body', pageRightSchema);
  },
});
export type Links = ReturnType<typeof links>;
