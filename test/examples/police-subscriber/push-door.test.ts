import type { Server } from 'node:http';
import { CompactSign, type CryptoKey, createLocalJWKSet, exportJWK, generateKeyPair } from 'jose';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { openPushDoor } from '../../../examples/police-subscriber/push-door.ts';

const JOSE = 'application/jose';
const CLOUD = 'application/cloudevents+json';
const TEXT = '{"headline":"Siân is out"}';

let agency: Awaited<ReturnType<typeof generateKeyPair>>;
let stranger: Awaited<ReturnType<typeof generateKeyPair>>;
let findKey: ReturnType<typeof createLocalJWKSet>;

beforeAll(async () => {
  agency = await generateKeyPair('ES256', { extractable: true });
  stranger = await generateKeyPair('ES256');
  const jwk = { ...(await exportJWK(agency.publicKey)), kid: 'a', alg: 'ES256', use: 'sig' };
  findKey = createLocalJWKSet({ keys: [jwk] });
});
let server: Server | undefined;
afterEach(() => server?.close());

type Signed = Readonly<{ cty?: string; kid?: string; key?: CryptoKey | null }>;
const sign = (text: string, { cty = CLOUD, kid = 'a', key = null }: Signed = {}) =>
  new CompactSign(new TextEncoder().encode(text))
    .setProtectedHeader({ alg: 'ES256', kid, cty })
    .sign(key ?? agency.privateKey);

const beside = (jws: string): string => jws.replace(/\..*\./, '..');

const aDoor = async (couldRead = true) => {
  const read: string[] = [];
  server = openPushDoor({
    findKey,
    readFeed: async () => {
      read.push('read');
      return couldRead;
    },
    say: () => undefined,
  });
  const { promise, resolve } = Promise.withResolvers<void>();
  server.listen(0, '127.0.0.1', resolve);
  await promise;
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : 0;
  const post = async (body: string, contentType: string, signature?: string) => {
    const headers = {
      'content-type': contentType,
      ...(signature && { 'x-homeward-signature': signature }),
    };
    return (await fetch(`http://127.0.0.1:${port}/`, { method: 'POST', body, headers })).status;
  };
  return { read, post };
};

describe('the address that the agency posts to', () => {
  it('reads the feed for what the agency has signed, within the body or beside it', async () => {
    const door = await aDoor();
    expect(await door.post(await sign(TEXT), JOSE)).toBe(200);
    expect(await door.post(TEXT, CLOUD, beside(await sign(TEXT)))).toBe(200);
    expect(door.read).toHaveLength(2);
  });

  it('has the agency post again where the feed could not be read', async () => {
    const door = await aDoor(false);
    expect(await door.post(await sign(TEXT), JOSE)).toBe(503);
  });

  it.each<[string, () => Promise<[string, string, string?]>]>([
    ['no signature', async () => [TEXT, CLOUD]],
    ['another body', async () => ['{}', CLOUD, beside(await sign(TEXT))]],
    [
      'the signature of something else',
      async () => [TEXT, 'application/cap+xml', beside(await sign(TEXT))],
    ],
    ["a stranger's signature", async () => [await sign(TEXT, { key: stranger.privateKey }), JOSE]],
    ['a key that is not published', async () => [await sign(TEXT, { kid: 'b' }), JOSE]],
    ['no JWS', async () => ['hello', JOSE]],
    [
      'a JWS without a signature',
      async () => [`${(await sign(TEXT)).replace(/\.[^.]*$/, '')}.`, JOSE],
    ],
    ['a payload beside that was not asked for', async () => [TEXT, CLOUD, await sign(TEXT)]],
  ])('refuses %s, and reads nothing', async (_, posted) => {
    const door = await aDoor();
    expect(await door.post(...(await posted()))).toBe(403);
    expect(door.read).toEqual([]);
  });
});
