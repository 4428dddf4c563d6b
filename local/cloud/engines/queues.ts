import { buildApp } from 'fauxqs';
import * as z from 'zod';
import type { Reply } from '../reply.ts';
import { createStores, type EngineMessage, type MessageHooks } from './fauxqs-stores.ts';
import { discardFrom } from './fifo-queues.ts';

/** fauxqs, in this process and without a port: queues and topics. */
export type QueueEngine = {
  /** Passes a request of either protocol on as it is. */
  forward(headers: Readonly<Record<string, string>>, body: Buffer | string): Promise<Reply>;
  /** Calls an operation of the queue service for the local cloud itself. Throws on an error. */
  sqs(operation: string, input: unknown): Promise<unknown>;
  /** Calls an operation of the topic service and returns its XML. Throws on an error. */
  sns(form: Readonly<Record<string, string>>): Promise<string>;
  depth(queueUrl: string): Promise<QueueDepth>;
  /** Puts a message into a queue as it is given: with its id, its times and its deliveries. */
  enter(queueName: string, message: EnteredMessage): void;
  /** Takes a message out of its queue, whether somebody holds it or not. */
  discard(queueName: string, messageId: string): void;
  stop(): Promise<void>;
};

export type EnteredMessage = Pick<EngineMessage, 'messageId' | 'body' | 'messageAttributes'> &
  Pick<EngineMessage, 'sentTimestamp' | 'approximateReceiveCount'> &
  Pick<EngineMessage, 'messageGroupId' | 'messageDeduplicationId' | 'sequenceNumber'> & {
    approximateFirstReceiveTimestamp: number | undefined;
  };

export type QueueDepth = { visible: number; inFlight: number };

const depthSchema = z.looseObject({
  Attributes: z.looseObject({
    ApproximateNumberOfMessages: z.coerce.number(),
    ApproximateNumberOfMessagesNotVisible: z.coerce.number(),
  }),
});

const authorizationFor = (region: string, service: string): string =>
  `AWS4-HMAC-SHA256 Credential=LocalCloud/20200101/${region}/${service}/aws4_request`;

/** Starts the queue engine for one region; the hooks hear of every message. */
export const startQueues = async (region: string, hooks: MessageHooks): Promise<QueueEngine> => {
  const { stores, createMessage } = await createStores(hooks);
  const app = buildApp({ logger: false, defaultRegion: region, stores });
  await app.ready();

  const queueNamed = (name: string) => {
    const queue = stores.sqsStore.getQueueByName(name);
    if (queue !== undefined) return queue;
    throw new Error(`There is no queue ${name}.`);
  };

  const enter: QueueEngine['enter'] = (queueName, message) => {
    const made = createMessage(message.body, message.messageAttributes);
    queueNamed(queueName).enqueue(Object.assign(made, message));
  };

  const discard: QueueEngine['discard'] = (queueName, messageId) =>
    discardFrom(queueNamed(queueName), messageId);

  const forward: QueueEngine['forward'] = async (headers, body) => {
    const answer = await app.inject({ method: 'POST', url: '/', headers: { ...headers }, body });
    const kept: Record<string, string> = {};
    for (const name of ['content-type', 'x-amzn-query-error']) {
      const value = answer.headers[name];
      if (typeof value === 'string') kept[name] = value;
    }
    return { status: answer.statusCode, headers: kept, body: answer.rawPayload };
  };

  const sqs: QueueEngine['sqs'] = async (operation, input) => {
    const headers = {
      'content-type': 'application/x-amz-json-1.0',
      'x-amz-target': `AmazonSQS.${operation}`,
      authorization: authorizationFor(region, 'sqs'),
    };
    const { status, body } = await forward(headers, JSON.stringify(input));
    if (status !== 200) throw new Error(`${operation} failed (${status}): ${body}`);
    return JSON.parse(body.toString());
  };

  const sns: QueueEngine['sns'] = async (form) => {
    const headers = {
      'content-type': 'application/x-www-form-urlencoded',
      authorization: authorizationFor(region, 'sns'),
    };
    const { status, body } = await forward(headers, new URLSearchParams(form).toString());
    if (status !== 200) throw new Error(`${form.Action} failed (${status}): ${body}`);
    return body.toString();
  };

  const depth: QueueEngine['depth'] = async (queueUrl) => {
    const names = ['ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesNotVisible'];
    const { Attributes } = depthSchema.parse(
      await sqs('GetQueueAttributes', { QueueUrl: queueUrl, AttributeNames: names }),
    );
    return {
      visible: Attributes.ApproximateNumberOfMessages,
      inFlight: Attributes.ApproximateNumberOfMessagesNotVisible,
    };
  };

  return { forward, sqs, sns, depth, enter, discard, stop: () => app.close() };
};
