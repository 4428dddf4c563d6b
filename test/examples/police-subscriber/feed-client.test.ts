import { createServer } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { FeedClient } from '../../../examples/police-subscriber/feed-client.ts';

const servers: ReturnType<typeof createServer>[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

/** What a reader hears of an agency that refuses. */
const refusedWith = async (status: number, body: string): Promise<string> => {
  const server = createServer((_, response) => response.writeHead(status).end(body));
  servers.push(server);
  await new Promise<void>((done) => {
    server.listen(0, '127.0.0.1', done);
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  const apiUrl = `http://127.0.0.1:${address.port}`;
  const client = new FeedClient({ apiUrl, liaisonId: 'met', token: 't', traffic: 'actual' });
  return client.events(283).then(() => 'nothing', String);
};

describe('given an agency that refuses to be read from a position', () => {
  it('says what the agency says, in its words', async () => {
    const body = JSON.stringify({ code: 'beyond-the-end', detail: 'the last position is 4' });
    expect(await refusedWith(422, body)).toMatch(/after=283: 422 \(the last position is 4\)$/);
  });

  it.each(['', '<html>', '{"detail":7}'])(
    'says the status alone where it says %j',
    async (body) => {
      expect(await refusedWith(422, body)).toMatch(/after=283: 422$/);
    },
  );
});
