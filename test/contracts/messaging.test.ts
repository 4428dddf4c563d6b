import { CreateTopicCommand, PublishCommand } from '@aws-sdk/client-sns';
import { SendMessageBatchCommand, SendMessageCommand } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { agenda } from '#local/simulate/engine/agenda.ts';
import { dice } from '#local/simulate/engine/dice.ts';
import { weather } from '#local/simulate/engine/weather.ts';
import { simulatedSqs } from '#local/simulate/services/messaging.ts';
import { simulatedQueue } from '#local/simulate/services/queue.ts';
import { simulatedSns } from '#local/simulate/services/topics.ts';
import { startRawQueues } from './engines/raw-queues.ts';

/** A message that was taken: it comes again unless it is ended. */
type Taken = Readonly<{ body: string; end: () => Promise<void> }>;

/** A queue of a visibility of two seconds, whose third receipt is the last, and a topic. */
type Engine = Readonly<{
  send: (body: string, delaySeconds: number) => Promise<void>;
  /** Returns how many were taken of a batch. */
  sendAll: (bodies: readonly string[]) => Promise<number>;
  takeAll: () => Promise<Taken[]>;
  dead: () => Promise<string[]>;
  wait: (seconds: number) => Promise<void>;
  topicOf: (name: string) => Promise<string>;
  publish: (topic: string) => Promise<string>;
  stop: () => Promise<void>;
}>;

const VISIBILITY_SECONDS = 2;
const MOST_RECEIVES = 2;

const bodiesSchema = z.object({
  Messages: z.array(z.object({ Body: z.string(), ReceiptHandle: z.string() })).default([]),
});

const realEngine = async (): Promise<Engine> => {
  const raw = await startRawQueues();
  const address = (name: string) => `http://127.0.0.1/000000000000/${name}`;
  const sqs = async (operation: string, input: object): Promise<unknown> => {
    const { status, text } = await raw.sqs(operation, input);
    if (status !== 200) throw new Error(`${operation}: ${text}`);
    return text === '' ? {} : JSON.parse(text);
  };
  await sqs('CreateQueue', { QueueName: 'dead' });
  const RedrivePolicy = JSON.stringify({
    deadLetterTargetArn: 'arn:aws:sqs:eu-west-2:000000000000:dead',
    maxReceiveCount: MOST_RECEIVES,
  });
  const Attributes = { VisibilityTimeout: String(VISIBILITY_SECONDS), RedrivePolicy };
  await sqs('CreateQueue', { QueueName: 'plain', Attributes });
  const receive = async (name: string) => {
    const QueueUrl = address(name);
    const asked = { QueueUrl, MaxNumberOfMessages: 10 };
    const { Messages } = bodiesSchema.parse(await sqs('ReceiveMessage', asked));
    return Messages.map(({ Body, ReceiptHandle }) => ({
      body: Body,
      end: async () => void (await sqs('DeleteMessage', { QueueUrl, ReceiptHandle })),
    }));
  };
  const sns = async (form: Readonly<Record<string, string>>, name: string): Promise<string> => {
    const { text } = await raw.sns(form);
    return new RegExp(`<${name}>([^<]*)<`).exec(text)?.[1] ?? text;
  };
  return {
    send: async (MessageBody, DelaySeconds) =>
      void (await sqs('SendMessage', { QueueUrl: address('plain'), MessageBody, DelaySeconds })),
    sendAll: async (bodies) => {
      const Entries = bodies.map((MessageBody, i) => ({ Id: String(i), MessageBody }));
      const answer = await sqs('SendMessageBatch', { QueueUrl: address('plain'), Entries });
      return z.object({ Successful: z.array(z.unknown()) }).parse(answer).Successful.length;
    },
    takeAll: () => receive('plain'),
    dead: async () => (await receive('dead')).map(({ body }) => body),
    wait: (seconds) => new Promise((done) => setTimeout(done, seconds * 1000)),
    topicOf: (Name) => sns({ Action: 'CreateTopic', Name }, 'TopicArn'),
    publish: (TopicArn) => sns({ Action: 'Publish', TopicArn, Message: 'hello' }, 'MessageId'),
    stop: raw.stop,
  };
};

const CALM = { calls: 0, deliveries: 0, deploysADay: 0 };

