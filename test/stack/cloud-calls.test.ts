import { DynamoDBClient, ListTablesCommand, UpdateTableCommand } from '@aws-sdk/client-dynamodb';
import {
  CreateScheduleCommand,
  type CreateScheduleCommandInput,
  DeleteScheduleCommand,
  GetScheduleCommand,
  SchedulerClient,
} from '@aws-sdk/client-scheduler';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import {
  CreateTopicCommand,
  PublishCommand,
  SNSClient,
  SubscribeCommand,
} from '@aws-sdk/client-sns';
import { GetQueueUrlCommand } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Cloud } from '#local/cloud/cloud.ts';
import { clientSettings, queueClient, START, startFixture } from './fixture-cloud.ts';

let cloud: Cloud;

beforeAll(async () => {
  cloud = await startFixture();
});
afterAll(() => cloud.stop());

describe('given one-off schedules (floci-io/floci#550)', () => {
  const scheduler = () => new SchedulerClient(clientSettings(cloud));

  const schedule = (name: string, secondsAhead: number): CreateScheduleCommandInput => ({
    Name: name,
    GroupName: 'later',
    ScheduleExpression: `at(${new Date(cloud.clock.now() + secondsAhead * 1000).toISOString().slice(0, 19)})`,
    ScheduleExpressionTimezone: 'UTC',
    FlexibleTimeWindow: { Mode: 'OFF' },
    ActionAfterCompletion: 'DELETE',
    Target: {
      Arn: cloud.outputs.WorkArn,
      RoleArn: 'arn:aws:iam::000000000000:role/x',
      Input: name,
    },
  });

  const create = (input: CreateScheduleCommandInput) =>
    scheduler().send(new CreateScheduleCommand(input));
  const find = (Name: string) =>
    scheduler().send(new GetScheduleCommand({ Name, GroupName: 'later' }));

  it('sends its input when the clock shows the time, not before, and is gone', async () => {
    await create(schedule('on-time', 3600));
    await cloud.clock.advanceBy(3_599_000);
    expect(await find('on-time')).toMatchObject({ Name: 'on-time', State: 'ENABLED' });
    expect(cloud.functionLogs('Consume')).not.toContain('on-time delivery 1');
    await cloud.clock.advanceBy(1000);
    expect(cloud.functionLogs('Consume')).toContain('on-time delivery 1');
    await expect(find('on-time')).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  });

  it('refuses a name that is taken, and one that is deleted fires no more', async () => {
    await create(schedule('twice', 60));
    await expect(create(schedule('twice', 90))).rejects.toMatchObject({
      name: 'ConflictException',
    });
    await scheduler().send(new DeleteScheduleCommand({ Name: 'twice', GroupName: 'later' }));
    await cloud.clock.advanceBy(120_000);
    expect(cloud.functionLogs('Consume')).not.toContain('twice delivery 1');
  });

  it.each([
    ['the past', {}, -1, 'ValidationException'],
    ['a rate', { ScheduleExpression: 'rate(1 minute)' }, 60, 'ValidationException'],
    [
      'another time zone',
      { ScheduleExpressionTimezone: 'Europe/London' },
      60,
      'ValidationException',
    ],
    [
      'a flexible window',
      { FlexibleTimeWindow: { Mode: 'FLEXIBLE' as const } },
      60,
      'ValidationException',
    ],
    ['a group that is not there', { GroupName: 'never' }, 60, 'ResourceNotFoundException'],
  ])('refuses %s', async (_, change, secondsAhead, name) => {
    const input = { ...schedule('refused', secondsAhead), ...change };
    await expect(create(input)).rejects.toMatchObject({ name });
  });
});

