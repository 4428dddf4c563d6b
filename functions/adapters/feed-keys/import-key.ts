import { type CryptoKey, importJWK } from 'jose';
import type { PublicKey } from '#domain/model/liaison.ts';

/**
 * The points of small order of Ed25519, by their y in every way of writing it, without the sign of
 * x: by such a key some verifiers take a signature of anybody for any text (RFC 8032, 8.4).
 */
const SMALL_ORDER: ReadonlySet<string> = new Set([
  '00'.repeat(32),
  `01${'00'.repeat(31)}`,
  '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05',
  'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a',
  `ec${'ff'.repeat(30)}7f`,
  `ed${'ff'.repeat(30)}7f`,
  `ee${'ff'.repeat(30)}7f`,
]);

const isOfSmallOrder = ({ crv, x }: PublicKey): boolean => {
  if (crv !== 'Ed25519') return false;
  const y = Buffer.from(x, 'base64url');
  y.writeUInt8(y.readUInt8(31) & 0x7f, 31);
  return SMALL_ORDER.has(y.toString('hex'));
};

/**
 * A public key to verify by; null for one that is none, such as a point off its curve or of small
 * order.
 */
export const importedKey = async (key: PublicKey, alg: string): Promise<CryptoKey | null> => {
  if (isOfSmallOrder(key)) return null;
  try {
    const imported = await importJWK(key, alg);
    return imported instanceof Uint8Array ? null : imported;
  } catch {
    // Record: whoever asks answers that it is no key. Nothing but the key itself can fail here.
    return null;
  }
};
