import { errorName } from '../adapters/log/log.ts';
import { deliveryMessageSchema } from '../adapters/sqs/messages.ts';
import { type BatchResponse, queueBatchSchema } from '../middleware/batch.ts';
import { workOffQueue } from '../middleware/queue.ts';
import { type AgainDeps, deliverAgain } from './deliver-again.ts';
import { type FeedDeps, workOffFeed } from './work-off-feed.ts';

export type DeliverDeps = FeedDeps & AgainDeps;

/**
 * Input: feeds of liaisons in which something waits, and events without a receipt, from the
 * deliveries queue. Output: the messages that must be given again. Course: whoever gets the lease
 * of a feed hands its events over, in order, up to the last; what a liaison cannot take now rests,
 * and nobody else waits for it.
 */
export const run =
  (deps: DeliverDeps) =>
  (input: unknown): Promise<BatchResponse> =>
    workOffQueue(queueBatchSchema.parse(input).Records, async ({ messageId, body }) => {
      try {
        const message = deliveryMessageSchema.parse(JSON.parse(body));
        if (message.kind === 'feed') await workOffFeed(deps, message);
        else await deliverAgain(deps, message);
        return 'done';
      } catch (error) {
        // Retry: and after the last try the dead-letter queue; the sweep goes on driving the feed.
        deps.telemetry.log.error('feed not delivered', { messageId, error: errorName(error) });
        return 'failed';
      }
    });
