import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { ReceiveMessageCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { clientSettings, START } from '../../stack/fixture-cloud.ts';
import { arnOfResource, startTinyStack, type TinyCloud } from '../lambda/tiny-stack.ts';
import { isListed } from './listed.ts';
import { type RawQueues, startRawQueues, verdictOf } from './raw-queues.ts';

const RAW_QUEUE = 'http://127.0.0.1/000000000000/plain';
const RAW_TOPIC = 'arn:aws:sns:eu-west-2:000000000000:news';
// Both the engine's and the stack's topic have this name.
const NEWS = RAW_TOPIC;
const SQS_DOCS = 'https://docs.aws.amazon.com/AWSSimpleQueueService/latest';
const SNS_DOCS = 'https://docs.aws.amazon.com/sns/latest';

const subscriptionOf = (Protocol: string, Endpoint: unknown, more = {}) => ({
  Type: 'AWS::SNS::Subscription',
  Properties: { TopicArn: { Ref: 'News' }, Protocol, Endpoint, ...more },
});

const STACK = {
  functions: {},
  resources: {
    Plain: { Type: 'AWS::SQS::Queue', Properties: {} },
    News: { Type: 'AWS::SNS::Topic', Properties: { TopicName: 'news' } },
    Raw: { Type: 'AWS::SQS::Queue', Properties: {} },
    RawSubscription: subscriptionOf('sqs', arnOfResource('Raw'), { RawMessageDelivery: true }),
    Mail: subscriptionOf('email', 'desk@example.test'),
    RawPolicy: {
      Type: 'AWS::SQS::QueuePolicy',
      Properties: {
        Queues: [{ Ref: 'Raw' }],
        PolicyDocument: {
          Version: '2012-10-17',
          Statement: [
            {
              Effect: 'Allow',
              Action: 'sqs:SendMessage',
              Principal: { Service: 'sns.amazonaws.com' },
              Resource: arnOfResource('Raw'),
            },
          ],
        },
      },
    },
  },
};

let cloud: TinyCloud;
let raw: RawQueues;
let queues: SQSClient;
let topics: SNSClient;

beforeAll(async () => {
  cloud = await startTinyStack(STACK);
  queues = new SQSClient(clientSettings(cloud));
  topics = new SNSClient(clientSettings(cloud));
  raw = await startRawQueues();
  await raw.sqs('CreateQueue', { QueueName: 'plain' });
  await raw.sns({ Action: 'CreateTopic', Name: 'news' });
  await raw.sns({
    ...{ Action: 'Subscribe', TopicArn: RAW_TOPIC, Protocol: 'sqs' },
    Endpoint: 'arn:aws:sqs:eu-west-2:000000000000:plain',
    'Attributes.entry.1.key': 'RawMessageDelivery',
    'Attributes.entry.1.value': 'true',
  });
});
afterAll(async () => {
  queues.destroy();
  topics.destroy();
  await raw.stop();
  await cloud.stop();
});

const named = async (sending: Promise<unknown>): Promise<string> => {
  try {
    await sending;
    return 'ok';
  } catch (error) {
    return error instanceof Error ? error.name.replace(/(Exception|Error)$/, '') : `${error}`;
  }
};

const attributes = (count: number, StringValue = 'v') =>
  Object.fromEntries(
    Array.from({ length: count }, (_, index) => [`a${index}`, { DataType: 'String', StringValue }]),
  );

const formAttributes = (count: number): Record<string, string> =>
  Object.fromEntries(
    Array.from({ length: count }, (_, index) => {
      const entry = `MessageAttributes.entry.${index + 1}`;
      return [
        [`${entry}.Name`, `a${index}`],
        [`${entry}.Value.DataType`, 'String'],
        [`${entry}.Value.StringValue`, 'v'],
      ];
    }).flat(),
  );

type Sent = { MessageBody: string; MessageAttributes?: object; DelaySeconds?: number };

const rawSend = async (input: Sent): Promise<string> =>
  verdictOf(await raw.sqs('SendMessage', { QueueUrl: RAW_QUEUE, ...input }));
const gatewaySend = (
  input: Omit<Sent, 'MessageAttributes'> & { count?: number; value?: string },
) => {
  const { count = 0, value, ...message } = input;
  const QueueUrl = cloud.queueUrl('Plain');
  const MessageAttributes = attributes(count, value);
  return named(queues.send(new SendMessageCommand({ QueueUrl, ...message, MessageAttributes })));
};

const rawPublish = async (form: Record<string, string>): Promise<string> =>
  verdictOf(await raw.sns({ Action: 'Publish', TopicArn: RAW_TOPIC, Message: 'x', ...form }));
const gatewayPublish = (input: object) =>
  named(topics.send(new PublishCommand({ TopicArn: NEWS, Message: 'x', ...input })));

/** What AWS does, what fauxqs does by itself, and what a caller of the gateway gets. */
type Difference = Readonly<{
  what: string;
  source: string;
  aws: string;
  engine: () => Promise<string>;
  engineDoes: string;
  gateway: () => Promise<string>;
}>;

const tooLong = 'x'.repeat(1024 * 1024 + 1);

const MET_BY_THE_GATEWAY: readonly Difference[] = [
  {
    what: 'eleven attributes of a message',
    source: `${SQS_DOCS}/SQSDeveloperGuide/quotas-messages.html`,
    aws: 'InvalidParameterValue',
    engine: () => rawSend({ MessageBody: 'x', MessageAttributes: attributes(11) }),
    engineDoes: 'ok',
    gateway: () => gatewaySend({ MessageBody: 'x', count: 11 }),
  },
  {
    what: 'an attribute without a value',
    source: `${SQS_DOCS}/SQSDeveloperGuide/sqs-message-metadata.html`,
    aws: 'InvalidParameterValue',
    engine: () => rawSend({ MessageBody: 'x', MessageAttributes: attributes(1, '') }),
    engineDoes: 'ok',
    gateway: () => gatewaySend({ MessageBody: 'x', count: 1, value: '' }),
  },
  {
    what: 'a delay above 900 s',
    source: `${SQS_DOCS}/APIReference/API_SendMessage.html`,
    aws: 'InvalidParameterValue',
    engine: () => rawSend({ MessageBody: 'x', DelaySeconds: 901 }),
    engineDoes: 'ok',
    gateway: () => gatewaySend({ MessageBody: 'x', DelaySeconds: 901 }),
  },
  {
    what: 'a text message',
    source: `${SNS_DOCS}/dg/sns-mobile-phone-number-as-subscriber.html`,
    aws: 'ok',
    engine: async () =>
      verdictOf(await raw.sns({ Action: 'Publish', PhoneNumber: '+447700900000', Message: 'x' })),
    engineDoes: 'InvalidParameter',
    gateway: () =>
      named(topics.send(new PublishCommand({ PhoneNumber: '+447700900000', Message: 'text' }))),
  },
  {
    what: 'a subject with a line break',
    source: `${SNS_DOCS}/api/API_Publish.html`,
    aws: 'InvalidParameter',
    engine: () => rawPublish({ Subject: 'a\nb' }),
    engineDoes: 'ok',
    gateway: () => gatewayPublish({ Subject: 'a\nb' }),
  },
  {
    // AWS takes the message and drops its raw deliveries; here the sender hears of it.
    what: 'eleven attributes for a raw delivery',
    source: `${SNS_DOCS}/dg/sns-large-payload-raw-message-delivery.html`,
    aws: 'InvalidParameter',
    engine: () => rawPublish(formAttributes(11)),
    engineDoes: 'ok',
    gateway: () => gatewayPublish({ MessageAttributes: attributes(11) }),
  },
];

const THE_SAME: readonly Difference[] = [
  {
    what: 'a message above 1 MiB',
    source: `${SQS_DOCS}/SQSDeveloperGuide/quotas-messages.html`,
    aws: 'InvalidParameterValue',
    engine: () => rawSend({ MessageBody: tooLong }),
    engineDoes: 'InvalidParameterValue',
    gateway: () => gatewaySend({ MessageBody: tooLong }),
  },
  {
    what: 'a body with a control character',
    source: `${SQS_DOCS}/APIReference/API_SendMessage.html`,
    aws: 'InvalidMessageContents',
    engine: () => rawSend({ MessageBody: 'a\u0001' }),
    engineDoes: 'InvalidMessageContents',
    gateway: () => gatewaySend({ MessageBody: 'a\u0001' }),
  },
  {
    // The engine would see it only when the delay is over, and the sender not at all.
    what: 'a delayed body with a control character',
    source: `${SQS_DOCS}/APIReference/API_SendMessage.html`,
    aws: 'InvalidMessageContents',
    engine: () => rawSend({ MessageBody: 'a\u0001', DelaySeconds: 60 }),
    engineDoes: 'InvalidMessageContents',
    gateway: () => gatewaySend({ MessageBody: 'a\u0001', DelaySeconds: 60 }),
  },
];

describe('given fauxqs and the gateway before it', () => {
  it.each([...MET_BY_THE_GATEWAY, ...THE_SAME])('$what is answered as AWS does', async (row) => {
    expect(await row.engine()).toBe(row.engineDoes);
    expect(await row.gateway()).toBe(row.aws);
  });

  // https://docs.aws.amazon.com/sns/latest/dg/sns-email-notifications.html
  it('brings e-mail and text messages to the outbox; fauxqs delivers neither', async () => {
    const address = { Protocol: 'email', Endpoint: 'desk@example.test' };
    const subscribed = await raw.sns({ Action: 'Subscribe', TopicArn: RAW_TOPIC, ...address });
    expect(verdictOf(subscribed)).toBe('ok');
    await gatewayPublish({ Message: 'by e-mail' });
    const shown = cloud.outbox.entries().map(({ channel, to, text }) => [channel, to, text]);
    expect(shown).toContainEqual(['email', 'desk@example.test', 'by e-mail']);
    expect(shown).toContainEqual(['sms', '+447700900000', 'text']);
  });

  // https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_ReceiveMessage.html
  it('stamps messages by the clock of the cloud; fauxqs does by that of the machine', async () => {
    const QueueUrl = cloud.queueUrl('Plain');
    await queues.send(new SendMessageCommand({ QueueUrl, MessageBody: 'stamped' }));
    const receive = { QueueUrl, MaxNumberOfMessages: 10, VisibilityTimeout: 0 };
    const { Messages = [] } = await queues.send(
      new ReceiveMessageCommand({ ...receive, MessageSystemAttributeNames: ['SentTimestamp'] }),
    );
    const stamped = Messages.find(({ Body }) => Body === 'stamped');
    expect(stamped?.Attributes?.SentTimestamp).toBe(String(START));
    await raw.sqs('CreateQueue', { QueueName: 'stamped' });
    const rawUrl = RAW_QUEUE.replace('plain', 'stamped');
    await raw.sqs('SendMessage', { QueueUrl: rawUrl, MessageBody: 'x' });
    const request = { QueueUrl: rawUrl, AttributeNames: ['All'] };
    const { text } = await raw.sqs('ReceiveMessage', request);
    const [, sentAt] = /"SentTimestamp":"(\d+)"/.exec(text) ?? [];
    expect(Math.abs(Number(sentAt) - Date.now())).toBeLessThan(60_000);
  });

  it('deletes by any receipt handle, which is listed', async () => {
    const deleted = await raw.sqs('DeleteMessage', { QueueUrl: RAW_QUEUE, ReceiptHandle: 'none' });
    // AWS: ReceiptHandleIsInvalid.
    expect(verdictOf(deleted)).toBe('ok');
    expect(await isListed('receipt handle')).toBe(true);
  });

  // https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/
  // FIFO-queues-understanding-logic.html
  it('gives one message of a FIFO group at a time, which is listed', async () => {
    const QueueUrl = RAW_QUEUE.replace('plain', 'ordered.fifo');
    const Attributes = { FifoQueue: 'true', ContentBasedDeduplication: 'true' };
    await raw.sqs('CreateQueue', { QueueName: 'ordered.fifo', Attributes });
    for (const MessageBody of ['1', '2', '3']) {
      await raw.sqs('SendMessage', { QueueUrl, MessageBody, MessageGroupId: 'one' });
    }
    const { text } = await raw.sqs('ReceiveMessage', { QueueUrl, MaxNumberOfMessages: 10 });
    const bodies = [...text.matchAll(/"Body":"(\d)"/g)].map(([, body]) => body);
    // AWS gives as many of one group as it can: 1, 2 and 3.
    expect(bodies).toEqual(['1']);
    expect(await isListed('one message of a group')).toBe(true);
  });
});
