import * as z from 'zod';
import { instantSchema } from '#domain/model/instant.ts';
import { errorName } from '../adapters/log/log.ts';
import { type BatchResponse, queueBatchSchema } from '../middleware/batch.ts';
import { workOffQueue } from '../middleware/queue.ts';
import { onReceipt, type ReceiptDeps } from './on-receipt.ts';
import { onText, type TextDeps } from './on-text.ts';

export type ReplyDeps = TextDeps & ReceiptDeps;

/**
 * A text to our number, as AWS End User Messaging hands it over.
 * https://docs.aws.amazon.com/sms-voice/latest/userguide/two-way-sms-payload.html
 */
const textSchema = z.object({
  originationNumber: z.string().regex(/^\+?[0-9]{3,15}$/),
  messageBody: z.string(),
  inboundMessageId: z.string().regex(/^[\w-]{1,100}$/),
});
export type InboundText = z.infer<typeof textSchema>;

/**
 * What became of a message or a call that we sent.
 * https://docs.aws.amazon.com/sms-voice/latest/userguide/configuration-sets-event-format.html
 */
const eventSchema = z.object({
  eventType: z.string(),
  eventTimestamp: instantSchema,
  messageId: z.string().min(1).max(200),
});
export type DeliveryEvent = z.infer<typeof eventSchema>;

const messageSchema = z.union([textSchema, eventSchema]);

/**
 * Input: texts to our number, and what became of messages that we sent. Output: the messages that
 * must be given again. Course: a text acknowledges or hands on, and gets one answer, saved with
 * what it did; a receipt raises the state of its page.
 */
export const run =
  (deps: ReplyDeps) =>
  (input: unknown): Promise<BatchResponse> =>
    workOffQueue(queueBatchSchema.parse(input).Records, async ({ messageId, body }) => {
      try {
        const message = messageSchema.parse(JSON.parse(body));
        await ('inboundMessageId' in message ? onText(deps, message) : onReceipt(deps, message));
        return 'done';
      } catch (error) {
        // Retry: and after the last try the dead letter queue, where somebody reads it.
        const fields = { messageId, error: errorName(error) };
        deps.telemetry.log.error('text or receipt not handled', fields);
        return 'failed';
      }
    });
