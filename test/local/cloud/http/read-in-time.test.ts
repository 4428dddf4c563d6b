import { connect, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { type BodyRead, readInTime } from '#local/cloud/http/read-in-time.ts';
import { type LoopbackServer, startLoopbackServer } from '#local/cloud/loopback-server.ts';

const LIMITS = { bytes: 100, seconds: 0.2 };
let server: LoopbackServer | undefined;
afterEach(() => server?.close());

/** What becomes of one POST whose bytes `send` puts on the wire. */
const post = (send: (socket: Socket) => void): Promise<BodyRead> =>
  new Promise((resolve, reject) => {
    startLoopbackServer(async (request, response) => {
      resolve(await readInTime(request, LIMITS));
      response.end();
    })
      .then((started) => {
        server = started;
        const socket = connect(started.port, '127.0.0.1', () => {
          socket.write('POST / HTTP/1.1\r\nHost: here\r\n');
          send(socket);
        });
        socket.on('error', () => undefined);
      })
      .catch(reject);
  });

describe('a body', () => {
  it('is read whole, in chunks too', async () => {
    const read = await post((socket) => {
      socket.write('Transfer-Encoding: chunked\r\n\r\n3\r\n[1,\r\n');
      socket.write('2\r\n2]\r\n0\r\n\r\n');
    });
    expect(read).toEqual({ outcome: 'whole', body: Buffer.from('[1,2]') });
  });

  it('is too large beyond the bytes that may come', async () => {
    const read = await post((socket) => {
      socket.write(`Content-Length: 101\r\n\r\n${'x'.repeat(101)}`);
    });
    expect(read).toEqual({ outcome: 'too-large' });
  });

  it.each([
    ['of which half comes', 'Content-Length: 10\r\n\r\n[1,2'],
    ['whose last chunk never comes', 'Transfer-Encoding: chunked\r\n\r\n3\r\n[1,\r\n'],
    ['of which nothing comes', 'Content-Length: 10\r\n\r\n'],
  ])('%s holds up nobody for longer than its time', async (_, bytes) => {
    const startedAt = performance.now();
    expect(await post((socket) => socket.write(bytes))).toEqual({ outcome: 'too-slow' });
    expect(performance.now() - startedAt).toBeLessThan(5_000);
  });

  it('that comes byte by byte is too slow as well', async () => {
    let drip: NodeJS.Timeout | undefined;
    const read = await post((socket) => {
      socket.write('Content-Length: 90\r\n\r\n');
      drip = setInterval(() => socket.write('x'), 20);
    });
    clearInterval(drip);
    expect(read).toEqual({ outcome: 'too-slow' });
  });

  it('is broken off where its sender goes in the middle', async () => {
    const read = await post((socket) => {
      socket.write('Content-Length: 10\r\n\r\n[1,2', () => socket.destroy());
    });
    expect(read).toEqual({ outcome: 'broken-off' });
  });
});
