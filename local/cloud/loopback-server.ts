import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';

export type LoopbackServer = { url: string; port: number; close(): Promise<void> };

export type RequestHandler = (
  request: IncomingMessage,
  response: ServerResponse,
) => Promise<void> | void;

const portProblem = (error: Error, port: number): Error =>
  'code' in error && error.code === 'EADDRINUSE'
    ? new Error(
        `Port ${port} of 127.0.0.1 is in use. End what listens there, or choose another with --port.`,
      )
    : error;

/**
 * Serves on this port of 127.0.0.1, or on a free one. A handler that throws answers 500 with the
 * error's text.
 */
export const startLoopbackServer = (
  handler: RequestHandler,
  wantedPort = 0,
): Promise<LoopbackServer> =>
  new Promise((resolve, reject) => {
    const server = createServer(async (request, response) => {
      try {
        await handler(request, response);
      } catch (error) {
        // Record: the caller is told; the server goes on.
        if (!response.headersSent) response.writeHead(500, { 'content-type': 'text/plain' });
        response.end(String(error));
      }
    });
    // Clients keep their connections; closing an idle one would race with their next request.
    server.keepAliveTimeout = 0;
    server.requestTimeout = 0;
    server.once('error', (error) => reject(portProblem(error, wantedPort)));
    server.listen(wantedPort, '127.0.0.1', () => {
      const address = server.address();
      const port = typeof address === 'object' && address !== null ? address.port : 0;
      const close = () =>
        new Promise<void>((closed) => {
          server.close(() => closed());
          server.closeAllConnections();
        });
      resolve({ port, url: `http://127.0.0.1:${port}`, close });
    });
  });

/** The whole body; undefined when it is longer than `maximumBytes`. */
export const readBody = async (
  request: IncomingMessage,
  maximumBytes = Number.POSITIVE_INFINITY,
): Promise<Buffer | undefined> => {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request) {
    length += chunk.length;
    if (length <= maximumBytes) chunks.push(chunk);
  }
  return length <= maximumBytes ? Buffer.concat(chunks) : undefined;
};
