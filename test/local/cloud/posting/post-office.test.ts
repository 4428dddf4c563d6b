import { createVerify } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { instant } from '#domain/model/instant.ts';
import { createActivity } from '#local/cloud/activity.ts';
import { createAgenda } from '#local/cloud/agenda.ts';
import { createClock } from '#local/cloud/clock/clock.ts';
import { forgetfulLedger, type Ledger, openLedger } from '#local/cloud/durable/ledger.ts';
import {
  type LoopbackServer,
  readBody,
  startLoopbackServer,
} from '#local/cloud/loopback-server.ts';
import { createOutbox } from '#local/cloud/outbox/outbox.ts';
import { deliveryPolicySchema } from '#local/cloud/posting/delivery-policy.ts';
import { openPostOffice } from '#local/cloud/posting/post-office.ts';

const TOPIC = 'arn:aws:sns:eu-west-2:000000000000:actual';
const ENDPOINT = 'https://cad.kent.example/homeward';
const DEAD = 'arn:aws:sqs:eu-west-2:000000000000:kent-dead';
const SNS_URL = 'https://sns.eu-west-2.amazonaws.com';
const PAUSES = [0, 5, 60];

type Posted = { headers: IncomingMessage['headers']; body: Record<string, unknown>; path: string };
type Answering = (response: ServerResponse, posted: Posted) => void;
const ok: Answering = (response) => response.writeHead(200).end();
const status =
  (code: number, headers = {}): Answering =>
  (response) =>
    response.writeHead(code, headers).end('no');

/** A control room's system, and the post office whose topic it has subscribed to. */
const open = async (ledger: Ledger = forgetfulLedger()) => {
  const posts: Posted[] = [];
  const dead: { body: string; attributes: unknown }[] = [];
  let answer: Answering = ok;
  const server: LoopbackServer = await startLoopbackServer(async (request, response) => {
    const body = z
      .record(z.string(), z.unknown())
      .parse(JSON.parse(String(await readBody(request))));
    const posted = { headers: request.headers, body, path: request.url ?? '' };
    posts.push(posted);
    answer(response, posted);
  });
  const startAt = instant(Date.parse('2026-11-22T20:00:00Z'));
  const clock = createClock({ mode: 'stopped', startAt });
  const said: string[] = [];
  const log = (line: string): void => {
    said.push(line);
  };
  const activity = createActivity(log);
  const agenda = createAgenda({ clock, activity, log });
  activity.addCheck('agenda', () => (agenda.nextDueAt() ?? Infinity) > clock.now());
  clock.follow({ nextDueAt: agenda.nextDueAt, settled: activity.settled });
  const outbox = createOutbox(clock, ledger);
  const sent = z.object({
    ...{ QueueUrl: z.string(), MessageBody: z.string(), MessageAttributes: z.unknown() },
  });
  const engine = {
    sqs: async (_: string, input: unknown) => {
      const { QueueUrl, MessageBody: body, MessageAttributes: attributes } = sent.parse(input);
      expect(QueueUrl).toBe('http://127.0.0.1/000000000000/kent-dead');
      dead.push({ body, attributes });
    },
  };
  const office = openPostOffice({
    ...{ engine, clock, agenda, ledger, log, outbox, region: 'eu-west-2' },
    hosts: { 'cad.kent.example': { port: server.port } },
    timeoutMilliseconds: 100,
  });
  const subscribe = (endpoint = ENDPOINT) =>
    office.subscribe({
      ...{ arn: `${TOPIC}:1`, topicArn: TOPIC, endpoint, signatureVersion: '2' },
      policy: {
        ...deliveryPolicySchema.parse({}),
        ...{ pausesSeconds: PAUSES, contentType: 'application/json' },
      },
      deadLetterArn: DEAD,
    });
  const publish = (messageId: string, more = {}) =>
    office.deliver(
      { topicArn: TOPIC, endpoint: ENDPOINT },
      {
        ...{ topicArn: TOPIC, messageId, text: '{"severity":"severe"}' },
        attributes: { recipient: 'kent', status: 'Actual' },
        attributeTypes: { recipient: 'String', status: 'String' },
        ...more,
      },
    );
  /** Visits the address that the last post gives, as its reader does. */
  const visit = async (url = String(posts.at(-1)?.body.SubscribeURL)) =>
    office.page(url.slice(SNS_URL.length));
  const confirmed = async () => {
    subscribe();
    await activity.settled();
    await visit();
    posts.length = 0;
  };
  const close = async () => {
    agenda.stop();
    activity.stop();
    await server.close();
  };
  return {
    ...{ posts, dead, clock, outbox, office, subscribe, publish, visit, confirmed, close, said },
    settled: activity.settled,
    answers: (next: Answering) => {
      answer = next;
    },
  };
};

