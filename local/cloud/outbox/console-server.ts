import type { IncomingMessage, ServerResponse } from 'node:http';
import { type LoopbackServer, readBody, startLoopbackServer } from '../loopback-server.ts';
import type { PostOffice } from '../posting/post-office.ts';
import { type TakeTextIn, textInSchema } from '../texts-in.ts';
import type { Outbox } from './outbox.ts';
import { outboxPage } from './outbox-page.ts';

const send = (response: ServerResponse, contentType: string, body: string): void => {
  response.writeHead(200, {
    'content-type': contentType,
    'cache-control': 'no-store',
    'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'",
    'x-content-type-options': 'nosniff',
  });
  response.end(body);
};

const refuse = (response: ServerResponse, status: number, says: string): void => {
  response.writeHead(status, { 'content-type': 'text/plain' }).end(`${says}\n`);
};

const LONGEST_TEXT_BYTES = 10_000;

const jsonOf = (body: Buffer | undefined): unknown => {
  try {
    return JSON.parse(body?.toString('utf8') ?? '');
  } catch {
    // Record: what is no JSON is answered as what is no text.
    return null;
  }
};

/** A page of another site can post no JSON here without asking first, and is not answered. */
const takeText = async (
  take: TakeTextIn,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> => {
  const isJson = request.headers['content-type']?.startsWith('application/json') ?? false;
  const read = textInSchema.safeParse(jsonOf(await readBody(request, LONGEST_TEXT_BYTES)));
  if (!isJson || !read.success) {
    const shape =
      '{"from":"+44...","text":"4K7"} or {"messageId":"...","eventType":"TEXT_BLOCKED"}';
    return refuse(response, 400, `Send ${shape} as application/json.`);
  }
  send(response, 'application/json', JSON.stringify({ id: await take(read.data) }));
};

/** Where the console serves what SNS serves on AWS. */
const SNS_PATH = '/sns';

export type ConsoleParts = {
  outbox: Outbox;
  takeTextIn: TakeTextIn;
  snsPage: PostOffice['page'];
};

/**
 * Serves `GET /outbox` as a page and `GET /outbox.json` as data, on this port or a free one; `POST
 * /texts` takes a text that somebody sends back. Below `/sns` is what SNS serves itself.
 */
export const startConsole = (
  { outbox, takeTextIn: take, snsPage }: ConsoleParts,
  port?: number,
): Promise<LoopbackServer> =>
  startLoopbackServer(async (request, response) => {
    const path = (request.url ?? '/').split('?')[0];
    if (request.method === 'GET' && (path === '/' || path === '/outbox')) {
      send(response, 'text/html; charset=utf-8', outboxPage(outbox.entries()));
    } else if (request.method === 'GET' && path === '/outbox.json') {
      send(response, 'application/json', JSON.stringify(outbox.entries(), null, 2));
    } else if (request.method === 'POST' && path === '/texts') {
      await takeText(take, request, response);
    } else if (request.method === 'GET' && path?.startsWith(`${SNS_PATH}/`)) {
      const found = await snsPage((request.url ?? '').slice(SNS_PATH.length));
      if (found === undefined) return refuse(response, 404, 'SNS has no such page.');
      response.writeHead(found.status, found.headers).end(found.body);
    } else {
      refuse(response, 404, 'Not here: try /outbox.');
    }
  }, port);
