import { createSign } from 'node:crypto';
import type { Server } from 'node:http';
import { generate } from 'selfsigned';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { openSnsDoor } from '../../../examples/police-subscriber/sns-door.ts';

const TOPIC = 'arn:aws:sns:eu-west-2:111122223333:feeds';
const CERTIFICATE_URL = 'https://sns.eu-west-2.amazonaws.com/SimpleNotificationService-1.pem';
const CONFIRM_URL = 'https://sns.eu-west-2.amazonaws.com/?Action=ConfirmSubscription&Token=t';

let keys = { private: '', cert: '' };
let others = { private: '', cert: '' };
let expired = { private: '', cert: '' };
const days = (count: number) => new Date(Date.now() + count * 86_400_000);

beforeAll(async () => {
  const attributes = [{ name: 'commonName', value: 'sns.amazonaws.com' }];
  keys = await generate(attributes, { keySize: 2048, algorithm: 'sha256' });
  others = await generate(attributes, { keySize: 2048, algorithm: 'sha256' });
  const past = { notBeforeDate: days(-20), notAfterDate: days(-10) };
  expired = await generate(attributes, { keySize: 2048, algorithm: 'sha256', ...past });
});

type Fields = Readonly<Record<string, string>>;

/** Which fields are signed, by the manual of SNS. */
const SIGNED = {
  Notification: ['Message', 'MessageId', 'Subject', 'Timestamp', 'TopicArn', 'Type'],
  SubscriptionConfirmation: [
    ...['Message', 'MessageId', 'SubscribeURL', 'Timestamp', 'Token', 'TopicArn', 'Type'],
  ],
};

const signed = (fields: Fields, privateKey = keys.private): Fields => {
  const names =
    fields.Type === 'Notification' ? SIGNED.Notification : SIGNED.SubscriptionConfirmation;
  const text = names
    .filter((name) => name in fields)
    .map((name) => `${name}\n${fields[name]}\n`)
    .join('');
  const Signature = createSign('RSA-SHA256').update(text, 'utf8').sign(privateKey, 'base64');
  return { ...fields, Signature };
};

const NOTIFICATION: Fields = {
  Type: 'Notification',
  MessageId: '22b80b92-fdea-4c2c-8f9d-bdfb0c7bf324',
  TopicArn: TOPIC,
  Message: '{"headline":"Siân is out"}',
  Timestamp: '2026-11-21T18:42:08.012Z',
  SignatureVersion: '2',
  SigningCertURL: CERTIFICATE_URL,
};
const CONFIRMATION: Fields = {
  ...NOTIFICATION,
  Type: 'SubscriptionConfirmation',
  Message: 'You have chosen to subscribe to the topic.',
  SubscribeURL: CONFIRM_URL,
  Token: '2336412f37',
};

let server: Server | undefined;
afterEach(() => server?.close());

/** A door, and what comes of posting to it. */
const aDoor = async (certificate = keys.cert) => {
  const kept: string[] = [];
  const fetched: string[] = [];
  const said: string[] = [];
  server = openSnsDoor({
    topicArns: [TOPIC],
    onMessage: async (body) => {
      if (body === 'feed unread') throw new Error('the feed could not be read');
      if (body === 'disk full') throw new Error('no space left on device');
      kept.push(body);
    },
    say: (what) => said.push(what),
    fetchText: async (url) => {
      fetched.push(url);
      return certificate;
    },
  });
  const { promise, resolve } = Promise.withResolvers<void>();
  server.listen(0, '127.0.0.1', resolve);
  await promise;
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : 0;
  const post = async (body: Fields | string): Promise<number> => {
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    return (await fetch(`http://127.0.0.1:${port}/`, { method: 'POST', body: text })).status;
  };
  return { kept, fetched, said, post, url: `http://127.0.0.1:${port}/` };
};

