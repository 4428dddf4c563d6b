import type { FeedOf } from '../dynamodb/liaison-feed-keys.ts';
import { errorName, type Telemetry } from '../log/log.ts';
import type { DeliveryMessage } from './messages.ts';
import type { Queue } from './queue.ts';

/** Says at once that something waits in a feed. */
export const askForDelivery =
  (deliveries: Pick<Queue, 'sendAll'>, { log }: Pick<Telemetry, 'log'>) =>
  async (feed: FeedOf): Promise<void> => {
    const message: DeliveryMessage = { kind: 'feed', ...feed };
    try {
      await deliveries.sendAll([message]);
    } catch (error) {
      // Record: the feed says what is wanted of it, and the sweep finds it there.
      log.warn('delivery not asked for', { ...feed, error: errorName(error) });
    }
  };
export type AskForDelivery = ReturnType<typeof askForDelivery>;
