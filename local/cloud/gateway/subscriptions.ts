import * as z from 'zod';
import type { QueueEngine } from '../engines/queues.ts';
import type { WritableOutbox } from '../outbox/outbox.ts';
import { arnOf, type Place } from '../place.ts';
import { elementText } from './sns-form.ts';

/** What was published, as far as the outbox shows it. */
export type PublishedMessage = {
  topicArn: string;
  messageId: string;
  subject?: string;
  text: string;
  attributes: Readonly<Record<string, string>>;
};

export type Subscription = {
  topicArn: string;
  protocol: 'email' | 'sqs';
  /** E-mail address, or the queue's ARN. */
  endpoint: string;
  attributes: Readonly<Record<string, string>>;
};

/** The subscriptions of all topics, and what each delivers to the outbox. */
export type Subscriptions = {
  /** Subscribes in the engine and follows what is delivered. Returns the subscription's ARN. */
  add(subscription: Subscription): Promise<string>;
  remove(subscriptionArn: string): void;
  hasRawSubscriber(topicArn: string): boolean;
  /** Puts into the outbox what this message, already published in the engine, has delivered. */
  deliver(message: PublishedMessage): Promise<void>;
};

export type SubscriptionsParts = { engine: QueueEngine; outbox: WritableOutbox; place: Place };

type Followed = Subscription & { arn: string; tapUrl?: string };

const receivedSchema = z.looseObject({
  Messages: z
    .array(z.looseObject({ MessageId: z.string(), ReceiptHandle: z.string() }))
    .default([]),
});

const nameOf = (arn: string): string => arn.slice(arn.lastIndexOf(':') + 1);

export const createSubscriptions = (parts: SubscriptionsParts): Subscriptions => {
  const { engine, outbox, place } = parts;
  const followed = new Map<string, Followed>();

  const subscribe = async (subscription: Subscription): Promise<string> => {
    const form: Record<string, string> = {
      Action: 'Subscribe',
      TopicArn: subscription.topicArn,
      Protocol: subscription.protocol,
      Endpoint: subscription.endpoint,
    };
    for (const [index, [name, value]] of Object.entries(subscription.attributes).entries()) {
      form[`Attributes.entry.${index + 1}.key`] = name;
      form[`Attributes.entry.${index + 1}.value`] = value;
    }
    const arn = elementText(await engine.sns(form), 'SubscriptionArn');
    if (arn === undefined) throw new Error('The queue engine gave a subscription without an ARN.');
    return arn;
  };

  // The engine itself decides by filter policy what a queue gets: a second queue with the same policy
  // shows it, without touching the real one.
  const tap = async (subscription: Subscription): Promise<string> => {
    const name = `outbox-tap-${followed.size + 1}`;
    await engine.sqs('CreateQueue', { QueueName: name });
    await subscribe({ ...subscription, endpoint: arnOf(place, 'sqs', name) });
    return `http://127.0.0.1/${place.account}/${name}`;
  };

  const countDelivered = async (tapUrl: string): Promise<number> => {
    let count = 0;
    for (;;) {
      const input = { QueueUrl: tapUrl, MaxNumberOfMessages: 10, WaitTimeSeconds: 0 };
      const { Messages } = receivedSchema.parse(await engine.sqs('ReceiveMessage', input));
      if (Messages.length === 0) return count;
      count += Messages.length;
      const Entries = Messages.map(({ ReceiptHandle }, index) => ({
        Id: `${index}`,
        ReceiptHandle,
      }));
      await engine.sqs('DeleteMessageBatch', { QueueUrl: tapUrl, Entries });
    }
  };

  const record = ({ protocol, endpoint }: Followed, message: PublishedMessage): void => {
    const { topicArn, ...content } = message;
    outbox.accept({
      ...content,
      channel: protocol === 'email' ? 'email' : 'queue',
      to: protocol === 'email' ? endpoint : nameOf(endpoint),
      topic: nameOf(topicArn),
    });
  };

  return {
    add: async (subscription) => {
      const arn = await subscribe(subscription);
      if (followed.has(arn)) return arn;
      const isQueue = subscription.protocol === 'sqs';
      const entry: Followed = { ...subscription, arn };
      followed.set(arn, entry);
      if (isQueue) entry.tapUrl = await tap(subscription);
      return arn;
    },
    remove: (subscriptionArn) => followed.delete(subscriptionArn),
    hasRawSubscriber: (topicArn) =>
      [...followed.values()].some(
        (one) => one.topicArn === topicArn && one.attributes.RawMessageDelivery === 'true',
      ),
    deliver: async (message) => {
      for (const subscription of followed.values()) {
        if (subscription.topicArn !== message.topicArn) continue;
        const { tapUrl } = subscription;
        const count = tapUrl === undefined ? 1 : await countDelivered(tapUrl);
        for (let delivered = 0; delivered < count; delivered += 1) record(subscription, message);
      }
    },
  };
};
