import type { LoadKeyRing } from '../../adapters/feed-keys/key-ring.ts';
import { jsonResponse } from '../../middleware/http.ts';
import type { LinkRoute } from '../route.ts';

export type FeedKeysRouteDeps = Readonly<{ loadKeyRing: LoadKeyRing }>;

/** Receivers may keep the keys for so long; a key that is to come is published for longer. */
const KEPT_SECONDS = 300;

/** The public keys that our messages verify by (RFC 7517): for everybody. */
export const getFeedKeys =
  ({ loadKeyRing }: FeedKeysRouteDeps): LinkRoute =>
  async () => {
    const { published } = await loadKeyRing();
    const response = jsonResponse(200, { keys: published });
    const headers = {
      'content-type': 'application/jwk-set+json',
      'cache-control': `public, max-age=${KEPT_SECONDS}`,
    };
    return { ...response, headers: { ...response.headers, ...headers } };
  };
