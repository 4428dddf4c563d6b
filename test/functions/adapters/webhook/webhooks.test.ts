import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { agencyIdSchema } from '#domain/model/ids.ts';
import { webhookKey } from '#functions/adapters/secrets/webhook-key.ts';
import { NeverAccepted } from '#functions/adapters/sns/publisher.ts';
import { type HttpsPost, PrivateAddress } from '#functions/adapters/webhook/https-post.ts';
import { isPublicAddress } from '#functions/adapters/webhook/public-address.ts';
import { webhooks } from '#functions/adapters/webhook/webhooks.ts';
import { person, T } from '#test/support/alerts.ts';

const URL_OF_SAM = 'https://pages.agency.example/sam';
const CLAIM = { agencyId: agencyIdSchema.parse('demo'), personId: person('sam') };

const start = (...answers: readonly (number | Error)[]) => {
  const posted: Parameters<HttpsPost>[0][] = [];
  const tell = webhooks({
    hosts: ['pages.agency.example'],
    linkSecret: async () => 'secret',
    now: () => T,
    post: async (one) => {
      posted.push(one);
      const answer = answers[posted.length - 1] ?? 500;
      if (answer instanceof Error) throw answer;
      return answer;
    },
  });
  const send = (url = URL_OF_SAM) => tell({ ...CLAIM, url, id: 'page-1', body: { type: 'x' } });
  return { send, posted };
};

describe('a webhook', () => {
  it('is told under an id, a time and a signature that its receiver can check', async () => {
    const { send, posted } = start(202);
    expect(await send()).toBe('http-202');
    const { headers = {}, body = '' } = posted[0] ?? {};
    const seconds = Math.floor(T / 1000);
    const key = Buffer.from(webhookKey(CLAIM, 'secret').slice('whsec_'.length), 'base64');
    const signed = createHmac('sha256', key).update(`page-1.${seconds}.${body}`).digest('base64');
    expect(headers).toEqual({
      'content-type': 'application/json',
      'webhook-id': 'page-1',
      'webhook-timestamp': String(seconds),
      'webhook-signature': `v1,${signed}`,
    });
  });

  it('that is busy is tried once more, and then given up for another channel', async () => {
    const once = start(503, 200);
    expect(await once.send()).toBe('http-200');
    const twice = start(503, new Error('reset'));
    await expect(twice.send()).rejects.toThrow(NeverAccepted);
    expect(twice.posted).toHaveLength(2);
  });

  it.each([301, 302, 307, 400, 404, 410])(
    'that answers %i has not taken it, and is not asked again',
    async (status) => {
      const { send, posted } = start(status, 200);
      await expect(send()).rejects.toThrow(`answered ${status}`);
      expect(posted).toHaveLength(1);
    },
  );

  it('whose name leads into a private network is never reached', async () => {
    const { send } = start(new PrivateAddress(), new PrivateAddress());
    await expect(send()).rejects.toThrow(NeverAccepted);
  });

  it.each(['https://evil.example/', 'https://pages.agency.example.evil.example/', 'http://x/'])(
    'of a host that nobody allowed is not asked: %s',
    async (url) => {
      const { send, posted } = start(200);
      await expect(send(url)).rejects.toThrow('not allowed');
      expect(posted).toEqual([]);
    },
  );
});

describe('an address of the public internet', () => {
  it.each(['8.8.8.8', '81.2.69.142', '2606:4700::1111', '2a00:1450:4009::200e'])('is %s', (ip) => {
    expect(isPublicAddress(ip)).toBe(true);
  });

  it.each([
    ...['127.0.0.1', '10.1.2.3', '172.16.0.1', '172.31.255.255', '192.168.1.1', '169.254.169.254'],
    ...['169.254.100.1', '100.64.0.1', '0.0.0.0', '224.0.0.1', '255.255.255.255', '192.0.2.1'],
    ...['::1', '::', 'fe80::1', 'fc00::1', 'fd12::1', '::ffff:10.0.0.1', '::ffff:8.8.8.8'],
    ...['2001:db8::1', '2002:0a00:0001::', '64:ff9b::a00:1', 'ff02::1', 'example.org', ''],
  ])('is not %s', (ip) => {
    expect(isPublicAddress(ip)).toBe(false);
  });

  it('is none of the private networks, whatever the rest of it', () => {
    const octet = fc.integer({ min: 0, max: 255 });
    const nets = fc.constantFrom([10], [127], [169, 254], [192, 168], [172, 20], [0]);
    fc.assert(
      fc.property(nets, fc.array(octet, { minLength: 4, maxLength: 4 }), (net, rest) => {
        const ip = [...net, ...rest].slice(0, 4).join('.');
        expect(isPublicAddress(ip)).toBe(false);
      }),
    );
  });
});
