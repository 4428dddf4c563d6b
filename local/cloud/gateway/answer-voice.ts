import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import type { WritableOutbox } from '../outbox/outbox.ts';
import { awsJson, awsJsonError } from '../reply.ts';
import type { AnswerCall } from './gateway.ts';

/** https://docs.aws.amazon.com/pinpoint/latest/apireference_smsvoicev2/API_SendVoiceMessage.html */
const inputSchema = z.looseObject({
  DestinationPhoneNumber: z.string().regex(/^\+[1-9]\d{6,14}$/),
  OriginationIdentity: z.string().min(1),
  MessageBody: z.string().min(1).max(3_000),
  TimeToLive: z.number().int().min(5).max(259_200).optional(),
});

/** Calls: nobody's phone rings, and what would be said goes to the outbox. */
export const answerVoice =
  (outbox: WritableOutbox): AnswerCall =>
  async (call) => {
    if (call.operation !== 'SendVoiceMessage') return undefined;
    const input = inputSchema.safeParse(JSON.parse(call.body.toString()));
    if (!input.success) {
      return awsJsonError(400, 'ValidationException', z.prettifyError(input.error));
    }
    const { DestinationPhoneNumber: to, MessageBody: text } = input.data;
    if (outbox.isRefused('voice', to)) {
      return awsJsonError(400, 'ConflictException', 'The destination phone number is opted out.');
    }
    const messageId = randomUUID();
    outbox.accept({ channel: 'voice', to, text, attributes: {}, messageId });
    return awsJson(200, { MessageId: messageId });
  };
