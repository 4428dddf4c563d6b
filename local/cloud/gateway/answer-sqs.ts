import { createHash, randomUUID } from 'node:crypto';
import * as z from 'zod';
import { secondsAfter } from '#domain/model/instant.ts';
import type { Agenda } from '../agenda.ts';
import type { MovableClock } from '../clock/clock.ts';
import type { MessageBook } from '../engines/message-book.ts';
import type { QueueEngine } from '../engines/queues.ts';
import { awsJson, awsJsonError, type Reply } from '../reply.ts';
import type { LocalQueue } from '../workbench.ts';
import type { ServiceCall } from './call.ts';
import type { AnswerCall } from './gateway.ts';
import { batchProblem, messageProblem } from './send-rules.ts';
import { createVisibility } from './visibility.ts';

export type AnswerSqsParts = {
  engine: QueueEngine;
  agenda: Agenda;
  clock: MovableClock;
  messages: MessageBook;
  queues: readonly LocalQueue[];
};

const LONGEST_DELAY_SECONDS = 900;

const attributeSchema = z.looseObject({
  DataType: z.string(),
  StringValue: z.string().exactOptional(),
  BinaryValue: z.string().exactOptional(),
});
const messageSchema = z.looseObject({
  MessageBody: z.string(),
  MessageAttributes: z.record(z.string(), attributeSchema).default({}),
  DelaySeconds: z.number().min(0).max(LONGEST_DELAY_SECONDS).default(0),
});
const sendSchema = messageSchema.extend({ QueueUrl: z.string() });
const batchSchema = z.looseObject({
  QueueUrl: z.string(),
  Entries: z.array(messageSchema.extend({ Id: z.string() })),
});
const batchResultSchema = z.looseObject({
  Successful: z.array(z.unknown()).default([]),
  Failed: z.array(z.unknown()).default([]),
});

type Message = z.infer<typeof messageSchema>;

/** How a batch's answer names a message that was not taken. */
const refusedEntry = (entry: Message & { Id: string }, isFifo: boolean) => {
  const problem = messageProblem(entry, isFifo);
  if (problem === undefined) return undefined;
  const { code: Code, message: Message } = problem;
  return { Id: entry.Id, SenderFault: true, Code, Message };
};

const md5 = (text: string): string => createHash('md5').update(text).digest('hex');

const nameOf = (queueUrl: string): string => queueUrl.slice(queueUrl.lastIndexOf('/') + 1);

/** The queue service: fauxqs, with delays held on the clock instead of in fauxqs. */
export const answerSqs = (parts: AnswerSqsParts): AnswerCall => {
  const { engine, clock, messages, queues } = parts;
  const queueOf = (queueUrl: string): LocalQueue | undefined =>
    queues.find(({ name }) => name === nameOf(queueUrl));
  const visibility = createVisibility({
    ...parts,
    visibilityOf: (queueUrl) => queueOf(queueUrl)?.visibilitySeconds,
  });

  const hold = (queueUrl: string, message: Message) => {
    const messageId = randomUUID();
    const sentAt = clock.now();
    const { DelaySeconds, MessageBody: body, MessageAttributes: attributes } = message;
    const dueAt = secondsAfter(sentAt, DelaySeconds);
    messages.hold({ queueName: nameOf(queueUrl), messageId, body, attributes, sentAt, dueAt });
    return { MessageId: messageId, MD5OfMessageBody: md5(body) };
  };

  const send = (call: ServiceCall): Promise<Reply> | Reply => {
    const parsed = sendSchema.safeParse(JSON.parse(call.body.toString()));
    if (!parsed.success) {
      return awsJsonError(400, 'InvalidParameterValue', z.prettifyError(parsed.error));
    }
    const { QueueUrl, ...message } = parsed.data;
    const queue = queueOf(QueueUrl);
    const problem = messageProblem(message, queue?.isFifo);
    if (problem !== undefined) return awsJsonError(400, problem.code, problem.message);
    if (message.DelaySeconds === 0 || queue === undefined) {
      return engine.forward(call.headers, call.body);
    }
    return awsJson(200, hold(QueueUrl, message));
  };

  const sendBatch = async (call: ServiceCall): Promise<Reply> => {
    const parsed = batchSchema.safeParse(JSON.parse(call.body.toString()));
    if (!parsed.success) {
      return awsJsonError(400, 'InvalidParameterValue', z.prettifyError(parsed.error));
    }
    const { QueueUrl, Entries } = parsed.data;
    const problem = batchProblem(Entries);
    if (problem !== undefined) return awsJsonError(400, problem.code, problem.message);
    const isFifo = queueOf(QueueUrl)?.isFifo ?? false;
    const refused = Entries.flatMap((entry) => refusedEntry(entry, isFifo) ?? []);
    const taken = Entries.filter((entry) => messageProblem(entry, isFifo) === undefined);
    const delayed = taken.filter((entry) => entry.DelaySeconds > 0);
    const isPlain = delayed.length === 0 && refused.length === 0;
    if (isPlain || queueOf(QueueUrl) === undefined) {
      return engine.forward(call.headers, call.body);
    }
    const prompt = taken.filter((entry) => entry.DelaySeconds === 0);
    const sent = batchResultSchema.parse(
      prompt.length === 0
        ? {}
        : await engine.sqs('SendMessageBatch', { QueueUrl, Entries: prompt }),
    );
    const promised = delayed.map(({ Id, ...message }) => ({ Id, ...hold(QueueUrl, message) }));
    const Failed = [...sent.Failed, ...refused];
    return awsJson(200, { Successful: [...sent.Successful, ...promised], Failed });
  };

  const queueUrl = (call: ServiceCall): Reply => {
    const { QueueName } = z
      .looseObject({ QueueName: z.string() })
      .parse(JSON.parse(call.body.toString()));
    const found = queueOf(QueueName);
    if (found !== undefined) return awsJson(200, { QueueUrl: found.url });
    return awsJsonError(400, 'QueueDoesNotExist', `There is no queue ${QueueName}.`);
  };

  return async (call) => {
    if (call.operation === 'SendMessage') return send(call);
    if (call.operation === 'SendMessageBatch') return sendBatch(call);
    if (call.operation === 'GetQueueUrl') return queueUrl(call);
    if (call.operation === 'ReceiveMessage') return visibility.receive(call);
    if (call.operation === 'ChangeMessageVisibility') return visibility.change(call);
    if (call.operation === 'ChangeMessageVisibilityBatch') return visibility.changeBatch(call);
    return engine.forward(call.headers, call.body);
  };
};
