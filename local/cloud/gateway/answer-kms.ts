import { createPublicKey, type KeyObject, sign } from 'node:crypto';
import * as z from 'zod';
import { awsJson, awsJsonError } from '../reply.ts';
import type { AnswerCall } from './gateway.ts';

/** An asymmetric key of the template: on P-256, for signatures. */
export type SigningKey = { arn: string; keyId: string; logicalId: string; privateKey: KeyObject };

const keySchema = z.looseObject({ KeyId: z.string() });
const signSchema = keySchema.extend({
  Message: z.base64().transform((text) => Buffer.from(text, 'base64')),
  MessageType: z.literal('RAW', 'the local cloud signs messages as they are, and no digests'),
  SigningAlgorithm: z.string(),
});

const ALGORITHM = 'ECDSA_SHA_256';
const MOST_MESSAGE_BYTES = 4096;

const signWith = (key: SigningKey, input: unknown) => {
  const { Message, SigningAlgorithm } = signSchema.parse(input);
  if (SigningAlgorithm !== ALGORITHM) {
    const problem = `Algorithm ${SigningAlgorithm} is incompatible with key spec ECC_NIST_P256.`;
    return awsJsonError(400, 'InvalidKeyUsageException', problem);
  }
  if (Message.length === 0 || Message.length > MOST_MESSAGE_BYTES) {
    const problem = `A message has 1 to ${MOST_MESSAGE_BYTES} bytes, not ${Message.length}.`;
    return awsJsonError(400, 'ValidationException', problem);
  }
  const Signature = sign('sha256', Message, key.privateKey).toString('base64');
  return awsJson(200, { KeyId: key.arn, Signature, SigningAlgorithm });
};

const publicKeyOf = ({ arn, privateKey }: SigningKey) => {
  const der = createPublicKey(privateKey).export({ type: 'spki', format: 'der' });
  return awsJson(200, {
    ...{ KeyId: arn, PublicKey: der.toString('base64'), KeySpec: 'ECC_NIST_P256' },
    ...{ KeyUsage: 'SIGN_VERIFY', SigningAlgorithms: [ALGORITHM] },
  });
};

/**
 * Keys that sign, by ARN or id. What encrypts at rest is called by services, not by functions.
 * https://docs.aws.amazon.com/kms/latest/APIReference/API_Sign.html
 */
export const answerKms =
  (keys: readonly SigningKey[]): AnswerCall =>
  async (call) => {
    if (call.operation !== 'Sign' && call.operation !== 'GetPublicKey') return undefined;
    const input: unknown = JSON.parse(call.body.toString());
    const { KeyId } = keySchema.parse(input);
    const key = keys.find(({ arn, keyId }) => arn === KeyId || keyId === KeyId);
    if (key === undefined) {
      return awsJsonError(
        400,
        'NotFoundException',
        `Key '${KeyId}' does not exist or signs nothing`,
      );
    }
    return call.operation === 'Sign' ? signWith(key, input) : publicKeyOf(key);
  };
