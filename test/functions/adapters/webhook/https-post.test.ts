import { describe, expect, it } from 'vitest';
import { httpsPost, PrivateAddress } from '#functions/adapters/webhook/https-post.ts';

const body = '{}';

describe('a post to a name that leads to our own machine', () => {
  it('is not made', async () => {
    const posted = httpsPost()({ url: 'https://localhost/', headers: {}, body });
    await expect(posted).rejects.toThrow(PrivateAddress);
  });

  it('is made where that is allowed, and fails where nobody listens', async () => {
    const post = httpsPost(() => true);
    const posted = post({ url: 'https://localhost:1/', headers: {}, body });
    await expect(posted).rejects.not.toThrow(PrivateAddress);
  });
});
