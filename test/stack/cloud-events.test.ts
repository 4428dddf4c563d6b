import { DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import {
  DeleteMessageCommand,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  SendMessageCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Cloud } from '#local/cloud/cloud.ts';
import { clientSettings, queueClient, startFixture } from './fixture-cloud.ts';

let cloud: Cloud;
let queues: SQSClient;
let database: DynamoDBClient;

// Each test starts from a quiet cloud and sends texts of its own.
beforeAll(async () => {
  cloud = await startFixture();
  queues = queueClient(cloud);
  database = new DynamoDBClient(clientSettings(cloud));
});
beforeEach(() => cloud.clock.advanceBy(3_600_000));
afterAll(() => cloud.stop());

const send = (...bodies: string[]) =>
  queues.send(
    new SendMessageBatchCommand({
      QueueUrl: cloud.queueUrl('Work'),
      Entries: bodies.map((MessageBody, index) => ({ Id: `${index}`, MessageBody })),
    }),
  );

/** Takes up to ten messages out of the queue: what is only read comes back in its time. */
const bodiesIn = async (queue: string): Promise<string[]> => {
  const QueueUrl = cloud.queueUrl(queue);
  const input = { QueueUrl, MaxNumberOfMessages: 10 };
  const { Messages = [] } = await queues.send(new ReceiveMessageCommand(input));
  for (const { ReceiptHandle } of Messages) {
    await queues.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
  }
  return Messages.map(({ Body = '' }) => Body);
};

/** The row that a message with this text left. */
const row = async (text: string) => {
  const input = { TableName: cloud.tableName('Rows'), Key: { pk: { S: text } } };
  const { Item } = await database.send(new GetItemCommand(input));
  if (Item === undefined) return undefined;
  const numberOf = (name: string): number => Number(Item[name]?.N);
  return {
    deliveries: numberOf('deliveries'),
    sentAt: numberOf('sentAt'),
    writtenAt: numberOf('writtenAt'),
  };
};

const deliveriesOf = async (text: string) => (await row(text))?.deliveries;

/** What the outbox got while `work` went on. */
const sentDuring = async (work: () => Promise<unknown>) => {
  const before = cloud.outbox.entries().length;
  await work();
  await cloud.settled();
  return cloud.outbox.entries().slice(before);
};

describe('given a queue that feeds a function', () => {
  it('delivers only the failed message of a batch again, and then parks it', async () => {
    await send('good', 'bad');
    await cloud.settled();
    expect([await deliveriesOf('good'), await deliveriesOf('bad')]).toEqual([1, 1]);

    await cloud.clock.advanceBy(29_999);
    expect(await deliveriesOf('bad')).toBe(1);
    await cloud.clock.advanceBy(1);
    expect([await deliveriesOf('good'), await deliveriesOf('bad')]).toEqual([1, 2]);
    expect(await bodiesIn('DeadLetters')).toEqual([]);

    await cloud.clock.advanceBy(30_000);
    expect(await bodiesIn('DeadLetters')).toEqual(['bad']);
    expect(await deliveriesOf('bad')).toBe(2);
  });

  it('ends a function that overruns, and delivers its message again', async () => {
    await send('hang');
    await cloud.settled();
    const log = cloud.functionLogs('Consume').join('\n');
    expect(log).toContain('Task timed out after 2.00 seconds');
    await cloud.clock.advanceBy(30_000);
    expect(cloud.functionLogs('Consume')).toContain('hang delivery 2');
    await send('after hanging');
    await cloud.settled();
    expect(await deliveriesOf('after hanging')).toBe(1);
  });

  it('holds a delayed message until the clock shows its time', async () => {
    const sentAt = cloud.clock.now();
    const QueueUrl = cloud.queueUrl('Work');
    const input = { QueueUrl, MessageBody: 'delayed', DelaySeconds: 90 };
    const { MessageId } = await queues.send(new SendMessageCommand(input));
    expect(MessageId).toMatch(/^[0-9a-f-]{36}$/);
    await cloud.clock.advanceBy(89_999);
    expect(await row('delayed')).toBeUndefined();
    await cloud.clock.advanceBy(1);
    const writtenAt = sentAt + 90_000;
    expect(await row('delayed')).toEqual({ deliveries: 1, sentAt, writtenAt });
  });

  it('stamps messages and functions by the clock', async () => {
    const at = cloud.clock.now();
    await send('stamped');
    await cloud.settled();
    expect(await row('stamped')).toEqual({ deliveries: 1, sentAt: at, writtenAt: at });
  });

  it('is settled only when everything that follows from a message is done', async () => {
    for (let round = 0; round < 20; round += 1) {
      const sent = await sentDuring(() => send(`red-${round}`));
      expect(sent.map(({ text }) => text)).toEqual([`red-${round}`, `red-${round}`]);
    }
    await bodiesIn('Red');
    await bodiesIn('Red');
  });
});

describe('given a stream that feeds a function', () => {
  it('halves a failing batch and reports the bad record to the on-failure queue', async () => {
    const sent = await sentDuring(async () => {
      await send('one', 'poison', 'two');
      await cloud.settled();
      await cloud.clock.advanceBy(60_000);
    });
    expect(new Set(sent.map(({ text }) => text))).toEqual(new Set(['one', 'two']));
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
    const twice = async (): Promise<void> => {
      await send('same');
      await cloud.settled();
      await send('same');
    };
    expect((await sentDuring(twice)).map(({ text }) => text)).toEqual(['same']);
  });
});

describe('given a topic with subscribers', () => {
  it('delivers by filter policy to queues and e-mail, and shows both in the outbox', async () => {
    const sent = await sentDuring(async () => {
      await send('red-dawn');
      await cloud.settled();
      await send('blue-sky');
    });
    expect(sent.map(({ channel, to, text }) => [channel, to, text])).toEqual([
      ['queue', expect.stringContaining('Red'), 'red-dawn'],
      ['email', 'desk@example.test', 'red-dawn'],
      ['email', 'desk@example.test', 'blue-sky'],
    ]);
    expect(await bodiesIn('Red')).toEqual(['red-dawn']);
  });

  it('serves the outbox as data and as a page', async () => {
    await sentDuring(() => send('red-<b>'));
    const data = await (await fetch(`${cloud.consoleUrl}/outbox.json`)).json();
    expect(data).toEqual(JSON.parse(JSON.stringify(cloud.outbox.entries())));
    const page = await (await fetch(`${cloud.consoleUrl}/outbox`)).text();
    expect(page).toContain('red-&lt;b&gt;');
  });
});

describe('given a rule with a rate', () => {
  it('invokes its function each minute of the clock', async () => {
    const before = cloud.clock.now();
    await cloud.clock.advanceBy(180_000);
    const minutes = [60_000, 120_000, 180_000].map((later) =>
      new Date(before + later).toISOString(),
    );
    expect(cloud.functionLogs('Tick').slice(-3)).toEqual(
      minutes.map((time) => `tick ${time.slice(0, 19)}Z at ${time}`),
    );
  });
});
