import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { CreateScheduleCommand, SchedulerClient } from '@aws-sdk/client-scheduler';
import {
  CreateTopicCommand,
  PublishCommand,
  SNSClient,
  SubscribeCommand,
} from '@aws-sdk/client-sns';
import { ReceiveMessageCommand, SendMessageCommand } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { secondsAfter, toIso } from '#domain/model/instant.ts';
import type { Cloud } from '#local/cloud/cloud.ts';
import { clientSettings, queueClient, START, startFixture } from './fixture-cloud.ts';

let directory: string;
let before: { apiUrl: string; consoleUrl: string; secret: string; clockAt: number; sentId: string };
let cloud: Cloud;

const send = (to: Cloud, queue: string, MessageBody: string, DelaySeconds = 0) =>
  queueClient(to).send(
    new SendMessageCommand({ QueueUrl: to.queueUrl(queue), MessageBody, DelaySeconds }),
  );

const receive = async (from: Cloud, queue: string) => {
  const { Messages = [] } = await queueClient(from).send(
    new ReceiveMessageCommand({
      QueueUrl: from.queueUrl(queue),
      MessageSystemAttributeNames: ['All'],
    }),
  );
  return Messages;
};

const schedule = (from: Cloud, Name: string, secondsAhead: number) =>
  new SchedulerClient(clientSettings(from)).send(
    new CreateScheduleCommand({
      ...{ Name, GroupName: 'later', FlexibleTimeWindow: { Mode: 'OFF' } },
      ScheduleExpression: `at(${toIso(secondsAfter(from.clock.now(), secondsAhead)).slice(0, 19)})`,
      Target: {
        Arn: from.outputs.WorkArn,
        RoleArn: 'arn:aws:iam::000000000000:role/x',
        Input: Name,
      },
    }),
  );

const live = async (first: Cloud): Promise<void> => {
  await send(first, 'Work', 'done before');
  await first.settled();
  const { MessageId: sentId = '' } = await send(first, 'DeadLetters', 'kept');
  await receive(first, 'DeadLetters');
  await send(first, 'Work', 'delayed', 600);
  await schedule(first, 'scheduled', 1200);
  const topics = new SNSClient(clientSettings(first));
  const { TopicArn } = await topics.send(new CreateTopicCommand({ Name: 'contact-1' }));
  const subscribe = { TopicArn, Protocol: 'email', Endpoint: 'a@example.test' };
  await topics.send(new SubscribeCommand(subscribe));
  await topics.send(new PublishCommand({ TopicArn, Message: 'first' }));
  await first.clock.advanceBy(90_000);
  const { apiUrl, consoleUrl, clock } = first;
  before = { apiUrl, consoleUrl, sentId, secret: first.secret('Token'), clockAt: clock.now() };
};

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'durable-'));
  const first = await startFixture({ dataDirectory: directory });
  try {
    await live(first);
    await expect(startFixture({ dataDirectory: directory })).rejects.toThrow(
      'is in use by process',
    );
  } finally {
    await first.stop();
  }
  cloud = await startFixture({ dataDirectory: directory });
});
afterAll(async () => {
  await cloud?.stop();
  await rm(directory, { recursive: true });
});

describe('given a cloud that starts over the data of another', () => {
  it('goes on at the time at which the other ended, under the same addresses', () => {
    expect(before.clockAt).toBe(START + 90_000);
    expect(cloud.clock.now()).toBe(before.clockAt);
    expect([cloud.apiUrl, cloud.consoleUrl]).toEqual([before.apiUrl, before.consoleUrl]);
  });

  it('has the same secrets', () => {
    expect(cloud.secret('Token')).toBe(before.secret);
  });

  it('has the rows of its tables, and does not go through their stream again', async () => {
    await cloud.settled();
    const database = new DynamoDBClient(clientSettings(cloud));
    const Key = { pk: { S: 'done before' } };
    const row = await database.send(
      new GetItemCommand({ TableName: cloud.tableName('Rows'), Key }),
    );
    expect(row.Item).toMatchObject({ deliveries: { N: '1' }, writtenAt: { N: String(START) } });
    expect(cloud.functionLogs('Follow')).toEqual([]);
    expect(cloud.functionLogs('Consume')).toEqual([]);
  });

  it('has each message that was not deleted, with its id, times and deliveries', async () => {
    const messages = await receive(cloud, 'DeadLetters');
    expect(messages).toMatchObject([
      {
        MessageId: before.sentId,
        Body: 'kept',
        Attributes: {
          SentTimestamp: String(START),
          ApproximateFirstReceiveTimestamp: String(START),
          ApproximateReceiveCount: '2',
        },
      },
    ]);
  });

  it('still shows what had left, and lets messages to the same people leave', async () => {
    const texts = () => cloud.outbox.entries().map(({ sequence, text }) => [sequence, text]);
    expect(texts()).toContainEqual([expect.any(Number), 'first']);
    const count = texts().length;
    const TopicArn = 'arn:aws:sns:eu-west-2:000000000000:contact-1';
    const topics = new SNSClient(clientSettings(cloud));
    await topics.send(new PublishCommand({ TopicArn, Message: 'second' }));
    expect(texts().at(-1)).toEqual([count + 1, 'second']);
  });

  it('does what was delayed and scheduled at its instant, and goes on with its rules', async () => {
    await cloud.clock.advanceTo(cloud.clock.now());
    const ticksBefore = cloud.functionLogs('Tick').length;
    await cloud.clock.advanceBy(20 * 60_000);
    expect(cloud.functionLogs('Consume')).toEqual(['delayed delivery 1', 'scheduled delivery 1']);
    expect(cloud.functionLogs('Tick').length - ticksBefore).toBe(20);
    expect(cloud.functionLogs('Tick')[0]).toBe(
      'tick 2026-03-01T12:02:00Z at 2026-03-01T12:02:00.000Z',
    );
  });
});
