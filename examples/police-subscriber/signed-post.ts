import { type CompactVerifyGetKey, compactVerify, errors } from 'jose';

/** What the agency posts to an address of ours, with the signature that it puts beside the body. */
export type Post = Readonly<{
  contentType: string;
  body: string;
  /** A JWS without its payload (RFC 7515, appendix F); absent where the body is a JWS itself. */
  signature: string | undefined;
}>;

/** Finds the agency's key that a header names: `createRemoteJWKSet` of jose, say. */
export type FindKey = CompactVerifyGetKey;

const JOSE = 'application/jose';

/** The JWS with its payload put back where it travelled beside it. */
const wholeJws = ({ contentType, body, signature }: Post): string | null => {
  if (contentType === JOSE) return body;
  const [header, nothing, proof, ...more] = signature?.split('.') ?? [];
  if (header === undefined || nothing !== '' || proof === undefined || more.length > 0) return null;
  return `${header}.${Buffer.from(body, 'utf8').toString('base64url')}.${proof}`;
};

/**
 * What the agency has signed of a post; null: not what was posted, or not as what it was posted
 * for. Only by ES256, whatever a header asks for.
 */
export const signedText = async (post: Post, findKey: FindKey): Promise<string | null> => {
  const jws = wholeJws(post);
  if (jws === null) return null;
  try {
    const { payload, protectedHeader } = await compactVerify(jws, findKey, {
      algorithms: ['ES256'],
    });
    const isWhatItSays = post.contentType === JOSE || protectedHeader.cty === post.contentType;
    return isWhatItSays ? new TextDecoder().decode(payload) : null;
  } catch (error) {
    // Record: it is refused. What is no fault of the signature is tried again by the sender.
    if (error instanceof errors.JWKSTimeout || !(error instanceof errors.JOSEError)) throw error;
    return null;
  }
};
