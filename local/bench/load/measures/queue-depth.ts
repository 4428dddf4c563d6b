import { GetQueueAttributesCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { Cloud } from '#local/cloud/cloud.ts';
import { pause } from '../head-end/deliver.ts';

/** Messages of a queue at an instant (epoch milliseconds): waiting, and being worked on. */
export type DepthSample = Readonly<{ at: number; depth: number }>;

const EVERY_MILLISECONDS = 1_000;
const CLOSELY_MILLISECONDS = 100;

/** Looks at the depth of the events queue each second until it is ended. */
export const watchDepth = (cloud: Cloud) => {
  const client = new SQSClient({
    endpoint: cloud.endpointUrl,
    region: 'eu-west-2',
    credentials: { accessKeyId: 'operator', secretAccessKey: 'operator' },
  });
  const QueueUrl = cloud.queueUrl('EventsQueue');
  const samples: DepthSample[] = [];

  const look = async (): Promise<number> => {
    const { Attributes = {} } = await client.send(
      new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['All'] }),
    );
    const waiting = Number(Attributes.ApproximateNumberOfMessages ?? 0);
    const inHand = Number(Attributes.ApproximateNumberOfMessagesNotVisible ?? 0);
    const depth = waiting + inHand;
    samples.push({ at: Date.now(), depth });
    return depth;
  };
  const timer = setInterval(() => {
    // Record: a look that fails is one sample fewer.
    look().catch(() => undefined);
  }, EVERY_MILLISECONDS);

  return {
    between: (from: number, until: number): DepthSample[] =>
      samples.filter(({ at }) => at >= from && at <= until),
    /** Waits until the queue is empty; gives when it was found so. */
    untilEmpty: async (): Promise<number> => {
      while ((await look()) > 0) await pause(CLOSELY_MILLISECONDS);
      return Date.now();
    },
    end: (): void => {
      clearInterval(timer);
      client.destroy();
    },
  };
};
export type DepthWatch = ReturnType<typeof watchDepth>;
