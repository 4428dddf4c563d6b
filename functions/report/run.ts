import * as z from 'zod';
import { errorName, type Telemetry } from '../adapters/log/log.ts';
import { type ReportMessage, reportMessageSchema } from '../adapters/sqs/messages.ts';
import { type BatchResponse, queueBatchSchema } from '../middleware/batch.ts';
import { workOffQueue } from '../middleware/queue.ts';
import { giveUp, type MakeReportDeps, makeReport } from './make-report.ts';

export type ReportDeps = MakeReportDeps & Readonly<{ telemetry: Telemetry; mostReceives: number }>;

/** How often the queue has given its messages, by their ids. */
const receivesSchema = z.object({
  Records: z.array(
    z.object({
      messageId: z.string(),
      attributes: z.object({ ApproximateReceiveCount: z.coerce.number() }),
    }),
  ),
});

const messageIn = (body: string): ReportMessage | null => {
  try {
    return reportMessageSchema.parse(JSON.parse(body));
  } catch {
    // Park: by whoever asked.
    return null;
  }
};

/** After its last try a report is said to have failed, and the dead-letter queue says it too. */
const failed = async (
  deps: ReportDeps,
  message: ReportMessage,
  isLast: boolean,
): Promise<'failed'> => {
  deps.telemetry.measure('reportsNotMade', 1);
  if (isLast) await giveUp(deps, message);
  return 'failed';
};

/**
 * Input: reports that were asked for, from the reports queue. Output: the messages that must be
 * given again. Course: each is made whole, or tried again, or said to have failed.
 */
export const run =
  (deps: ReportDeps) =>
  (input: unknown): Promise<BatchResponse> => {
    const receives = new Map(
      receivesSchema
        .parse(input)
        .Records.map(({ messageId, attributes }) => [
          messageId,
          attributes.ApproximateReceiveCount,
        ]),
    );
    return workOffQueue(queueBatchSchema.parse(input).Records, async ({ messageId, body }) => {
      const { log, measure } = deps.telemetry;
      const message = messageIn(body);
      if (message === null) {
        // Park: nobody will be able to read it; after its tries the dead-letter queue has it.
        log.error('message not read', { messageId });
        return 'failed';
      }
      const { agencyId, reportId } = message;
      try {
        await makeReport(deps, message);
        measure('reportsMade', 1);
        return 'done';
      } catch (error) {
        // Retry: by the queue, up to so many times.
        log.error('report not made', { agencyId, reportId, error: errorName(error) });
        const isLast = (receives.get(messageId) ?? 1) >= deps.mostReceives;
        return failed(deps, message, isLast);
      }
    });
  };
