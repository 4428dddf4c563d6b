import { CompactSign } from 'jose';
import type { LoadKeyRing } from './key-ring.ts';

/** What is signed: a text, and what it is. */
export type Signable = Readonly<{ text: string; contentType: string }>;

const compact = async (
  loadKeyRing: LoadKeyRing,
  { text, contentType }: Signable,
): Promise<string> => {
  const { current } = await loadKeyRing();
  return new CompactSign(new TextEncoder().encode(text))
    .setProtectedHeader({ alg: 'ES256', kid: current.kid, cty: contentType })
    .sign(current.privateKey);
};

/** Signs texts with the key that is current. */
export const signer = (loadKeyRing: LoadKeyRing) => ({
  /** A JWS (RFC 7515) that carries the text. */
  whole: (signable: Signable): Promise<string> => compact(loadKeyRing, signable),

  /** A JWS without its payload, which travels beside it as it is (RFC 7515, appendix F). */
  detached: async (signable: Signable): Promise<string> => {
    const [header = '', , signature = ''] = (await compact(loadKeyRing, signable)).split('.');
    return `${header}..${signature}`;
  },
});
export type Signer = ReturnType<typeof signer>;
