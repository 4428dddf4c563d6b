import { type DynamoDBClient, PutItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import * as z from 'zod';
import type { AgencyId } from '#domain/model/ids.ts';
import { type Instant, instantSchema } from '#domain/model/instant.ts';
import { type Raised, raise, receiptSchema, type Said } from '#domain/reply/receipt.ts';
import { sentKey } from './answer-keys.ts';
import { documents } from './documents.ts';
import { conditionHeld } from './errors.ts';
import { type Item, json, keyItem, number, readJson, readText, text } from './items.ts';
import type { Key } from './keys.ts';

/** Receipts come for 72 hours: https://docs.aws.amazon.com/sms-voice/latest/userguide/ */
const GONE_AFTER_SECONDS = 7 * 24 * 3_600;
const MOST_TRIES = 6;

const receiptsSchema = z.array(receiptSchema);
const keySchema = z.object({ pk: z.string(), sk: z.string() });

/** What a receipt did to its page. */
export type Noted = 'page-unknown' | 'known-before' | 'raised' | 'lost';

/** How the row had ended before: when the provider took it, and under which id. */
const outcomeSchema = z.object({
  at: instantSchema.optional(),
  providerId: z.string().optional(),
});

const outcomeOf = (item: Item): z.infer<typeof outcomeSchema> =>
  item.outcome === undefined ? {} : readJson(item, 'outcome', outcomeSchema);

type Row = Readonly<{ key: Key; item: Item }>;

const receiptsOf = (item: Item) =>
  item.receipts === undefined ? [] : readJson(item, 'receipts', receiptsSchema);

/** What happens to the pages that a provider took, on their rows of the outbox. */
export const receipts = (client: DynamoDBClient, table: string) => {
  const docs = documents(client, table);

  /** Saves on the receipts that were read. A page that is lost has failed: another is sent. */
  const save = async (row: Row, raised: Raised, said: Said): Promise<boolean> => {
    const { key, item } = row;
    const isLost = raised.isLost && readText(item, 'status') === 'sent';
    const reason = `undelivered: ${said.receipt.event}`;
    const { at: sentAt, providerId } = outcomeOf(item);
    const outcome = { status: 'failed', reason, at: said.receipt.at, sentAt, providerId };
    const command = new UpdateItemCommand({
      TableName: table,
      Key: keyItem(key),
      UpdateExpression: `SET receipts = :receipts, delivery = :delivery${
        isLost ? ', #status = :failed, outcome = :outcome' : ''
      }`,
      ConditionExpression:
        item.receipts === undefined
          ? 'attribute_exists(pk) AND attribute_not_exists(receipts)'
          : 'receipts = :read',
      ...(isLost ? { ExpressionAttributeNames: { '#status': 'status' } } : {}),
      ExpressionAttributeValues: {
        ':receipts': json(raised.receipts),
        ':delivery': text(raised.delivery),
        ...(isLost ? { ':failed': text('failed'), ':outcome': json(outcome) } : {}),
        ...(item.receipts === undefined ? {} : { ':read': item.receipts }),
      },
    });
    // Retry: where another receipt of the page came between the caller reads again.
    return conditionHeld(client.send(command));
  };

  return {
    /** Keeps which page a message of the provider is. */
    noteSent: async (
      agencyId: AgencyId,
      providerId: string,
      sent: Readonly<{ key: Key; at: Instant }>,
    ): Promise<void> => {
      const Item = {
        ...keyItem(sentKey(agencyId, providerId)),
        entity: text('SENT'),
        body: json(sent.key),
        goneAt: number(Math.ceil(sent.at / 1000) + GONE_AFTER_SECONDS),
      };
      await client.send(new PutItemCommand({ TableName: table, Item }));
    },

    /** Raises the state of the page that a message was. */
    note: async (agencyId: AgencyId, providerId: string, said: Said): Promise<Noted> => {
      const sent = await docs.loadItem(sentKey(agencyId, providerId));
      if (sent === null) return 'page-unknown';
      const key = readJson(sent, 'body', keySchema);
      for (let tries = 0; tries < MOST_TRIES; tries += 1) {
        const item = await docs.loadItem(key);
        if (item === null) return 'page-unknown';
        const raised = raise(receiptsOf(item), said);
        if (raised === null) return 'known-before';
        // Whoever took it has still to note that it left; then it can fail, and another is sent.
        if (raised.isLost && readText(item, 'status') === 'pending') return 'page-unknown';
        if (await save({ key, item }, raised, said)) return raised.isLost ? 'lost' : 'raised';
      }
      throw new Error('the receipts of a page kept being changed by others');
    },
  };
};
export type Receipts = ReturnType<typeof receipts>;
