import { type CryptoKey, importJWK } from 'jose';
import type { PublicKey } from '#domain/model/liaison.ts';

/** A public key to verify by; null for one that is none, such as a point off its curve. */
export const importedKey = async (key: PublicKey, alg: string): Promise<CryptoKey | null> => {
  try {
    const imported = await importJWK(key, alg);
    return imported instanceof Uint8Array ? null : imported;
  } catch {
    // Record: whoever asks answers that it is no key. Nothing but the key itself can fail here.
    return null;
  }
};