let room: Awaited<ReturnType<typeof open>>;
beforeEach(async () => {
  room = await open();
});
afterEach(() => room.close());

/** As the documentation of SNS says it, for whoever checks a signature. */
const hasSound = async (body: Record<string, unknown>): Promise<boolean> => {
  const names =
    body.Type === 'Notification'
      ? ['Message', 'MessageId', 'Subject', 'Timestamp', 'TopicArn', 'Type']
      : ['Message', 'MessageId', 'SubscribeURL', 'Timestamp', 'Token', 'TopicArn', 'Type'];
  const lines = names.flatMap((name) => (name in body ? [name, String(body[name])] : []));
  const page = await room.visit(String(body.SigningCertURL));
  return createVerify('sha256')
    .update(`${lines.join('\n')}\n`)
    .verify(String(page?.body), String(body.Signature), 'base64');
};

describe('given an address that is subscribed', () => {
  it('is asked to confirm, and sent nothing before it has', async () => {
    room.subscribe();
    await room.settled();
    room.publish('m-0');
    await room.settled();
    expect(room.posts.map(({ body }) => body.Type)).toEqual(['SubscriptionConfirmation']);
    expect(room.said).toEqual([`${ENDPOINT} has not confirmed: it is not sent m-0`]);
    const [asked] = room.posts;
    expect(asked?.headers).toMatchObject({
      ...{ host: 'cad.kent.example', 'content-type': 'application/json' },
      ...{ 'x-amz-sns-message-type': 'SubscriptionConfirmation', 'x-amz-sns-topic-arn': TOPIC },
    });
    expect(asked?.body).toMatchObject({
      ...{ TopicArn: TOPIC, SignatureVersion: '2', Timestamp: '2026-11-22T20:00:00.000Z' },
      Token: expect.stringMatching(/^[0-9a-f]{256}$/),
      SigningCertURL: expect.stringMatching(
        /^https:\/\/sns\.eu-west-2\.amazonaws\.com\/SimpleNotificationService-[0-9a-f]{32}\.pem$/,
      ),
    });
    expect(await hasSound(asked?.body ?? {})).toBe(true);
    const answer = await room.visit();
    expect(String(answer?.body)).toContain(`<SubscriptionArn>${TOPIC}:1</SubscriptionArn>`);
    room.publish('m-1');
    await room.settled();
    expect(room.posts.map(({ body }) => body.MessageId)).toEqual([asked?.body.MessageId, 'm-1']);
  });

  it('is confirmed by its own token alone', async () => {
    room.subscribe();
    await room.settled();
    const topic = encodeURIComponent(TOPIC);
    const query = `/?Action=ConfirmSubscription&TopicArn=${topic}&Token=${'0'.repeat(256)}`;
    expect((await room.office.page(query))?.status).toBe(400);
    room.publish('m-1');
    await room.settled();
    expect(room.posts).toHaveLength(1);
    expect(await room.office.page('/other.pem')).toBeUndefined();
  });

  it('is asked again where it does not answer, and then no more', async () => {
    room.answers(status(503));
    room.subscribe();
    await room.clock.advanceBy(70_000);
    expect(room.posts).toHaveLength(1 + PAUSES.length);
    expect(new Set(room.posts.map(({ body }) => body.Token)).size).toBe(1);
    await room.clock.advanceBy(3_600_000);
    expect(room.posts).toHaveLength(1 + PAUSES.length);
    expect(room.said.join()).toContain('could not be asked to confirm');
  });
});