const simulatedEngine = async (): Promise<Engine> => {
  const throws = dice(1);
  const clock = agenda(0, throws);
  const calm = weather({
    ...{ seed: 1, climate: () => CALM, now: clock.now, only: null, log: () => undefined },
  });
  const queue = simulatedQueue({
    ...{ name: 'plain', agenda: clock, dice: throws, weather: calm, losesDelayed: false },
    ...{ visibilitySeconds: VISIBILITY_SECONDS, mostReceives: MOST_RECEIVES },
    onVisible: () => undefined,
  });
  const sqs = simulatedSqs(new Map([['plain', queue]]));
  let published = 0;
  const sns = simulatedSns({
    optedOut: new Set(),
    nextId: () => {
      published += 1;
      return `id-${published}`;
    },
    onPublished: () => undefined,
  });
  const QueueUrl = 'https://sqs.example/plain';
  const takeAll = async (): Promise<Taken[]> => {
    const all: Taken[] = [];
    for (let some = queue.take(); some.length > 0; some = queue.take()) {
      all.push(...some.map(({ body, done }) => ({ body, end: async () => void done() })));
    }
    return all;
  };
  return {
    send: async (MessageBody, DelaySeconds) =>
      void sqs(new SendMessageCommand({ QueueUrl, MessageBody, DelaySeconds })),
    sendAll: async (bodies) => {
      const Entries = bodies.map((MessageBody, i) => ({ Id: String(i), MessageBody }));
      const answer = sqs(new SendMessageBatchCommand({ QueueUrl, Entries }));
      return z.object({ Successful: z.array(z.unknown()) }).parse(answer).Successful.length;
    },
    takeAll,
    dead: async () => queue.dead,
    wait: (seconds) => clock.runUntil(clock.now() + seconds * 1000),
    topicOf: async (Name) =>
      z.object({ TopicArn: z.string() }).parse(sns(new CreateTopicCommand({ Name }))).TopicArn,
    publish: async (TopicArn) =>
      z
        .object({ MessageId: z.string() })
        .parse(sns(new PublishCommand({ TopicArn, Message: 'hello' }))).MessageId,
    stop: async () => undefined,
  };
};

describe.each([['fauxqs', realEngine] as const, ['the simulation', simulatedEngine] as const])(
  'a queue of %s',
  (_, start) => {
    let engine: Engine;
    beforeAll(async () => {
      engine = await start();
    });
    afterAll(() => engine.stop());

    const bodies = (taken: readonly Taken[]): string[] => taken.map(({ body }) => body).sort();

    it('gives what was sent, and not before its delay', async () => {
      await engine.send('later', 2);
      expect(await engine.sendAll(['a', 'b', 'c'])).toBe(3);
      const first = await engine.takeAll();
      expect(bodies(first)).toEqual(['a', 'b', 'c']);
      for (const { end } of first) await end();
      await engine.wait(2.2);
      const second = await engine.takeAll();
      expect(bodies(second)).toEqual(['later']);
      for (const { end } of second) await end();
    });

    it('hides what was taken, gives it again, and never again what was ended', async () => {
      await engine.sendAll(['kept', 'ended']);
      const taken = await engine.takeAll();
      for (const { body, end } of taken) if (body === 'ended') await end();
      expect(await engine.takeAll()).toEqual([]);
      await engine.wait(VISIBILITY_SECONDS + 0.2);
      const again = await engine.takeAll();
      expect(bodies(again)).toEqual(['kept']);
      for (const { end } of again) await end();
      await engine.wait(VISIBILITY_SECONDS + 0.2);
      expect(await engine.takeAll()).toEqual([]);
    });

    it('puts aside what was received too often', async () => {
      await engine.send('poison', 0);
      for (let receipt = 0; receipt < MOST_RECEIVES; receipt += 1) {
        expect(bodies(await engine.takeAll())).toEqual(['poison']);
        await engine.wait(VISIBILITY_SECONDS + 0.2);
      }
      expect(await engine.takeAll()).toEqual([]);
      expect(await engine.dead()).toEqual(['poison']);
    });

    it('makes a topic once, and gives each message an id of its own', async () => {
      const topic = await engine.topicOf('contact-p-1');
      expect(await engine.topicOf('contact-p-1')).toBe(topic);
      expect(await engine.topicOf('contact-p-2')).not.toBe(topic);
      expect(await engine.publish(topic)).not.toBe(await engine.publish(topic));
    });
  },
);
