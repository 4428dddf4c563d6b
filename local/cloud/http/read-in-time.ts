import type { IncomingMessage } from 'node:http';
import { readBody } from '../loopback-server.ts';

export type BodyLimits = Readonly<{ bytes: number; seconds: number }>;

/** A body, or why there is none that could be handed on. */
export type BodyRead =
  | Readonly<{ outcome: 'whole'; body: Buffer }>
  | Readonly<{ outcome: 'too-large' | 'too-slow' | 'broken-off' }>;

/**
 * Reads a body as a gateway does that hands on whole requests alone: one that is too long, comes
 * too slowly or ends in the middle reaches nobody, and holds up nobody.
 */
export const readInTime = (
  request: IncomingMessage,
  { bytes, seconds }: BodyLimits,
): Promise<BodyRead> =>
  new Promise((resolve) => {
    const timer = setTimeout(() => resolve({ outcome: 'too-slow' }), seconds * 1000);
    readBody(request, bytes)
      .then(
        (body) =>
          resolve(body === undefined ? { outcome: 'too-large' } : { outcome: 'whole', body }),
        // Record: whoever sent it has gone, or was told that it took too long.
        () => resolve({ outcome: 'broken-off' }),
      )
      .finally(() => clearTimeout(timer));
  });
