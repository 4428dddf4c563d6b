import { DynamoDBClient, ScanCommand } from '@aws-sdk/client-dynamodb';
import {
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  SendMessageCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Cloud } from '#local/cloud/cloud.ts';
import { clientSettings, queueClient, START, startFixture } from './fixture-cloud.ts';

let cloud: Cloud;
let queues: SQSClient;

beforeEach(async () => {
  cloud = await startFixture();
  queues = queueClient(cloud);
});
afterEach(() => cloud.stop());

const send = (...bodies: string[]) =>
  queues.send(
    new SendMessageBatchCommand({
      QueueUrl: cloud.queueUrl('Work'),
      Entries: bodies.map((MessageBody, index) => ({ Id: `${index}`, MessageBody })),
    }),
  );

const bodiesIn = async (queue: string): Promise<string[]> => {
  const input = { QueueUrl: cloud.queueUrl(queue), MaxNumberOfMessages: 10 };
  const { Messages = [] } = await queues.send(new ReceiveMessageCommand(input));
  return Messages.map(({ Body = '' }) => Body);
};

const rows = async () => {
  const database = new DynamoDBClient(clientSettings(cloud));
  const { Items = [] } = await database.send(
    new ScanCommand({ TableName: cloud.tableName('Rows') }),
  );
  const entries = Items.map(({ pk, ...row }) => {
    const values = Object.entries(row).map(([name, value]) => [name, Number(value.N)]);
    return [pk?.S, Object.fromEntries(values)];
  });
  return Object.fromEntries(entries);
};

describe('given a queue that feeds a function', () => {
  it('delivers only the failed message of a batch again, and then parks it', async () => {
    await send('good', 'bad');
    await cloud.settled();
    expect(await rows()).toMatchObject({ good: { deliveries: 1 }, bad: { deliveries: 1 } });

    await cloud.clock.advanceBy(29_999);
    expect((await rows()).bad.deliveries).toBe(1);
    await cloud.clock.advanceBy(1);
    expect(await rows()).toMatchObject({ good: { deliveries: 1 }, bad: { deliveries: 2 } });
    expect(await bodiesIn('DeadLetters')).toEqual([]);

    await cloud.clock.advanceBy(30_000);
    expect(await bodiesIn('DeadLetters')).toEqual(['bad']);
    expect((await rows()).bad.deliveries).toBe(2);
  });

  it('ends a function that overruns, and delivers its message again', async () => {
    await send('hang');
    await cloud.settled();
    const log = cloud.functionLogs('Consume').join('\n');
    expect(log).toContain('Task timed out after 2.00 seconds');
    await cloud.clock.advanceBy(30_000);
    expect(cloud.functionLogs('Consume')).toContain('hang delivery 2');
    await send('next');
    await cloud.settled();
    expect(await rows()).toMatchObject({ next: { deliveries: 1 } });
  });

  it('holds a delayed message until the clock shows its time', async () => {
    const QueueUrl = cloud.queueUrl('Work');
    const input = { QueueUrl, MessageBody: 'later', DelaySeconds: 90 };
    const { MessageId } = await queues.send(new SendMessageCommand(input));
    expect(MessageId).toMatch(/^[0-9a-f-]{36}$/);
    await cloud.clock.advanceBy(89_999);
    expect(await rows()).toEqual({});
    await cloud.clock.advanceBy(1);
    expect(await rows()).toEqual({
      later: { deliveries: 1, sentAt: START, writtenAt: START + 90_000 },
    });
  });

  it('stamps messages and functions by the clock', async () => {
    await cloud.clock.advanceBy(3_600_000);
    await send('stamped');
    await cloud.settled();
    const at = START + 3_600_000;
    expect(await rows()).toEqual({ stamped: { deliveries: 1, sentAt: at, writtenAt: at } });
  });

  it('is settled only when everything that follows from a message is done', async () => {
    for (let round = 0; round < 20; round += 1) {
      await send(`red-${round}`);
      await cloud.settled();
      expect(cloud.outbox.entries()).toHaveLength(2 * (round + 1));
    }
  });
});

describe('given a stream that feeds a function', () => {
  it('halves a failing batch and reports the bad record to the on-failure queue', async () => {
    await send('one', 'poison', 'two');
    await cloud.settled();
    await cloud.clock.advanceBy(60_000);
    const published = cloud.outbox.entries().map(({ text }) => text);
    expect(new Set(published)).toEqual(new Set(['one', 'two']));
    const [document = '{}', ...others] = await bodiesIn('GivenUp');
    expect(others).toEqual([]);
    expect(JSON.parse(document)).toMatchObject({
      requestContext: { condition: 'RetryAttemptsExhausted', approximateInvokeCount: 3 },
      responseContext: { statusCode: 200, functionError: 'Unhandled' },
      version: '1.0',
      DDBStreamBatchInfo: {
        batchSize: 1,
        streamArn: expect.stringMatching(/^arn:aws:dynamodb:eu-west-2:.*\/stream\//),
        startSequenceNumber: expect.stringMatching(/^\d+$/),
      },
    });
  });

  it('hands on only what its filter lets through', async () => {
    await send('same');
    await cloud.settled();
    await send('same');
    await cloud.settled();
    expect(cloud.functionLogs('Follow')).toEqual(['batch same']);
  });
});

describe('given a topic with subscribers', () => {
  it('delivers by filter policy to queues and e-mail, and shows both in the outbox', async () => {
    await send('red-dawn');
    await cloud.settled();
    await send('blue-sky');
    await cloud.settled();
    const shown = cloud.outbox.entries().map(({ channel, to, text }) => [channel, to, text]);
    expect(shown).toEqual([
      ['queue', expect.stringContaining('Red'), 'red-dawn'],
      ['email', 'desk@example.test', 'red-dawn'],
      ['email', 'desk@example.test', 'blue-sky'],
    ]);
    expect(await bodiesIn('Red')).toEqual(['red-dawn']);
  });

  it('serves the outbox as data and as a page', async () => {
    await send('red-<b>');
    await cloud.settled();
    const data = await (await fetch(`${cloud.consoleUrl}/outbox.json`)).json();
    expect(data).toEqual(JSON.parse(JSON.stringify(cloud.outbox.entries())));
    const page = await (await fetch(`${cloud.consoleUrl}/outbox`)).text();
    expect(page).toContain('red-&lt;b&gt;');
  });
});

describe('given a rule with a rate', () => {
  it('invokes its function each minute of the clock', async () => {
    await cloud.clock.advanceBy(180_000);
    expect(cloud.functionLogs('Tick')).toEqual([
      'tick 2026-03-01T12:01:00Z at 2026-03-01T12:01:00.000Z',
      'tick 2026-03-01T12:02:00Z at 2026-03-01T12:02:00.000Z',
      'tick 2026-03-01T12:03:00Z at 2026-03-01T12:03:00.000Z',
    ]);
  });
});
