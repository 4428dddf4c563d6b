import type { ServerResponse } from 'node:http';
import { type LoopbackServer, startLoopbackServer } from '../loopback-server.ts';
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

/** Serves `GET /outbox` as a page and `GET /outbox.json` as data, on this port or a free one. */
export const startConsole = (outbox: Outbox, port?: number): Promise<LoopbackServer> =>
  startLoopbackServer((request, response) => {
    const path = (request.url ?? '/').split('?')[0];
    if (request.method === 'GET' && (path === '/' || path === '/outbox')) {
      send(response, 'text/html; charset=utf-8', outboxPage(outbox.entries()));
    } else if (request.method === 'GET' && path === '/outbox.json') {
      send(response, 'application/json', JSON.stringify(outbox.entries(), null, 2));
    } else {
      response.writeHead(404, { 'content-type': 'text/plain' }).end('Not here: try /outbox.\n');
    }
  }, port);
