import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import { instantSchema, secondsAfter } from '#domain/model/instant.ts';
import type { Agenda } from '../agenda.ts';
import type { MovableClock } from '../clock/clock.ts';
import type { Ledger } from '../durable/ledger.ts';
import type { QueueEngine } from '../engines/queues.ts';
import { type PublishedMessage, publishedSchema } from '../gateway/subscriptions.ts';
import type { Log } from '../log.ts';
import type { WritableOutbox } from '../outbox/outbox.ts';
import type { Carrier } from './carrier.ts';
import type { Confirmations } from './confirmations.ts';
import { type Letter, notificationOf } from './envelope.ts';
import type { Verdict } from './post.ts';
import { keyOf, type PostedSubscription } from './posted-subscription.ts';

export type PostingsParts = {
  carrier: Pick<Carrier, 'carry' | 'seal'>;
  confirmations: Pick<Confirmations, 'confirmed'>;
  engine: Pick<QueueEngine, 'sqs'>;
  clock: Pick<MovableClock, 'now'>;
  agenda: Pick<Agenda, 'add'>;
  ledger: Ledger;
  log: Log;
  outbox: Pick<WritableOutbox, 'accept'>;
};

const waitingSchema = z.object({
  subscription: z.string(),
  message: publishedSchema,
  publishedAt: instantSchema,
  triesDone: z.number(),
  dueAt: instantSchema,
});
type Waiting = z.infer<typeof waitingSchema>;

const textAttribute = (StringValue: string) => ({ DataType: 'String', StringValue });

/** Posts what topics have for addresses, and tries again as SNS does. */
export const createPostings = (parts: PostingsParts) => {
  const { carrier, confirmations, clock, agenda, log } = parts;
  const kept = parts.ledger.collection('posts', waitingSchema);

  /** https://docs.aws.amazon.com/sns/latest/dg/sns-dead-letter-queues.html */
  const giveUp = async (
    subscription: PostedSubscription,
    letter: Letter,
    { code, reason }: Exclude<Verdict, { kind: 'delivered' }>,
  ): Promise<void> => {
    const { endpoint, deadLetterArn } = subscription;
    log(`message ${letter.MessageId} to ${endpoint} was given up: ${reason}`);
    if (deadLetterArn === undefined) return;
    await parts.engine.sqs('SendMessage', {
      QueueUrl: `http://127.0.0.1/${deadLetterArn.split(':').slice(-2).join('/')}`,
      MessageBody: await carrier.seal(subscription, letter),
      MessageAttributes: {
        RequestID: textAttribute(randomUUID()),
        ErrorCode: textAttribute(code),
        ErrorMessage: textAttribute(reason),
      },
    });
  };

  const noteDelivered = ({ endpoint }: PostedSubscription, message: PublishedMessage): void => {
    const { topicArn, attributeTypes: _, ...content } = message;
    const topic = topicArn.slice(topicArn.lastIndexOf(':') + 1);
    parts.outbox.accept({ ...content, channel: 'https', to: endpoint, topic });
  };

  const attempt = async (id: string, one: Waiting): Promise<void> => {
    const subscription = confirmations.confirmed(one.subscription);
    if (subscription === undefined) return;
    const letter = notificationOf(one.message, one.publishedAt);
    const verdict = await carrier.carry(subscription, letter);
    const pause = subscription.policy.pausesSeconds[one.triesDone];
    if (verdict.kind === 'again' && pause !== undefined) {
      const dueAt = secondsAfter(clock.now(), pause);
      return arm(id, { ...one, triesDone: one.triesDone + 1, dueAt });
    }
    if (verdict.kind === 'delivered') noteDelivered(subscription, one.message);
    else await giveUp(subscription, letter, verdict);
    kept.drop(id);
  };

  const arm = (id: string, one: Waiting): void => {
    kept.set(id, one);
    agenda.add({
      dueAt: one.dueAt,
      kind: one.triesDone === 0 ? 'delivery' : 'retry',
      label: `post of message ${one.message.messageId}`,
      run: () => attempt(id, one),
    });
  };

  return {
    /** Posts a message, now and until it is taken; nothing to an address that has not confirmed. */
    deliver: (
      to: Pick<PostedSubscription, 'topicArn' | 'endpoint'>,
      message: PublishedMessage,
    ): void => {
      const subscription = keyOf(to);
      if (confirmations.confirmed(subscription) === undefined) {
        log(`${to.endpoint} has not confirmed: it is not sent ${message.messageId}`);
        return;
      }
      const publishedAt = clock.now();
      const untried = { subscription, message, publishedAt, triesDone: 0, dueAt: publishedAt };
      arm(randomUUID(), untried);
    },
    /** Goes on with what was under way before; what the template no longer has stays as it is. */
    restore: (): void => {
      for (const [id, one] of kept.entries()) arm(id, one);
    },
  };
};
export type Postings = ReturnType<typeof createPostings>;
