import { createHash, randomUUID } from 'node:crypto';
import * as z from 'zod';
import { instant } from '#domain/model/instant.ts';
import type { Agenda } from '../agenda.ts';
import type { MovableClock } from '../clock/clock.ts';
import type { QueueEngine } from '../engines/queues.ts';
import { awsJson, awsJsonError, type Reply } from '../reply.ts';
import type { ServiceCall } from './call.ts';
import type { AnswerCall } from './gateway.ts';
import type { HeldMessages } from './held-messages.ts';

export type AnswerSqsParts = {
  engine: QueueEngine;
  agenda: Agenda;
  clock: MovableClock;
  held: HeldMessages;
  queueUrlOf: (queueName: string) => string | undefined;
};

const LONGEST_DELAY_SECONDS = 900;

const messageSchema = z.looseObject({
  MessageBody: z.string(),
  DelaySeconds: z.number().min(0).max(LONGEST_DELAY_SECONDS).default(0),
});
const sendSchema = messageSchema.extend({ QueueUrl: z.string() });
const batchSchema = z.looseObject({
  QueueUrl: z.string(),
  Entries: z.array(messageSchema.extend({ Id: z.string() })),
});
const sentSchema = z.looseObject({ MessageId: z.string() });
const batchResultSchema = z.looseObject({
  Successful: z.array(z.unknown()).default([]),
  Failed: z.array(z.unknown()).default([]),
});

type Message = z.infer<typeof messageSchema>;

const md5 = (text: string): string => createHash('md5').update(text).digest('hex');

const nameOf = (queueUrl: string): string => queueUrl.slice(queueUrl.lastIndexOf('/') + 1);

/** The queue service: fauxqs, with delays held on the clock instead of in fauxqs. */
export const answerSqs = (parts: AnswerSqsParts): AnswerCall => {
  const { engine, agenda, clock, held, queueUrlOf } = parts;

  const hold = (queueUrl: string, message: Message) => {
    const messageId = randomUUID();
    const sentAt = clock.now();
    const { DelaySeconds, ...now } = message;
    agenda.add({
      dueAt: instant(sentAt + DelaySeconds * 1000),
      kind: 'delay',
      label: `message ${messageId} for ${nameOf(queueUrl)}`,
      run: async () => {
        const input = { ...now, QueueUrl: queueUrl };
        const sent = sentSchema.parse(await engine.sqs('SendMessage', input));
        held.forwarded(sent.MessageId, { messageId, sentAt });
      },
    });
    return { MessageId: messageId, MD5OfMessageBody: md5(message.MessageBody) };
  };

  const send = (call: ServiceCall): Promise<Reply> | Reply => {
    const parsed = sendSchema.safeParse(JSON.parse(call.body.toString()));
    if (!parsed.success) {
      return awsJsonError(400, 'InvalidParameterValue', z.prettifyError(parsed.error));
    }
    const { QueueUrl, ...message } = parsed.data;
    const isKnown = queueUrlOf(nameOf(QueueUrl)) !== undefined;
    if (message.DelaySeconds === 0 || !isKnown) return engine.forward(call.headers, call.body);
    return awsJson(200, hold(QueueUrl, message));
  };

  const sendBatch = async (call: ServiceCall): Promise<Reply> => {
    const parsed = batchSchema.safeParse(JSON.parse(call.body.toString()));
    if (!parsed.success) {
      return awsJsonError(400, 'InvalidParameterValue', z.prettifyError(parsed.error));
    }
    const { QueueUrl, Entries } = parsed.data;
    const delayed = Entries.filter((entry) => entry.DelaySeconds > 0);
    if (delayed.length === 0 || queueUrlOf(nameOf(QueueUrl)) === undefined) {
      return engine.forward(call.headers, call.body);
    }
    const prompt = Entries.filter((entry) => entry.DelaySeconds === 0);
    const sent = batchResultSchema.parse(
      prompt.length === 0
        ? {}
        : await engine.sqs('SendMessageBatch', { QueueUrl, Entries: prompt }),
    );
    const promised = delayed.map(({ Id, ...message }) => ({ Id, ...hold(QueueUrl, message) }));
    return awsJson(200, { Successful: [...sent.Successful, ...promised], Failed: sent.Failed });
  };

  const queueUrl = (call: ServiceCall): Reply => {
    const { QueueName } = z
      .looseObject({ QueueName: z.string() })
      .parse(JSON.parse(call.body.toString()));
    const found = queueUrlOf(QueueName);
    if (found !== undefined) return awsJson(200, { QueueUrl: found });
    return awsJsonError(400, 'QueueDoesNotExist', `There is no queue ${QueueName}.`);
  };

  return async (call) => {
    if (call.operation === 'SendMessage') return send(call);
    if (call.operation === 'SendMessageBatch') return sendBatch(call);
    if (call.operation === 'GetQueueUrl') return queueUrl(call);
    return engine.forward(call.headers, call.body);
  };
};
