import { createHash, createPublicKey, type KeyObject, verify } from 'node:crypto';
import type { Crypto } from '#domain/record/verify-anchor.ts';

const keyOf = (base64: string): KeyObject =>
  createPublicKey({ key: Buffer.from(base64, 'base64'), format: 'der', type: 'spki' });

const isP256 = ({ asymmetricKeyType, asymmetricKeyDetails }: KeyObject): boolean =>
  asymmetricKeyType === 'ec' && asymmetricKeyDetails?.namedCurve === 'prime256v1';

/** What the verifier needs, of Node's own cryptography. */
export const nodeCrypto: Crypto = {
  hash: (text) => createHash('sha256').update(text).digest('hex'),
  hashOfBase64: (base64) => {
    const bytes = Buffer.from(base64, 'base64');
    if (bytes.toString('base64') !== base64) return null;
    return createHash('sha256').update(bytes).digest('hex');
  },
  isSigned: ({ publicKey, signature }, text) => {
    try {
      const key = keyOf(publicKey);
      const signed = Buffer.from(signature, 'base64');
      return isP256(key) && verify('sha256', Buffer.from(text), key, signed);
    } catch {
      // Record: what is no key signs nothing, and the verifier says so.
      return false;
    }
  },
};

/** The id by which anchors name a key: of a PEM, or of DER in base64. Throws on what is neither. */
export const keyIdOf = (text: string): string => {
  const key = text.includes('-----BEGIN') ? createPublicKey(text) : keyOf(text.trim());
  const der = key.export({ format: 'der', type: 'spki' });
  return createHash('sha256').update(der).digest('hex');
};
