import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { askApi, nextOf } from '#local/history/ask-api.ts';

type Answering = (request: IncomingMessage, response: ServerResponse, nth: number) => void;
const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
});

/** An API on this machine that answers as told. */
const apiThat = async (answer: Answering): Promise<string> => {
  let asked = 0;
  const server = createServer((request, response) => {
    asked += 1;
    answer(request, response, asked);
  });
  await new Promise<void>((done) => {
    server.listen(0, '127.0.0.1', done);
  });
  closing.push(() => server.close());
  const { port } = z.object({ port: z.number() }).parse(server.address());
  return `http://127.0.0.1:${port}/`;
};
const GET = { method: 'GET', path: '/v1/x?a=1' } as const;

describe('an API that is asked', () => {
  it('is given the token, and answers with text and link', async () => {
    const api = await apiThat(({ url, headers }, response) => {
      response.setHeader('link', '</v1/y>; rel="next"');
      response.end(`${url} ${headers.authorization}`);
    });
    const answer = await askApi({ api, token: 't' })(GET);
    expect(answer).toEqual({
      status: 200,
      text: '/v1/x?a=1 Bearer t',
      link: '</v1/y>; rel="next"',
    });
    expect(nextOf(answer.link)).toBe('/v1/y');
  });

  it('is asked again where it cannot answer for the moment', async () => {
    const api = await apiThat((_, response, nth) => {
      response.statusCode = nth === 1 ? 503 : 200;
      response.end('done');
    });
    expect(await askApi({ api, token: 't' })(GET)).toMatchObject({ status: 200, text: 'done' });
  });

  it('is not followed where it sends us elsewhere', async () => {
    const api = await apiThat((_, response) => {
      response.writeHead(307, { location: 'http://127.0.0.1:9/' }).end();
    });
    await expect(askApi({ api, token: 't' })(GET)).rejects.toThrow();
  });

  it.each([
    [null],
    ['</other>; rel="next"'],
    ['<https://x.example/v1/>; rel="next"'],
    ['</v1/y>; rel="prev"'],
  ])('has no next sheet in %j', (link) => {
    expect(nextOf(link)).toBeNull();
  });
});
