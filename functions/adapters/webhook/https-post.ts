import { lookup } from 'node:dns';
import { request } from 'node:https';
import type { LookupFunction } from 'node:net';
import { isPublicAddress } from './public-address.ts';

const TIMEOUT_MILLISECONDS = 3_000;

/** A name that leads into our own network is not followed, whoever has set it up so. */
export class PrivateAddress extends Error {
  constructor() {
    super('the name of the host leads to an address that is not public');
    this.name = 'PrivateAddress';
  }
}

/**
 * Resolves a name as usual, and lets nothing through that is not public. What was looked at is what
 * is connected to, so that a name cannot change in between.
 */
const publicLookup =
  (isAllowed: (address: string) => boolean): LookupFunction =>
  (hostname, options, done) => {
    lookup(hostname, { ...options, all: true }, (error, found) => {
      if (error !== null) return done(error, '');
      const [first] = found;
      if (first === undefined || !found.every(({ address }) => isAllowed(address))) {
        return done(new PrivateAddress(), '');
      }
      return options.all === true ? done(null, found) : done(null, first.address, first.family);
    });
  };

export type Posted = Readonly<{
  url: string;
  headers: Readonly<Record<string, string>>;
  body: string;
}>;

/**
 * Posts over TLS within three seconds, and gives the status. A redirect is an answer like any
 * other: it is not followed. Throws PrivateAddress, and where there is no answer.
 */
export const httpsPost =
  (
    isAllowed: (address: string) => boolean = isPublicAddress,
    timeoutMilliseconds = TIMEOUT_MILLISECONDS,
  ) =>
  ({ url, headers, body }: Posted): Promise<number> =>
    new Promise((resolve, reject) => {
      const signal = AbortSignal.timeout(timeoutMilliseconds);
      const options = { method: 'POST', headers, signal, lookup: publicLookup(isAllowed) };
      const asking = request(url, options, (answer) => {
        // What it says is nothing to us: not a byte of it is read.
        answer.destroy();
        resolve(answer.statusCode ?? 0);
      });
      asking.on('error', reject);
      asking.end(body);
    });
export type HttpsPost = ReturnType<typeof httpsPost>;
