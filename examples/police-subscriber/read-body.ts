import type { IncomingMessage } from 'node:http';

/** Twice what SNS sends at most. */
const MOST_BYTES = 512 * 1024;

/** The body of a request as text; null: it is too long to be one of ours. */
export const readBody = async (request: IncomingMessage): Promise<string | null> => {
  const pieces: Buffer[] = [];
  let bytes = 0;
  for await (const piece of request) {
    bytes += piece.length;
    if (bytes > MOST_BYTES) return null;
    pieces.push(piece);
  }
  return Buffer.concat(pieces).toString('utf8');
};
