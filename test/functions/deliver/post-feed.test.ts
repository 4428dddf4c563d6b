import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer, globalAgent } from 'node:https';
import { compactVerify, createLocalJWKSet } from 'jose';
import { generate } from 'selfsigned';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { signer } from '#functions/adapters/feed-keys/sign.ts';
import { signingKeyFrom } from '#functions/adapters/feed-keys/signing-key.ts';
import { NeverAccepted } from '#functions/adapters/sns/publisher.ts';
import { httpsPost } from '#functions/adapters/webhook/https-post.ts';
import { NotNow } from '#functions/deliver/not-now.ts';
import { deliverByHttps } from '#functions/deliver/post-feed.ts';

const URL_OF_DESK = 'https://desk.example/incidents';
const key = signingKeyFrom('one');
const sign = signer(async () => ({ current: key, published: [key.publicJwk] }));
const TEXT = '{"type":"uk.gov.em.alert.raised.v1"}';
const written = {
  messageId: `${'a'.repeat(26)}.1`,
  status: 'Exercise',
  text: TEXT,
  contentType: 'application/cloudevents+json',
  isSigned: false,
} as const;

type Received = Readonly<{ headers: IncomingMessage['headers']; body: string }>;
type Answer = (response: ServerResponse) => void;

const received: Received[] = [];

/** A control room's own server, on this machine, with a certificate that only this test trusts. */
const desk = {
  received,
  answer: (response: ServerResponse): void => {
    response.end();
  },
};
let server: ReturnType<typeof createServer>;
let port = 0;
const { ca } = globalAgent.options;

beforeAll(async () => {
  const pems = await generate([{ name: 'commonName', value: 'localhost' }], {
    extensions: [{ name: 'subjectAltName', altNames: [{ type: 2, value: 'localhost' }] }],
  });
  server = createServer({ key: pems.private, cert: pems.cert }, (request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      desk.received.push({ headers: request.headers, body: Buffer.concat(chunks).toString() });
      desk.answer(response);
    });
  });
  globalAgent.options.ca = pems.cert;
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
  port = z.object({ port: z.number() }).parse(server.address()).port;
});

afterAll(() => {
  globalAgent.options.ca = ca;
  server.closeAllConnections();
  server.close();
});

const isLoopback = (address: string) => address === '127.0.0.1' || address === '::1';

/** The desk's name leads to this machine, which is allowed here alone. */
const delivery = (hosts: readonly string[] = ['desk.example']) =>
  deliverByHttps({
    ...{ hosts, sign },
    post: ({ url, ...posted }) => {
      const here = url.replace('https://desk.example', `https://localhost:${port}`);
      return httpsPost(isLoopback, 2_000)({ url: here, ...posted });
    },
  });

const answering = (answer: Answer) => {
  desk.received.length = 0;
  desk.answer = answer;
  return delivery()(URL_OF_DESK, written);
};
const withStatus = (status: number, headers: Record<string, string> = {}) =>
  answering((response) => response.writeHead(status, headers).end());

describe('given a liaison with an address of its own', () => {
  it.each([200, 202, 204])('an event is sent when it answers %i', async (status) => {
    expect(await withStatus(status)).toBe(`http-${status}`);
    expect(desk.received).toMatchObject([
      {
        body: TEXT,
        headers: {
          'content-type': 'application/cloudevents+json',
          'x-homeward-message': written.messageId,
          'x-homeward-status': 'Exercise',
        },
      },
    ]);
  });

  it('what it is sent is signed beside the body, by the published keys', async () => {
    await withStatus(200);
    const { headers, body } = desk.received[0] ?? { headers: {}, body: '' };
    const [header, , signature] = String(headers['x-homeward-signature']).split('.');
    const whole = `${header}.${Buffer.from(body).toString('base64url')}.${signature}`;
    const { payload } = await compactVerify(whole, createLocalJWKSet({ keys: [key.publicJwk] }));
    expect(new TextDecoder().decode(payload)).toBe(TEXT);
  });

  it('what carries its own signature is sent as it is', async () => {
    const text = await sign.whole({ text: TEXT, contentType: 'application/json' });
    desk.received.length = 0;
    desk.answer = (response) => response.end();
    await delivery()(URL_OF_DESK, {
      ...{ ...written, text, contentType: 'application/jose', isSigned: true },
    });
    expect(desk.received[0]?.body).toBe(text);
    expect(desk.received[0]?.headers).not.toHaveProperty('x-homeward-signature');
  });

  it.each([400, 409, 413, 415, 422])(
    '%i refuses the message, and it is never sent again',
    async (status) => {
      await expect(withStatus(status)).rejects.toThrow(NeverAccepted);
    },
  );

  it.each([401, 403, 404, 408, 410, 425, 429, 500, 502, 503])(
    '%i may be otherwise another time',
    async (status) => {
      await expect(withStatus(status)).rejects.toThrow(NotNow);
    },
  );

  it('is not followed to where it says that it has moved', async () => {
    const location = `https://localhost:${port}/elsewhere`;
    await expect(withStatus(307, { location })).rejects.toThrow(NotNow);
    expect(desk.received).toHaveLength(1);
  });

  it('is not waited for when it never answers', async () => {
    await expect(answering(() => undefined)).rejects.toThrow(NotNow);
  });

  it('may hang up without a word', async () => {
    await expect(answering((response) => response.socket?.destroy())).rejects.toThrow(NotNow);
  });

  it('is not listened to when it answers with ten megabytes', async () => {
    const done = { sent: false, closed: false };
    const closed = new Promise<void>((resolve) => {
      desk.answer = (response) => {
        response.writeHead(200, { 'content-length': String(10 * 1024 * 1024) });
        response.on('finish', () => {
          done.sent = true;
        });
        response.on('close', () => {
          done.closed = true;
          resolve();
        });
        response.on('error', () => undefined);
        for (let i = 0; i < 160; i += 1) response.write(Buffer.alloc(64 * 1024));
        response.end();
      };
    });
    expect(await delivery()(URL_OF_DESK, written)).toBe('http-200');
    await closed;
    expect(done).toEqual({ sent: false, closed: true });
  });

  it('is not posted to where the stack does not allow its host', async () => {
    desk.received.length = 0;
    const posted = delivery(['other.example'])(URL_OF_DESK, written);
    await expect(posted).rejects.toThrow(NeverAccepted);
    expect(desk.received).toEqual([]);
  });

  it('is not posted to where its name leads into our own network', async () => {
    const inside = deliverByHttps({
      ...{ hosts: ['desk.example'], sign },
      post: ({ url, ...posted }) =>
        httpsPost()({ url: url.replace('desk.example', `localhost:${port}`), ...posted }),
    });
    desk.received.length = 0;
    await expect(inside(URL_OF_DESK, written)).rejects.toThrow(NeverAccepted);
    expect(desk.received).toEqual([]);
  });
});
