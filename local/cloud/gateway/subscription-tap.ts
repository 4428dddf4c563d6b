import * as z from 'zod';
import type { QueueEngine } from '../engines/queues.ts';
import { arnOf, type Place } from '../place.ts';
import { attributeFields, elementText } from './sns-form.ts';
import type { Subscription } from './subscriptions.ts';

const receivedSchema = z.looseObject({
  Messages: z
    .array(z.looseObject({ MessageId: z.string(), ReceiptHandle: z.string() }))
    .default([]),
});

/** Subscribes in the queue engine and returns the subscription's ARN. */
export const subscribeInEngine = async (
  engine: QueueEngine,
  subscription: Subscription,
): Promise<string> => {
  const form = {
    Action: 'Subscribe',
    TopicArn: subscription.topicArn,
    Protocol: subscription.protocol,
    Endpoint: subscription.endpoint,
    ...attributeFields(subscription.attributes),
  };
  const arn = elementText(await engine.sns(form), 'SubscriptionArn');
  if (arn === undefined) throw new Error('The queue engine gave a subscription without an ARN.');
  return arn;
};

/**
 * Makes a second queue that gets what this subscription gets. The
 * engine itself decides by filter policy what is delivered; the tap shows it without touching the
 * real queue.
 */
export const tapSubscription = async (
  subscription: Subscription,
  { engine, place, number }: { engine: QueueEngine; place: Place; number: number },
): Promise<{ arn: string; url: string }> => {
  // A FIFO queue drops what it has seen lately, and so must the tap.
  const isFifo = subscription.endpoint.endsWith('.fifo');
  const name = `outbox-tap-${number}${isFifo ? '.fifo' : ''}`;
  const Attributes = isFifo ? { FifoQueue: 'true' } : {};
  await engine.sqs('CreateQueue', { QueueName: name, Attributes });
  const endpoint = arnOf(place, 'sqs', name);
  const tap = { ...subscription, protocol: 'sqs', endpoint } as const;
  const arn = await subscribeInEngine(engine, tap);
  return { arn, url: `http://127.0.0.1/${place.account}/${name}` };
};

/** How many messages have come since the last count. */
export const countTapped = async (engine: QueueEngine, tapUrl: string): Promise<number> => {
  let count = 0;
  for (;;) {
    const input = { QueueUrl: tapUrl, MaxNumberOfMessages: 10, WaitTimeSeconds: 0 };
    const { Messages } = receivedSchema.parse(await engine.sqs('ReceiveMessage', input));
    if (Messages.length === 0) return count;
    count += Messages.length;
    const Entries = Messages.map(({ ReceiptHandle }, index) => ({ Id: `${index}`, ReceiptHandle }));
    await engine.sqs('DeleteMessageBatch', { QueueUrl: tapUrl, Entries });
  }
};
