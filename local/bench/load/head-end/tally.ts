import * as z from 'zod';
import type { Delivery } from './deliver.ts';
import type { Post } from './posts.ts';

/** What a head-end did in one phase. */
export const tallySchema = z.object({
  posts: z.number(),
  messages: z.number(),
  fixes: z.number(),
  refused: z.number(),
  retries: z.number(),
  undelivered: z.number(),
  /** How much later than planned requests were begun, worst, milliseconds. */
  latestMilliseconds: z.number(),
  /** Of each request, milliseconds from its last byte to its answer. */
  answerMilliseconds: z.array(z.number()),
  /** Requests that held something of a hidden wearer, and when they had been sent: epoch ms. */
  urgent: z.array(z.object({ number: z.number(), sentAt: z.number() })),
  problems: z.array(z.string()),
});
export type Tally = z.infer<typeof tallySchema>;
export type UrgentSend = Tally['urgent'][number];

export const createTally = (isHidden: (number: number) => boolean) => {
  const urgent: UrgentSend[] = [];
  const answerMilliseconds: number[] = [];
  const problems: string[] = [];
  const counts = { posts: 0, messages: 0, fixes: 0, refused: 0, retries: 0, undelivered: 0 };
  let latestMilliseconds = 0;
  return {
    began: (post: Post, at: number): void => {
      if (post.dueAt > 0) latestMilliseconds = Math.max(latestMilliseconds, at - post.dueAt);
    },
    delivered: (post: Post, delivery: Delivery): void => {
      counts.posts += 1;
      counts.messages += post.numbers.length;
      counts.fixes += delivery.accepted;
      counts.refused += delivery.refused;
      counts.retries += delivery.retries;
      answerMilliseconds.push(delivery.answeredAt - delivery.sentAt);
      for (const number of post.numbers) {
        if (isHidden(number)) urgent.push({ number, sentAt: delivery.sentAt });
      }
    },
    failed: (error: unknown): void => {
      counts.undelivered += 1;
      if (problems.length < 5) problems.push(String(error));
    },
    read: (): Tally => ({
      ...counts,
      ...{ latestMilliseconds, answerMilliseconds, urgent, problems },
    }),
  };
};