describe('given topics at run time', () => {
  const topics = () => new SNSClient(clientSettings(cloud));

  it('takes a text message to the outbox', async () => {
    const before = cloud.outbox.entries().length;
    const sent = await topics().send(
      new PublishCommand({
        PhoneNumber: '+447700900123',
        Message: 'Please call <the> desk',
        MessageAttributes: {
          'AWS.SNS.SMS.SenderID': { DataType: 'String', StringValue: 'Homeward' },
        },
      }),
    );
    expect(cloud.outbox.entries().slice(before)).toMatchObject([
      {
        channel: 'sms',
        to: '+447700900123',
        text: 'Please call <the> desk',
        attributes: { 'AWS.SNS.SMS.SenderID': 'Homeward' },
        messageId: sent.MessageId,
        acceptedAt: cloud.clock.now(),
      },
    ]);
  });

  it('refuses a text message to what is no phone number', async () => {
    const publish = new PublishCommand({ PhoneNumber: '0770', Message: 'x' });
    await expect(topics().send(publish)).rejects.toMatchObject({
      name: 'InvalidParameterException',
    });
  });

  it('puts an e-mail for each address of a new topic into the outbox', async () => {
    const { TopicArn } = await topics().send(new CreateTopicCommand({ Name: 'contact-1' }));
    const subscribe = { TopicArn, Protocol: 'email', Endpoint: 'a@example.test' };
    const answer = await topics().send(new SubscribeCommand(subscribe));
    expect(answer.SubscriptionArn).toBe('pending confirmation');
    await topics().send(new SubscribeCommand(subscribe));
    const before = cloud.outbox.entries().length;
    await topics().send(new PublishCommand({ TopicArn, Subject: 'Hello', Message: 'there' }));
    expect(cloud.outbox.entries().slice(before)).toMatchObject([
      {
        channel: 'email',
        to: 'a@example.test',
        subject: 'Hello',
        text: 'there',
        topic: 'contact-1',
      },
    ]);
  });
});

describe('given many messages for a topic at once', () => {
  it('shows each in the outbox as often as it was delivered, and with its own text', async () => {
    const topics = new SNSClient(clientSettings(cloud));
    const before = cloud.outbox.entries().length;
    const colour = (StringValue: string) => ({ colour: { DataType: 'String', StringValue } });
    const publish = (Message: string) =>
      topics.send(
        new PublishCommand({
          TopicArn: cloud.outputs.NewsArn,
          Message,
          MessageAttributes: colour(Message.startsWith('r') ? 'red' : 'blue'),
        }),
      );
    await Promise.all(['r1', 'b1', 'r2', 'r3', 'b2', 'r4'].map(publish));
    const sent = cloud.outbox.entries().slice(before);
    const textsTo = (channel: string): string[] =>
      sent.flatMap((entry) => (entry.channel === channel ? [entry.text] : [])).toSorted();
    expect(textsTo('queue')).toEqual(['r1', 'r2', 'r3', 'r4']);
    expect(textsTo('email')).toEqual(['b1', 'b2', 'r1', 'r2', 'r3', 'r4']);
  });
});

describe('given the gateway', () => {
  it('gives secrets by ARN', async () => {
    const secrets = new SecretsManagerClient(clientSettings(cloud));
    await cloud.invoke('Authorize', { identitySource: ['x'], routeArn: 'arn' });
    const missing = new GetSecretValueCommand({ SecretId: 'nothing' });
    await expect(secrets.send(missing)).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
    });
    expect(cloud.secret('Token')).toMatch(/^[A-Za-z0-9]{40}$/);
  });

  it('knows the queues by name', async () => {
    const QueueName = cloud.queueUrl('Work').split('/').at(-1);
    const found = await queueClient(cloud).send(new GetQueueUrlCommand({ QueueName }));
    expect(found.QueueUrl).toBe(cloud.queueUrl('Work'));
  });

  it('refuses a call that it does not know, by service and operation', async () => {
    const database = new DynamoDBClient({ ...clientSettings(cloud), maxAttempts: 1 });
    const update = new UpdateTableCommand({ TableName: cloud.tableName('Rows') });
    await expect(database.send(update)).rejects.toThrow(/does not know dynamodb UpdateTable/);
  });

  it('counts calls', async () => {
    cloud.calls.reset();
    const database = new DynamoDBClient(clientSettings(cloud));
    await database.send(new ListTablesCommand({}));
    expect(cloud.calls.count('dynamodb', 'ListTables')).toBe(1);
    expect(cloud.calls.all()).toEqual({ dynamodb: { ListTables: 1 } });
  });

  it('refuses a call that is not signed', async () => {
    expect((await fetch(cloud.endpointUrl, { method: 'POST' })).status).toBe(403);
  });

  it('began at the time it was given', () => {
    expect(cloud.clock.now()).toBeGreaterThan(START);
  });
});
