import { createPublicKey, generateKeyPairSync, verify as verifyOf } from 'node:crypto';
import {
  GetSecretValueCommand,
  ResourceNotFoundException,
  SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import { mockClient } from 'aws-sdk-client-mock';
import fc from 'fast-check';
import { CompactSign, compactVerify, createLocalJWKSet, UnsecuredJWT } from 'jose';
import { describe, expect, it } from 'vitest';
import { liaisonSchema } from '#domain/model/liaison.ts';
import { keyRing } from '#functions/adapters/feed-keys/key-ring.ts';
import { signer } from '#functions/adapters/feed-keys/sign.ts';
import { signingKeyFrom } from '#functions/adapters/feed-keys/signing-key.ts';
import { isUsable, NotTheirs, verified } from '#functions/adapters/feed-keys/verify.ts';
import { liaison } from '#test/support/liaisons.ts';

const client = new SecretsManagerClient({ region: 'eu-west-2' });
const mock = mockClient(client);

/** The secret as Secrets Manager has it, by the stages of its versions. */
const rings = (stages: Readonly<Record<string, string>>) => {
  const clock = { now: 0 };
  const held = { ...stages };
  mock.reset();
  mock.on(GetSecretValueCommand).callsFake(({ VersionStage }: { VersionStage: string }) => {
    const SecretString = held[VersionStage];
    if (SecretString !== undefined) return { SecretString };
    throw new ResourceNotFoundException({ message: 'no such version', $metadata: {} });
  });
  return { load: keyRing(client, 'arn:feeds', () => clock.now), clock, held };
};

const text = '{"incidentId":"a"}';
const signable = { text, contentType: 'application/json' };
const bytes = (said: string) => new TextEncoder().encode(said);

describe('given a secret that was never rotated', () => {
  it('signs what anybody verifies with the keys that are published', async () => {
    const { load } = rings({ AWSCURRENT: 'one' });
    const jws = await signer(load).whole(signable);
    const { published } = await load();
    expect(published).toHaveLength(1);
    const { payload, protectedHeader } = await compactVerify(
      jws,
      createLocalJWKSet({ keys: [...published] }),
    );
    expect(new TextDecoder().decode(payload)).toBe(text);
    expect(protectedHeader).toEqual({
      ...{ alg: 'ES256', kid: published[0]?.kid, cty: 'application/json' },
    });
  });

  it('signs beside a body, which is put back to be verified', async () => {
    const { load } = rings({ AWSCURRENT: 'one' });
    const detached = await signer(load).detached(signable);
    const [header, nothing, signature] = detached.split('.');
    expect(nothing).toBe('');
    const { published } = await load();
    const keys = createLocalJWKSet({ keys: [...published] });
    const whole = `${header}.${Buffer.from(text).toString('base64url')}.${signature}`;
    expect(new TextDecoder().decode((await compactVerify(whole, keys)).payload)).toBe(text);
    const other = `${header}.${Buffer.from('{}').toString('base64url')}.${signature}`;
    await expect(compactVerify(other, keys)).rejects.toThrow();
  });

  it('shows nothing of the private key', async () => {
    const { load } = rings({ AWSCURRENT: 'one' });
    const { published } = await load();
    expect(Object.keys(published[0] ?? {}).sort()).toEqual([
      ...['alg', 'crv', 'kid', 'kty', 'use', 'x', 'y'],
    ]);
  });
});

describe('given a rotation', () => {
  it('publishes what is to come, signs with what is current, and verifies what was', async () => {
    const { load, clock, held } = rings({ AWSCURRENT: 'one', AWSPENDING: 'two' });
    const before = await signer(load).whole(signable);
    const early = (await load()).published.map(({ kid }) => kid);
    expect(early).toEqual([signingKeyFrom('one').kid, signingKeyFrom('two').kid]);
    Object.assign(held, { AWSCURRENT: 'two', AWSPREVIOUS: 'one', AWSPENDING: 'two' });
    clock.now = 300_001;
    const after = await signer(load).whole(signable);
    const { published } = await load();
    expect(published).toHaveLength(2);
    const keys = createLocalJWKSet({ keys: [...published] });
    const kids = await Promise.all(
      [before, after].map(async (jws) => (await compactVerify(jws, keys)).protectedHeader.kid),
    );
    expect(kids).toEqual(early);
  });

  it('keeps the keys for five minutes', async () => {
    const { load, clock, held } = rings({ AWSCURRENT: 'one' });
    await load();
    Object.assign(held, { AWSCURRENT: 'two' });
    clock.now = 299_999;
    expect((await load()).current.kid).toBe(signingKeyFrom('one').kid);
  });

  it('throws what is no answer, to be tried again', async () => {
    const { load } = rings({});
    await expect(load()).rejects.toThrow('generate it again');
    mock.on(GetSecretValueCommand).rejects(new Error('throttled'));
    await expect(load()).rejects.toThrow('throttled');
  });
});

describe('a key from a secret', () => {
  it('is a pair on the curve, the same each time, and another for another secret', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), fc.string({ minLength: 1 }), (one, two) => {
        const key = signingKeyFrom(one);
        const jwk = createPublicKey(key.privateKey).export({ format: 'jwk' });
        expect({ x: jwk.x, y: jwk.y }).toEqual({ x: key.publicJwk.x, y: key.publicJwk.y });
        expect(signingKeyFrom(one).kid).toBe(key.kid);
        expect(signingKeyFrom(two).kid === key.kid).toBe(one === two);
      }),
      { numRuns: 50 },
    );
  });
});