describe('the address that SNS posts to', () => {
  it('keeps what SNS signed, with and without a subject', async () => {
    const door = await aDoor();
    expect(await door.post(signed(NOTIFICATION))).toBe(200);
    expect(await door.post(signed({ ...NOTIFICATION, Subject: 'An alert' }))).toBe(200);
    expect(door.kept).toEqual([NOTIFICATION.Message, NOTIFICATION.Message]);
    expect(door.fetched).toEqual([CERTIFICATE_URL]);
  });

  it('confirms a subscription to its own topic', async () => {
    const door = await aDoor();
    expect(await door.post(signed(CONFIRMATION))).toBe(200);
    expect(door.fetched).toEqual([CERTIFICATE_URL, CONFIRM_URL]);
    expect(door.kept).toEqual([]);
  });

  it.each<[string, () => Fields]>([
    ['a changed message', () => ({ ...signed(NOTIFICATION), Message: '{}' })],
    ['a subject that was not signed', () => ({ ...signed(NOTIFICATION), Subject: 'x' })],
    ["somebody else's signature", () => signed(NOTIFICATION, others.private)],
    [
      'a topic that was never subscribed to',
      () => signed({ ...NOTIFICATION, TopicArn: `${TOPIC}-of-others` }),
    ],
    ...[
      'http://sns.eu-west-2.amazonaws.com/a.pem',
      'https://sns.eu-west-2.amazonaws.com.evil.example/a.pem',
      'https://evil.example/sns.eu-west-2.amazonaws.com/a.pem',
      'https://sns.eu-west-2.amazonaws.com@evil.example/a.pem',
      'https://sns.eu-west-2.amazonaws.com:8443/a.pem',
      'https://sns.s3.amazonaws.com.cn.evil.example/a.pem',
      'https://bucket.s3.amazonaws.com/a.pem',
      'https://sns.s3.amazonaws.com/SimpleNotificationService-1.pem',
      'https://sns.s3-eu-west-2.amazonaws.com/SimpleNotificationService-1.pem',
      'https://sns.us-east-1.amazonaws.com/SimpleNotificationService-1.pem',
      'https://sns.eu-west-2.amazonaws.com/?Action=Unsubscribe&a=.pem',
      'https://sns.eu-west-2.amazonaws.com/SimpleNotificationService-1.pem/../a.pem',
    ].map((url): [string, () => Fields] => [
      `a certificate at ${url}`,
      () => signed({ ...NOTIFICATION, SigningCertURL: url }),
    ]),
    ...[
      'https://169.254.169.254/latest',
      'http://sns.eu-west-2.amazonaws.com/?Action=ConfirmSubscription&Token=t',
      'https://sns.eu-west-2.amazonaws.com.evil.example/?Action=ConfirmSubscription',
      'https://sns.s3-eu-west-2.amazonaws.com/?Action=ConfirmSubscription',
    ].map((url): [string, () => Fields] => [
      `an address to confirm at of ${url}`,
      () => signed({ ...CONFIRMATION, SubscribeURL: url }),
    ]),
  ])('refuses %s, and asks nobody but SNS about it', async (_, body) => {
    const door = await aDoor();
    expect(await door.post(body())).toBe(403);
    expect(door.kept).toEqual([]);
    expect(door.fetched.filter((url) => url !== CERTIFICATE_URL)).toEqual([]);
    expect(door.said).toHaveLength(1);
  });

  it('refuses a certificate whose time is over', async () => {
    const door = await aDoor(expired.cert);
    expect(await door.post(signed(NOTIFICATION, expired.private))).toBe(403);
  });

  it.each([
    ['no JSON', '<xml/>', 400],
    ['a signature of version 1', JSON.stringify({ ...NOTIFICATION, SignatureVersion: '1' }), 400],
    ['a megabyte', 'x'.repeat(1_048_576), 413],
  ])('refuses %s', async (_, body, status) => {
    const door = await aDoor();
    expect(await door.post(body)).toBe(status);
  });

  it('has SNS try again where the message could not be kept', async () => {
    const door = await aDoor();
    expect(await door.post(signed({ ...NOTIFICATION, Message: 'disk full' }))).toBe(503);
    expect(await door.post(signed(NOTIFICATION))).toBe(200);
  });

  it('says why it takes nothing that is signed with SHA-1', async () => {
    const door = await aDoor();
    await door.post({ ...signed(NOTIFICATION), SignatureVersion: '1' });
    expect(door.said.join()).toContain('version 1');
  });

  it('has SNS try again where what it brought could not be followed up', async () => {
    const door = await aDoor();
    expect(await door.post(signed({ ...NOTIFICATION, Message: 'feed unread' }))).toBe(503);
  });

  it('takes posts only', async () => {
    const door = await aDoor();
    expect((await fetch(door.url)).status).toBe(405);
  });
});
