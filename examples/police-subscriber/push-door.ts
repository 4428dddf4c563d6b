import { createServer, type Server } from 'node:http';
import { readBody } from './read-body.ts';
import { type FindKey, signedText } from './signed-post.ts';

type Parts = Readonly<{
  findKey: FindKey;
  /** Reads the feed, in which everything that is pushed stands as well; false: it could not. */
  readFeed: () => Promise<boolean>;
  say: (what: string) => void;
}>;

/**
 * The address that the agency itself posts to. A post that it has signed only brings the reading of
 * the feed forward: what is stored, in which order, is decided in one place. Answered 2xx once the
 * feed is stored up to its end; on 5xx the agency posts again.
 */
export const openPushDoor = ({ findKey, readFeed, say }: Parts): Server =>
  createServer(async (request, response) => {
    const take = async (): Promise<number> => {
      if (request.method !== 'POST') return 405;
      const body = await readBody(request);
      if (body === null) return 413;
      const contentType = request.headers['content-type'] ?? '';
      const beside = request.headers['x-homeward-signature'];
      const signature = typeof beside === 'string' ? beside : undefined;
      if ((await signedText({ contentType, body, signature }, findKey)) === null) {
        say('refused a post: the agency has not signed it');
        return 403;
      }
      return (await readFeed()) ? 200 : 503;
    };
    try {
      response.writeHead(await take()).end();
    } catch (error) {
      // Retry: the agency posts it again.
      say(`could not take a post: ${error}`);
      response.writeHead(503).end();
    }
  });
