import { createPublicKey, generateKeyPairSync, verify } from 'node:crypto';
import { AwsClient } from 'aws4fetch';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { kmsSurroundings, signingKey } from '#functions/adapters/kms/signing-key.ts';
import { answerKms } from '#local/cloud/gateway/answer-kms.ts';

const ARN = 'arn:aws:kms:eu-west-2:000000000000:key/anchor';
const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const answer = answerKms([{ arn: ARN, keyId: 'anchor', logicalId: 'AnchorKey', privateKey }]);

const ask = async (operation: string, input: object) => {
  const reply = await answer({
    ...{ caller: { kind: 'operator' }, service: 'kms', operation, headers: {} },
    ...{ method: 'POST', path: '/', body: Buffer.from(JSON.stringify(input)) },
  });
  return { status: reply?.status, body: JSON.parse(String(reply?.body ?? 'null')) };
};

const signing = {
  ...{ KeyId: ARN, MessageType: 'RAW', SigningAlgorithm: 'ECDSA_SHA_256' },
  Message: Buffer.from('an anchor').toString('base64'),
};

/** The adapter's own calls, answered by the local cloud's KMS. */
const adapter = signingKey(
  {
    fetch: async (_, init) => {
      const headers = new Headers(init?.headers);
      const operation = headers.get('x-amz-target')?.replace('TrentService.', '') ?? '';
      const { status, body } = await ask(operation, JSON.parse(String(init?.body)));
      return new Response(JSON.stringify(body), { status: status ?? 501 });
    },
  },
  { url: 'http://kms/', keyArn: ARN },
);

describe('a key that signs', () => {
  it('signs what its public key verifies, and nothing else', async () => {
    const signature = Buffer.from(await adapter.sign('an anchor é'), 'base64');
    const { publicKey, keyId } = await adapter.loadPublicKey();
    expect(keyId).toMatch(/^[0-9a-f]{64}$/);
    const key = createPublicKey({
      ...{ key: Buffer.from(publicKey, 'base64'), type: 'spki', format: 'der' },
    });
    expect(verify('sha256', Buffer.from('an anchor é'), key, signature)).toBe(true);
    expect(verify('sha256', Buffer.from('an anchor e'), key, signature)).toBe(false);
  });

  it('is known by its id and by its ARN', async () => {
    expect((await ask('GetPublicKey', { KeyId: 'anchor' })).body.KeyId).toBe(ARN);
  });

  it.each([
    ['another algorithm', { SigningAlgorithm: 'ECDSA_SHA_384' }, 'InvalidKeyUsageException'],
    ['another key', { KeyId: 'other' }, 'NotFoundException'],
    ['nothing', { Message: '' }, 'ValidationException'],
    ['too much', { Message: Buffer.alloc(4097).toString('base64') }, 'ValidationException'],
  ])('refuses %s', async (_, change, name) => {
    const { status, body } = await ask('Sign', { ...signing, ...change });
    expect([status, body.__type]).toEqual([400, name]);
  });

  it('does not know digests, nor other operations', async () => {
    await expect(ask('Sign', { ...signing, MessageType: 'DIGEST' })).rejects.toThrow(z.ZodError);
    expect((await ask('Verify', signing)).status).toBeUndefined();
  });

  it('that is refused says with which status, and no more', async () => {
    const refusing = signingKey(
      { fetch: async () => new Response('{"message":"secret"}', { status: 400 }) },
      { url: 'http://kms/', keyArn: ARN },
    );
    await expect(refusing.sign('x')).rejects.toMatchObject({ name: 'KeyRefused400' });
  });
});

describe('the address of KMS', () => {
  const lambda = { AWS_REGION: 'eu-west-2', AWS_ACCESS_KEY_ID: 'a', AWS_SECRET_ACCESS_KEY: 'b' };
  it('is that of the Region, and on one machine the local one', () => {
    const { client, url } = kmsSurroundings(lambda);
    expect(url).toBe('https://kms.eu-west-2.amazonaws.com/');
    expect(new AwsClient(client).service).toBe('kms');
    const local = kmsSurroundings({ ...lambda, AWS_ENDPOINT_URL: 'http://127.0.0.1:1/' });
    expect(local.url).toBe('http://127.0.0.1:1/');
  });
});