describe('given an address that has confirmed', () => {
  beforeEach(() => room.confirmed());

  it('has each message in the envelope, signed, with its attributes', async () => {
    room.publish('m-1', { subject: 'Alert' });
    await room.settled();
    const [{ headers, body, path } = { headers: {}, body: {}, path: '' }] = room.posts;
    expect([path, headers['x-amz-sns-subscription-arn']]).toEqual(['/homeward', `${TOPIC}:1`]);
    expect(body).toMatchObject({
      ...{ Type: 'Notification', MessageId: 'm-1', TopicArn: TOPIC, Subject: 'Alert' },
      ...{ Message: '{"severity":"severe"}', Timestamp: '2026-11-22T20:00:00.000Z' },
      MessageAttributes: {
        recipient: { Type: 'String', Value: 'kent' },
        status: { Type: 'String', Value: 'Actual' },
      },
      UnsubscribeURL: expect.stringContaining('Action=Unsubscribe'),
    });
    expect(await hasSound(body)).toBe(true);
    expect(await hasSound({ ...body, Message: '{"severity":"minor"}' })).toBe(false);
    expect(room.outbox.entries()).toMatchObject([
      { channel: 'https', to: ENDPOINT, messageId: 'm-1', topic: 'actual' },
    ]);
  });

  it('is posted to again after 5xx by its policy, until it takes the message', async () => {
    room.answers(status(503));
    room.publish('m-1');
    await room.settled();
    expect(room.posts).toHaveLength(2);
    await room.clock.advanceBy(4_999);
    expect(room.posts).toHaveLength(2);
    await room.clock.advanceBy(1);
    expect(room.posts).toHaveLength(3);
    room.answers(ok);
    await room.clock.advanceBy(60_000);
    expect(room.posts).toHaveLength(4);
    expect(new Set(room.posts.map(({ body }) => body.MessageId))).toEqual(new Set(['m-1']));
    expect(new Set(room.posts.map(({ body }) => body.Timestamp)).size).toBe(1);
    await room.clock.advanceBy(3_600_000);
    expect(room.posts).toHaveLength(4);
    expect(room.dead).toEqual([]);
  });

  it.each<[string, Answering, number, string]>([
    ['4xx is not tried again', status(403), 1, 'answered 403'],
    ['429 is tried again', status(429), 4, 'answered 429'],
    ['5xx is tried again', status(500), 4, 'answered 500'],
    ['a redirect is not followed', status(302, { location: '/there' }), 4, 'answered 302'],
    ['silence is tried again', () => undefined, 4, 'no answer within 0.1 s'],
    ['a cut line is tried again', (response) => response.destroy(), 4, 'socket hang up'],
  ])('what is given up is in the dead letter queue: %s', async (_, answering, tries, reason) => {
    room.answers(answering);
    room.publish('m-1');
    await room.clock.advanceBy(65_000);
    expect(room.posts.map(({ path }) => path)).toEqual(Array(tries).fill('/homeward'));
    const [{ body = '', attributes } = {}] = room.dead;
    expect(room.dead).toHaveLength(1);
    expect(attributes).toMatchObject({
      ErrorCode: { StringValue: tries === 1 ? 'ClientError' : 'ServerError' },
      ErrorMessage: { StringValue: expect.stringContaining(reason) },
    });
    const parsed = z.record(z.string(), z.unknown()).parse(JSON.parse(body));
    expect(parsed.MessageId).toBe('m-1');
    expect(await hasSound(parsed)).toBe(true);
    expect(room.outbox.entries()).toEqual([]);
  });

  it('may answer at any length: its status counts, and the line is cut', async () => {
    let wasCut = false;
    room.answers((response) => {
      response.on('close', () => {
        wasCut = !response.writableFinished;
      });
      response.writeHead(200).end(Buffer.alloc(10_000_000));
    });
    room.publish('m-1');
    await room.settled();
    expect(room.outbox.entries()).toHaveLength(1);
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(wasCut).toBe(true);
  });
});

describe('given a ledger', () => {
  it('goes on after a restart: the address is not asked again, and has what it lacks', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'posts-'));
    const path = join(directory, 'ledger');
    const failed = (error: Error) => {
      throw error;
    };
    const before = await openLedger(path, failed);
    await room.close();
    room = await open(before);
    await room.confirmed();
    room.answers(status(503));
    room.publish('m-1');
    await room.settled();
    await before.close();
    await room.close();
    const after = await openLedger(path, failed);
    room = await open(after);
    room.subscribe();
    room.office.restore();
    await room.clock.advanceBy(5_000);
    expect(room.posts.map(({ body }) => body.MessageId)).toEqual(['m-1']);
    expect(after.collection('posts', z.unknown()).entries()).toEqual([]);
    await after.close();
    await rm(directory, { recursive: true });
  });
});

describe('given an address for which nothing on this machine stands', () => {
  it('is not looked for anywhere else', async () => {
    room.subscribe('https://elsewhere.example/homeward');
    await room.clock.advanceBy(70_000);
    expect(room.posts).toEqual([]);
    expect(room.said.join()).toContain('nothing on this machine stands for elsewhere.example');
  });
});
