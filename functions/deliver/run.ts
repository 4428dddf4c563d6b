import { errorName } from '../adapters/log/log.ts';
import { type DeliveryMessage, deliveryMessageSchema } from '../adapters/sqs/messages.ts';
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
      const { log, measure } = deps.telemetry;
      const message = messageIn(body);
      if (message === null) {
        // Park: nobody will be able to read it; after its tries the dead-letter queue has it.
        log.error('message not read', { messageId });
        return 'failed';
      }
      try {
        if (message.kind === 'feed') await workOffFeed(deps, message);
        else await deliverAgain(deps, message);
      } catch (error) {
        // Retry: a feed says what waits in it, and a transfer when it is sent again. The sweep
        // brings both; a message that came again as well would only pile up beside the next.
        measure('feedsNotWorkedOff', 1);
        log.error('feed not delivered', { messageId, error: errorName(error) });
      }
      return 'done';
    });

const messageIn = (body: string): DeliveryMessage | null => {
  try {
    return deliveryMessageSchema.parse(JSON.parse(body));
  } catch {
    // Park: by whoever asked.
    return null;
  }
};
