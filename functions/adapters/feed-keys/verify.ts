import { compactVerify, errors } from 'jose';
import type { PublicKey } from '#domain/model/liaison.ts';
import { importedKey } from './import-key.ts';

/** One algorithm for each sort of key, and no other: a header chooses nothing. */
const ALGORITHMS = { OKP: ['EdDSA', 'Ed25519'], EC: ['ES256'] } as const satisfies Readonly<
  Record<PublicKey['kty'], readonly string[]>
>;

/** Whether messages can be verified by a key. */
export const isUsable = async (key: PublicKey): Promise<boolean> =>
  (await importedKey(key, ALGORITHMS[key.kty][0])) !== null;

/** Not signed by any of the keys that are on record. */
export class NotTheirs extends Error {
  constructor(cause: unknown) {
    super('the message is signed by none of the keys on record', { cause });
    this.name = 'NotTheirs';
  }
}

/**
 * The bytes that a JWS carries, where one of some keys has signed it: the key that its header
 * names, and only by the algorithm of that key. Throws NotTheirs.
 */
export const verified = async (jws: string, keys: readonly PublicKey[]): Promise<Uint8Array> => {
  try {
    const { payload } = await compactVerify(jws, async ({ kid, alg }) => {
      const key = keys.find((one) => one.kid === kid);
      const allowed: readonly string[] = key === undefined ? [] : ALGORITHMS[key.kty];
      if (key === undefined || alg === undefined || !allowed.includes(alg)) {
        throw new NotTheirs(null);
      }
      const imported = await importedKey(key, alg);
      if (imported === null) throw new NotTheirs(null);
      return imported;
    });
    return payload;
  } catch (error) {
    // Record: whoever sent it is answered that nothing of it was taken.
    if (error instanceof NotTheirs || error instanceof errors.JOSEError) throw new NotTheirs(error);
    throw error;
  }
};
