import { Agent, request } from 'node:http';
import * as z from 'zod';
import type { Post } from './posts.ts';

export type Answer = Readonly<{ status: number; text: string; retryAfterSeconds: number }>;

/** What became of one request: instants are epoch milliseconds, with fractions. */
export type Delivery = Readonly<{
  accepted: number;
  refused: number;
  /** When the last byte of the try that was answered with 202 had left. */
  sentAt: number;
  answeredAt: number;
  retries: number;
}>;

/** Never answered with 202, however often it was sent. */
class Undelivered extends Error {
  constructor(post: Post, last: string) {
    super(`a request with ${post.numbers.length} wearers was given up; last it was told: ${last}`);
    this.name = 'Undelivered';
  }
}

const takenSchema = z.object({ accepted: z.number(), refused: z.array(z.unknown()) });

const MOST_TRIES = 10;
const FIRST_PAUSE_MILLISECONDS = 250;
const LONGEST_PAUSE_MILLISECONDS = 8_000;
const CONNECTIONS = 32;

const wallClock = (): number => performance.timeOrigin + performance.now();

export const pause = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds));

/**
 * Sends requests over kept connections, and again after 429, 5xx and broken ones, as head-ends do.
 */
export const createDelivery = (apiUrl: string, token: string) => {
  const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });
  const url = new URL('/v1/events', apiUrl);
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/x-ndjson' };

  const sendOnce = (body: Buffer): Promise<Answer & { sentAt: number; answeredAt: number }> =>
    new Promise((resolve, reject) => {
      let sentAt = wallClock();
      const lengths = { 'content-length': body.length };
      const options = { agent, method: 'POST', headers: { ...headers, ...lengths } };
      const outgoing = request(url, options, (incoming) => {
        const chunks: Buffer[] = [];
        incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
        incoming.on('error', reject);
        incoming.on('end', () =>
          resolve({
            status: incoming.statusCode ?? 0,
            text: Buffer.concat(chunks).toString(),
            retryAfterSeconds: Number(incoming.headers['retry-after'] ?? 0),
            sentAt,
            answeredAt: wallClock(),
          }),
        );
      });
      outgoing.on('finish', () => {
        sentAt = wallClock();
      });
      outgoing.on('error', reject);
      outgoing.end(body);
    });

  const deliver = async (post: Post): Promise<Delivery> => {
    let last = 'nothing';
    for (let tries = 0; tries < MOST_TRIES; tries += 1) {
      const backOff = Math.min(LONGEST_PAUSE_MILLISECONDS, FIRST_PAUSE_MILLISECONDS * 2 ** tries);
      try {
        const { status, text, retryAfterSeconds, ...times } = await sendOnce(post.body);
        if (status === 202) {
          const { accepted, refused } = takenSchema.parse(JSON.parse(text));
          return { accepted, refused: refused.length, ...times, retries: tries };
        }
        last = `${status} ${text.slice(0, 200)}`;
        if (status < 500 && status !== 429) break;
        await pause(Math.max(backOff, retryAfterSeconds * 1_000));
      } catch (error) {
        // Retry: the connection broke; whether the events had been taken does not matter.
        last = String(error);
        await pause(backOff);
      }
    }
    throw new Undelivered(post, last);
  };

  return { deliver, close: () => agent.destroy() };
};
export type Deliver = ReturnType<typeof createDelivery>['deliver'];
