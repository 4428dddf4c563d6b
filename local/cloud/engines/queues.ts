import { buildApp } from 'fauxqs';
import * as z from 'zod';
import type { Reply } from '../reply.ts';

/** fauxqs, in this process and without a port: queues and topics. */
export type QueueEngine = {
  /** Passes a request of either protocol on as it is. */
  forward(headers: Readonly<Record<string, string>>, body: Buffer | string): Promise<Reply>;
  /** Calls an operation of the queue service for the local cloud itself. Throws on an error. */
  sqs(operation: string, input: unknown): Promise<unknown>;
  /** Calls an operation of the topic service and returns its XML. Throws on an error. */
  sns(form: Readonly<Record<string, string>>): Promise<string>;
  depth(queueUrl: string): Promise<QueueDepth>;
  stop(): Promise<void>;
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

/** Starts the queue engine for one region. */
export const startQueues = async (region: string): Promise<QueueEngine> => {
  const app = buildApp({ logger: false, defaultRegion: region });
  await app.ready();

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

  return { forward, sqs, sns, depth, stop: () => app.close() };
};
