import { describe, expect, it } from 'vitest';
import { signingKeyFrom } from '#functions/adapters/feed-keys/signing-key.ts';
import { bodyOf } from '#test/support/http.ts';
import { keptApi } from '#test/support/kept-api.ts';

describe('the keys by which our messages verify', () => {
  it('are given to anybody, for five minutes', async () => {
    const current = signingKeyFrom('one');
    const { ask } = keptApi({
      deps: { loadKeyRing: async () => ({ current, published: [current.publicJwk] }) },
    });
    const response = await ask('GET /v1/feeds/jwks.json', { who: undefined });
    expect(response).toMatchObject({
      statusCode: 200,
      headers: {
        'content-type': 'application/jwk-set+json',
        'cache-control': 'public, max-age=300',
      },
    });
    expect(bodyOf(response)).toEqual({ keys: [current.publicJwk] });
  });
});