describe('given keys of a liaison', () => {
  const ed = generateKeyPairSync('ed25519');
  const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const { publicKeys } = liaisonSchema.parse({
    ...{ liaisonId: 'met', kind: 'police', name: 'Essex Police', classes: ['curfew'], fields: [] },
    ...{ legalBasis: 'law', purpose: 'response' },
    publicKeys: [
      { ...ed.publicKey.export({ format: 'jwk' }), kid: 'ed' },
      { ...ec.publicKey.export({ format: 'jwk' }), kid: 'ec' },
    ],
  });
  const jws = (alg: string, kid: string, key: Parameters<CompactSign['sign']>[0]) =>
    new CompactSign(bytes(text)).setProtectedHeader({ alg, kid }).sign(key);

  it('takes what either has signed', async () => {
    expect(await verified(await jws('EdDSA', 'ed', ed.privateKey), publicKeys)).toEqual(
      bytes(text),
    );
    expect(await verified(await jws('ES256', 'ec', ec.privateKey), publicKeys)).toEqual(
      bytes(text),
    );
  });

  const unsigned = () => {
    const [header, payload] = new UnsecuredJWT({}).encode().split('.');
    return `${header}.${payload}.`;
  };
  const tampered = async () => {
    const [header, , signature] = (await jws('EdDSA', 'ed', ed.privateKey)).split('.');
    return `${header}.${Buffer.from('{"more":1}').toString('base64url')}.${signature}`;
  };
  const otherEc = () => generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;

  it.each([
    ['signed with another key under a known name', () => jws('ES256', 'ec', otherEc())],
    ['under a name that is not on record', () => jws('ES256', 'who', ec.privateKey)],
    ['with the key of another algorithm', () => jws('ES256', 'ed', ec.privateKey)],
    ['with a shared secret', () => jws('HS256', 'ec', bytes('x'.repeat(32)))],
    ['unsigned', unsigned],
    ['changed on the way', tampered],
    ['that is no JWS', () => '{"type":"accept"}'],
    ['of nothing', () => ''],
  ])('refuses a message %s', async (_, made) => {
    await expect(verified(await made(), publicKeys)).rejects.toThrow(NotTheirs);
  });

  const ofBytes = (byte: number) => Buffer.alloc(32, byte).toString('base64url');
  const offCurve = { kty: 'EC', crv: 'P-256', kid: 'off', x: ofBytes(1), y: ofBytes(1) } as const;

  it('a key that is none signs nothing, and costs nobody the keys beside it', async () => {
    const keys = [offCurve, ...publicKeys];
    expect(await Promise.all(keys.map(isUsable))).toEqual([false, true, true]);
    const signed = await jws('ES256', 'off', ec.privateKey);
    await expect(verified(signed, keys)).rejects.toThrow(NotTheirs);
    expect(await verified(await jws('EdDSA', 'ed', ed.privateKey), keys)).toEqual(bytes(text));
  });

  it('nobody signs by a key that fits whatever was said', async () => {
    // The neutral point of the curve: R is it as well, and S is 0.
    const neutral = Buffer.alloc(32);
    neutral.writeUInt8(1, 0);
    const key = {
      ...{ kty: 'OKP', crv: 'Ed25519', kid: 'weak' },
      x: neutral.toString('base64url'),
    };
    const header = Buffer.from('{"alg":"EdDSA","kid":"weak"}').toString('base64url');
    const signature = Buffer.concat([neutral, Buffer.alloc(32)]).toString('base64url');
    const forged = `${header}.${Buffer.from(text).toString('base64url')}.${signature}`;
    const keys = liaison({ publicKeys: [key] }).publicKeys;
    await expect(verified(forged, keys)).rejects.toThrow(NotTheirs);
  });

  it.each([
    ['the neutral point', `01${'00'.repeat(31)}`],
    ['the neutral point, its sign set', `01${'00'.repeat(30)}80`],
    ['the point of order 2', `ec${'ff'.repeat(30)}7f`],
    ['a point of order 4', '00'.repeat(32)],
    ['the other point of order 4', `${'00'.repeat(31)}80`],
    ['a point of order 8', '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05'],
    ['its opposite', '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85'],
    [
      'another point of order 8',
      'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a',
    ],
    ['the opposite of that', 'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa'],
    ['zero, written as the prime', `ed${'ff'.repeat(30)}7f`],
    ['one, written beyond the prime', `ee${'ff'.repeat(30)}7f`],
  ])('%s is no key', async (_, hex) => {
    const x = Buffer.from(hex, 'hex').toString('base64url');
    expect(await isUsable({ kty: 'OKP', crv: 'Ed25519', kid: 'weak', x })).toBe(false);
  });

  it('is a real signature, by the algorithm itself', async () => {
    const [header, payload, signature = ''] = (await jws('EdDSA', 'ed', ed.privateKey)).split('.');
    const isSigned = verifyOf(
      null,
      Buffer.from(`${header}.${payload}`),
      ed.publicKey,
      Buffer.from(signature, 'base64url'),
    );
    expect(isSigned).toBe(true);
  });
});
