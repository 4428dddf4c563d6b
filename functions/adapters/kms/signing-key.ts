import { createHash } from 'node:crypto';
import type { AwsClient } from 'aws4fetch';
import * as z from 'zod';
import { awsSurroundings, type Environment } from '../aws-surroundings.ts';

const LONGEST_CALL_MILLISECONDS = 10_000;

/** The settings of a client for KMS, and where it is, from what Lambda tells a function. */
export const kmsSurroundings = (environment: Environment) => {
  const { client, region, local } = awsSurroundings('kms', environment);
  return { client, url: `${local ?? `https://kms.${region}.amazonaws.com`}/` };
};

/** KMS would not do what it was asked. */
export class KeyRefused extends Error {
  constructor(operation: string, status: number) {
    super(`KMS answered ${operation} with ${status}`);
    this.name = `KeyRefused${status}`;
  }
}

const signatureSchema = z.looseObject({ Signature: z.base64().min(1) });
const publicKeySchema = z.looseObject({ PublicKey: z.base64().min(1) });

/** A public key (DER, SubjectPublicKeyInfo, in base64), and the SHA-256 of it that names it. */
export type PublicKey = Readonly<{ publicKey: string; keyId: string }>;

const sha256 = (bytes: Buffer): Buffer => createHash('sha256').update(bytes).digest();

type Place = Readonly<{ url: string; keyArn: string }>;

/**
 * An asymmetric key of KMS, which never leaves it: only its signatures do. Two calls need no client
 * of the SDK; they are signed as it signs them.
 * https://docs.aws.amazon.com/kms/latest/APIReference/API_Sign.html
 */
export const signingKey = (client: Pick<AwsClient, 'fetch'>, { url, keyArn }: Place) => {
  const call = async (operation: string, input: object): Promise<unknown> => {
    const answer = await client.fetch(url, {
      method: 'POST',
      headers: {
        'content-type': 'application/x-amz-json-1.1',
        'x-amz-target': `TrentService.${operation}`,
      },
      body: JSON.stringify({ KeyId: keyArn, ...input }),
      signal: AbortSignal.timeout(LONGEST_CALL_MILLISECONDS),
    });
    const text = await answer.text();
    if (answer.status !== 200) throw new KeyRefused(operation, answer.status);
    return JSON.parse(text);
  };

  return {
    /** ECDSA with SHA-256 over a text of up to 4,096 bytes in UTF-8: DER, in base64. */
    sign: async (text: string): Promise<string> => {
      const answer = await call('Sign', {
        Message: Buffer.from(text).toString('base64'),
        MessageType: 'RAW',
        SigningAlgorithm: 'ECDSA_SHA_256',
      });
      return signatureSchema.parse(answer).Signature;
    },

    loadPublicKey: async (): Promise<PublicKey> => {
      const { PublicKey: publicKey } = publicKeySchema.parse(await call('GetPublicKey', {}));
      return { publicKey, keyId: sha256(Buffer.from(publicKey, 'base64')).toString('hex') };
    },
  };
};
export type SigningKey = ReturnType<typeof signingKey>;
