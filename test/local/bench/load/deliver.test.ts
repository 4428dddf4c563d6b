import { createServer, type Server } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { createDelivery } from '#local/bench/load/head-end/deliver.ts';
import type { Post } from '#local/bench/load/head-end/posts.ts';
import { sendAllAtOnce, sendWhenDue } from '#local/bench/load/head-end/run-posts.ts';

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.closeAllConnections();
});

/** A server that gives these answers one after another, and the last of them from then on. */
const answering = (...statuses: readonly number[]): Promise<{ url: string; bodies: string[] }> =>
  new Promise((resolve) => {
    const left = [...statuses];
    const bodies: string[] = [];
    const server = createServer(async (request, response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk);
      bodies.push(Buffer.concat(chunks).toString());
      const status = (left.length > 1 ? left.shift() : left[0]) ?? 500;
      response.writeHead(status).end(JSON.stringify({ accepted: 4, refused: [] }));
    });
    servers.push(server);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      const port = typeof address === 'object' && address !== null ? address.port : 0;
      resolve({ url: `http://127.0.0.1:${port}`, bodies });
    });
  });

const postFor = (number: number, dueAt = 0): Post => ({
  ...{ dueAt, numbers: [number], fixes: [4] },
  body: Buffer.from(`fixes of ${number}`),
});

describe('a request', () => {
  it('is sent again after 503 and 429, the same bytes, until it is taken', async () => {
    const { url, bodies } = await answering(503, 429, 202);
    const { deliver, close } = createDelivery(url, 'token');
    const delivery = await deliver(postFor(3));
    close();
    expect(delivery).toMatchObject({ accepted: 4, refused: 0, retries: 2 });
    expect(bodies).toEqual(Array(3).fill('fixes of 3'));
    expect(delivery.answeredAt).toBeGreaterThanOrEqual(delivery.sentAt);
  });

  it('is given up at once where it will never be taken', async () => {
    const { url, bodies } = await answering(400);
    const { deliver, close } = createDelivery(url, 'token');
    await expect(deliver(postFor(3))).rejects.toThrow('last it was told: 400');
    close();
    expect(bodies.length).toBe(1);
  });
});

describe('a phase', () => {
  it('tells what was taken, of whom, and when what is hidden was sent', async () => {
    const { url } = await answering(202);
    const { deliver, close } = createDelivery(url, 'token');
    const taken: number[] = [];
    const tally = await sendAllAtOnce([postFor(1), postFor(2), postFor(3)], {
      ...{ deliver, atOnce: 2 },
      isHidden: (number) => number === 2,
      onTaken: ({ numbers }) => taken.push(...numbers),
    });
    close();
    expect(tally).toMatchObject({ posts: 3, messages: 3, fixes: 12, undelivered: 0 });
    expect(tally.urgent.map(({ number }) => number)).toEqual([2]);
    expect(taken.sort()).toEqual([1, 2, 3]);
  });

  it('counts what was given up, and goes on', async () => {
    const { url } = await answering(400, 202);
    const { deliver, close } = createDelivery(url, 'token');
    const parts = { deliver, isHidden: () => false, onTaken: () => undefined, atOnce: 1 };
    const tally = await sendAllAtOnce([postFor(1), postFor(2)], parts);
    close();
    expect(tally).toMatchObject({ messages: 1, undelivered: 1 });
    expect(tally.problems[0]).toContain('400');
  });

  it('sends each request when it is due, and not before', async () => {
    const { url, bodies } = await answering(202);
    const { deliver, close } = createDelivery(url, 'token');
    const startedAt = Date.now();
    const posts = [postFor(1, startedAt), postFor(2, startedAt + 120)];
    const parts = { deliver, isHidden: () => true, onTaken: () => undefined };
    const tally = await sendWhenDue(posts, parts);
    close();
    expect(bodies).toEqual(['fixes of 1', 'fixes of 2']);
    expect(tally.urgent[1]?.sentAt).toBeGreaterThanOrEqual(startedAt + 119);
  });
});
