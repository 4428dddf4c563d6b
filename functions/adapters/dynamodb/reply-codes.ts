import {
  type DynamoDBClient,
  PutItemCommand,
  type TransactWriteItem,
} from '@aws-sdk/client-dynamodb';
import type { Page } from '#domain/model/alert.ts';
import type { AgencyId } from '#domain/model/ids.ts';
import type { Instant } from '#domain/model/instant.ts';
import type { PersonRecipient } from '#domain/model/recipient.ts';
import { type PageRight, pageRightOf, pageRightSchema } from '#domain/reply/page-right.ts';
import { codesFor } from '#domain/reply/reply-code.ts';
import { replyCodeKey } from './answer-keys.ts';
import { documents } from './documents.ts';
import { conditionHeld } from './errors.ts';
import { type Item, json, keyItem, number, readJson, text } from './items.ts';

/** Another is tried where a phone's open pages have one already: a phone has few. */
const MOST_TRIES = 20;
/** An expired code still says for a day that it is one. */
const GONE_AFTER_SECONDS = 24 * 3_600;

/** A page that goes out as a text message. */
export type TextPage = Readonly<{
  page: Page;
  to: Extract<PersonRecipient, { channel: 'sms' }>;
  now: Instant;
}>;

/** A code of a phone. */
export type PhoneCode = Readonly<{ agencyId: AgencyId; mobile: string; code: string }>;

const codeItem = ({ agencyId, mobile, code }: PhoneCode, right: PageRight): Item => ({
  ...keyItem(replyCodeKey(agencyId, mobile, code)),
  entity: text('CODE'),
  pageId: text(right.pageId),
  expiresAt: number(right.expiresAt),
  body: json(right),
  goneAt: number(Math.ceil(right.expiresAt / 1000) + GONE_AFTER_SECONDS),
});

export const replyCodes = (client: DynamoDBClient, table: string) => {
  /** Takes a code, unless another page of this phone has it and may still be answered. */
  const take = async (phone: PhoneCode, right: PageRight, now: Instant): Promise<boolean> => {
    const command = new PutItemCommand({
      TableName: table,
      Item: codeItem(phone, right),
      ConditionExpression: 'attribute_not_exists(pk) OR pageId = :page OR expiresAt < :now',
      ExpressionAttributeValues: { ':page': text(right.pageId), ':now': number(now) },
    });
    // Record: where another page of this phone has it, the next code is tried.
    return conditionHeld(client.send(command));
  };

  return {
    /**
     * A code by which a text page is answered, kept before the page goes out; the same for a
     * repeat. Null where none was free: the page goes without one.
     */
    takeFor: async (agencyId: AgencyId, { page, to, now }: TextPage): Promise<string | null> => {
      const { mobile } = to;
      const right = pageRightOf(page, to.personId);
      for (const code of codesFor(page.pageId).slice(0, MOST_TRIES)) {
        if (await take({ agencyId, mobile, code }, right, now)) return code;
      }
      return null;
    },

    load: async ({ agencyId, mobile, code }: PhoneCode): Promise<PageRight | null> => {
      const key = replyCodeKey(agencyId, mobile, code);
      const item = await documents(client, table).loadItem(key);
      return item === null ? null : readJson(item, 'body', pageRightSchema);
    },

    /** What a code stands for from now on, as a part of a transaction. */
    asPart: (phone: PhoneCode, right: PageRight): TransactWriteItem => ({
      Put: { TableName: table, Item: codeItem(phone, right) },
    }),
  };
};
export type ReplyCodes = ReturnType<typeof replyCodes>;
