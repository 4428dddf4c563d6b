import * as z from 'zod';
import type { Ledger } from '../durable/ledger.ts';
import type { QueueEngine } from '../engines/queues.ts';
import type { WritableOutbox } from '../outbox/outbox.ts';
import type { Place } from '../place.ts';
import type { PostOffice } from '../posting/post-office.ts';
import { countTapped, subscribeInEngine, tapSubscription } from './subscription-tap.ts';

export const publishedSchema = z.object({
  topicArn: z.string(),
  messageId: z.string(),
  subject: z.string().exactOptional(),
  text: z.string(),
  attributes: z.record(z.string(), z.string()),
  /** Such as `String`, by the attribute's name. */
  attributeTypes: z.record(z.string(), z.string()),
});
/** What was published, as far as subscribers see it. */
export type PublishedMessage = Readonly<z.infer<typeof publishedSchema>>;

const subscriptionSchema = z.object({
  topicArn: z.string(),
  protocol: z.enum(['email', 'sms', 'sqs', 'https']),
  /** E-mail address, mobile, the queue's ARN, or an address. */
  endpoint: z.string(),
  attributes: z.record(z.string(), z.string()),
});
export type Subscription = Readonly<z.infer<typeof subscriptionSchema>>;

/** The subscriptions of all topics, and what each delivers to the outbox. */
export type Subscriptions = {
  /** Subscribes in the engine and follows what is delivered. Returns the subscription's ARN. */
  add(subscription: Subscription): Promise<string>;
  /** Remembers a subscription that was made by a call, and so is not in the template. */
  keep(subscription: Subscription): void;
  /** Makes the topics and subscriptions again that calls had made before. */
  restore(): Promise<void>;
  remove(subscriptionArn: string): void;
  hasRawSubscriber(topicArn: string): boolean;
  /** Puts into the outbox what this message, already published in the engine, has delivered. */
  deliver(message: PublishedMessage): Promise<void>;
};

export type SubscriptionsParts = {
  engine: QueueEngine;
  outbox: WritableOutbox;
  place: Place;
  ledger: Ledger;
  posts: Pick<PostOffice, 'deliver'>;
};

type Followed = Subscription & { arn: string; tapUrl?: string };

const keyOf = ({ topicArn, protocol, endpoint }: Subscription): string =>
  `${topicArn} ${protocol} ${endpoint}`;

const nameOf = (arn: string): string => arn.slice(arn.lastIndexOf(':') + 1);

export const createSubscriptions = (parts: SubscriptionsParts): Subscriptions => {
  const { engine, outbox } = parts;
  const kept = parts.ledger.collection('subscriptions', subscriptionSchema);
  const followed = new Map<string, Followed>();

  const record = ({ protocol, endpoint }: Followed, message: PublishedMessage): void => {
    const { topicArn, attributeTypes: _, ...content } = message;
    outbox.accept({
      ...content,
      channel: protocol === 'sqs' ? 'queue' : protocol,
      to: protocol === 'sqs' ? nameOf(endpoint) : endpoint,
      topic: nameOf(topicArn),
    });
  };

  const handOn = (to: Followed, message: PublishedMessage): void => {
    if (to.protocol === 'https') parts.posts.deliver(to, message);
    else record(to, message);
  };

  /** The engine posts nothing: what its filter lets through is seen behind a tap. */
  const addTapOnly = async (subscription: Subscription): Promise<string> => {
    const tap = await tapSubscription(subscription, { ...parts, number: followed.size + 1 });
    followed.set(tap.arn, { ...subscription, arn: tap.arn, tapUrl: tap.url });
    return tap.arn;
  };

  const add: Subscriptions['add'] = async (subscription) => {
    if (subscription.protocol === 'https') return addTapOnly(subscription);
    const arn = await subscribeInEngine(engine, subscription);
    if (followed.has(arn)) return arn;
    const entry: Followed = { ...subscription, arn };
    followed.set(arn, entry);
    if (subscription.protocol !== 'sqs') return arn;
    const tap = await tapSubscription(subscription, { ...parts, number: followed.size });
    entry.tapUrl = tap.url;
    return arn;
  };

  return {
    add,
    keep: (subscription) => kept.set(keyOf(subscription), subscription),
    restore: async () => {
      for (const [, subscription] of kept.entries()) {
        await engine.sns({ Action: 'CreateTopic', Name: nameOf(subscription.topicArn) });
        await add(subscription);
      }
    },
    remove: (subscriptionArn) => {
      const found = followed.get(subscriptionArn);
      followed.delete(subscriptionArn);
      if (found !== undefined) kept.drop(keyOf(found));
    },
    hasRawSubscriber: (topicArn) =>
      [...followed.values()].some(
        (one) => one.topicArn === topicArn && one.attributes.RawMessageDelivery === 'true',
      ),
    deliver: async (message) => {
      for (const subscription of followed.values()) {
        if (subscription.topicArn !== message.topicArn) continue;
        const { tapUrl } = subscription;
        const count = tapUrl === undefined ? 1 : await countTapped(engine, tapUrl);
        for (let delivered = 0; delivered < count; delivered += 1) handOn(subscription, message);
      }
    },
  };
};
