import { PublishCommand, SNSClient, SubscribeCommand } from '@aws-sdk/client-sns';
import {
  ChangeMessageVisibilityBatchCommand,
  ChangeMessageVisibilityCommand,
  DeleteMessageCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
} from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import type { Cloud } from '#local/cloud/cloud.ts';
import { clientSettings, queueClient, startFixture } from './fixture-cloud.ts';

const DAY = 86_400_000;
let cloud: Cloud;
let QueueUrl: string;

beforeAll(async () => {
  cloud = await startFixture();
  QueueUrl = cloud.queueUrl('GivenUp');
});
afterAll(() => cloud?.stop());

const send = (MessageBody: string) =>
  queueClient(cloud).send(new SendMessageCommand({ QueueUrl, MessageBody }));

const receive = async (VisibilityTimeout?: number) => {
  const { Messages = [] } = await queueClient(cloud).send(
    new ReceiveMessageCommand({
      QueueUrl,
      MessageSystemAttributeNames: ['All'],
      ...(VisibilityTimeout === undefined ? {} : { VisibilityTimeout }),
    }),
  );
  return Messages;
};

const remove = (ReceiptHandle: string | undefined) =>
  queueClient(cloud).send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));

describe('given a stopped clock and somebody who reads a queue', () => {
  it.each([
    ['for the time of the queue', undefined, 30],
    ['for as long as they ask', 90, 90],
  ])('hides a message that they have received %s', async (_, asked, seconds) => {
    await send('hidden');
    expect(await receive(asked)).toHaveLength(1);
    await cloud.clock.advanceBy(seconds * 1000 - 1);
    expect(await receive()).toEqual([]);
    await cloud.clock.advanceBy(1);
    const [again] = await receive();
    expect(again?.Attributes?.ApproximateReceiveCount).toBe('2');
    await remove(again?.ReceiptHandle);
  });

  it('hides it for longer when they ask, and no longer when they give it back', async () => {
    await send('changed');
    const [first] = await receive();
    const handle = { QueueUrl, ReceiptHandle: first?.ReceiptHandle };
    const sqs = queueClient(cloud);
    await sqs.send(new ChangeMessageVisibilityCommand({ ...handle, VisibilityTimeout: 300 }));
    await cloud.clock.advanceBy(299_000);
    expect(await receive()).toEqual([]);
    const Entries = [{ Id: '1', ReceiptHandle: first?.ReceiptHandle, VisibilityTimeout: 0 }];
    await sqs.send(new ChangeMessageVisibilityBatchCommand({ QueueUrl, Entries }));
    const [again] = await receive();
    expect(again?.Body).toBe('changed');
    await remove(again?.ReceiptHandle);
    await cloud.clock.advanceBy(600_000);
    expect(await receive()).toEqual([]);
  });

  it('stamps a message with its times', async () => {
    await send('stamped');
    const sentAt = cloud.clock.now();
    await cloud.clock.advanceBy(5000);
    const [message] = await receive();
    expect(message?.Attributes).toMatchObject({
      SentTimestamp: String(sentAt),
      ApproximateFirstReceiveTimestamp: String(sentAt + 5000),
    });
    await remove(message?.ReceiptHandle);
  });

  it('keeps a message for the four days of its queue, and no longer', async () => {
    await send('old');
    await cloud.clock.advanceBy(DAY);
    await send('newer');
    await cloud.clock.advanceBy(3 * DAY - 1);
    const held = await receive(0);
    expect(held.map(({ Body }) => Body)).toEqual(['old']);
    await cloud.clock.advanceBy(1);
    const [left, ...none] = [...(await receive()), ...(await receive())];
    expect([left?.Body, none]).toEqual(['newer', []]);
    await remove(left?.ReceiptHandle);
  });

  it("writes its time into a topic's envelope", async () => {
    const topics = new SNSClient(clientSettings(cloud));
    const Endpoint = `arn:aws:sqs:eu-west-2:000000000000:${QueueUrl.split('/').at(-1)}`;
    const TopicArn = cloud.outputs.NewsArn;
    await topics.send(new SubscribeCommand({ TopicArn, Protocol: 'sqs', Endpoint }));
    await topics.send(new PublishCommand({ TopicArn, Message: 'news' }));
    const [message] = await receive();
    const envelope = z
      .object({ Message: z.string(), Timestamp: z.string() })
      .parse(JSON.parse(message?.Body ?? ''));
    const Timestamp = new Date(cloud.clock.now()).toISOString();
    expect(envelope).toEqual({ Message: 'news', Timestamp });
  });
});
