import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import { isTextsTopic } from '#local/iam/services/text-calls.ts';
import type { MovableClock } from './clock/clock.ts';
import type { Enforcement } from './enforcement.ts';
import type { QueueEngine } from './engines/queues.ts';
import type { Registry } from './workbench.ts';

/** A text that somebody sends to our number, or what became of a message of ours. */
export const textInSchema = z.union([
  z.strictObject({ from: z.string(), text: z.string() }),
  z.strictObject({ messageId: z.string(), eventType: z.string() }),
]);
export type TextIn = z.infer<typeof textInSchema>;

export type TextsInParts = Readonly<{
  clock: MovableClock;
  registry: Pick<Registry, 'topics'>;
  enforcement: Pick<Enforcement, 'permits'>;
  queues: Pick<QueueEngine, 'sns'>;
}>;

/**
 * Hands what comes in to the stack's topic for it, as AWS End User Messaging does; gives the id of
 * a text. Throws where the stack takes no texts.
 */
export const textsIn =
  ({ clock, registry, enforcement, queues }: TextsInParts) =>
  async (textIn: TextIn): Promise<string> => {
    const topic = registry.topics.find(({ logicalId }) => isTextsTopic(logicalId));
    if (topic === undefined) throw new Error('This stack has no topic for texts.');
    if (!enforcement.permits(topic.logicalId, 'text')) {
      throw new Error('The topic for texts lets no number publish.');
    }
    const inboundMessageId = randomUUID();
    const message =
      'from' in textIn
        ? { originationNumber: textIn.from, messageBody: textIn.text, inboundMessageId }
        : { ...textIn, eventVersion: '1.0', eventTimestamp: clock.now() };
    const Message = JSON.stringify(message);
    await queues.sns({ Action: 'Publish', TopicArn: topic.arn, Message });
    return 'from' in textIn ? inboundMessageId : textIn.messageId;
  };
export type TakeTextIn = ReturnType<typeof textsIn>;
