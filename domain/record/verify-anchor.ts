import { digestOfAnchor, isAnchoredBy, type SignedAnchor, signedTextOf } from './anchor.ts';
import type { LineOf } from './export-line.ts';
import type { Hash } from './link.ts';
import type { Found, ProblemCode } from './problem.ts';

/** What a verifier needs beside the file: two functions that every platform has. */
export type Crypto = Readonly<{
  hash: Hash;
  /** SHA-256 of bytes in base64; null where they are no base64, or could be written otherwise. */
  hashOfBase64: (base64: string) => string | null;
  /** ECDSA on P-256 with SHA-256: signature in DER, key as SubjectPublicKeyInfo; both base64. */
  isSigned: (signed: Pick<SignedAnchor, 'signature' | 'publicKey'>, text: string) => boolean;
}>;

type Chain = Readonly<{
  chain: string;
  sealed: number;
  /** The anchor line before this one; null: this is the first. */
  before: LineOf<'anchor'> | null;
  /** The key that whoever verifies knows the agency by; null: that of the anchor before. */
  keyId: string | null;
}>;

const agencyOf = (chain: string): string => chain.slice(0, chain.indexOf('#'));

const follows = ({ hash }: Crypto, line: LineOf<'anchor'>, before: LineOf<'anchor'>): boolean => {
  const [now, then] = [line.signed.anchor, before.signed.anchor];
  const isNext = now.number === then.number + 1;
  return (
    now.number > then.number &&
    Date.parse(now.untilAt) > Date.parse(then.untilAt) &&
    (!isNext || now.previous === digestOfAnchor(hash, then))
  );
};

const isKeys = ({ hashOfBase64 }: Crypto, { signed }: LineOf<'anchor'>, known: string | null) => {
  const keyId = hashOfBase64(signed.publicKey);
  return keyId === signed.anchor.keyId && (known === null || keyId === known);
};

const isOf = ({ signed, anchored }: LineOf<'anchor'>, { chain }: Chain): boolean =>
  signed.anchor.agencyId === agencyOf(chain) &&
  signed.anchor.number === anchored.number &&
  signed.anchor.root === anchored.root;

const isSound = (crypto: Crypto, { signed }: LineOf<'anchor'>): boolean =>
  crypto.hashOfBase64(signed.signature) !== null &&
  crypto.isSigned(signed, signedTextOf(signed.anchor));

/**
 * What is wrong with an anchor by itself; null where nothing is. Whether the chain's own link has
 * the hash that was anchored is seen when its entry comes.
 */
export const anchorProblem = (crypto: Crypto, line: LineOf<'anchor'>, at: Chain): Found | null => {
  const { anchored, signed } = line;
  const { position } = anchored;
  const found = (code: ProblemCode, what: string): Found => ({
    ...{ code, position, name: null },
    message: `anchor ${signed.anchor.number} ${what}`,
  });
  if (!isOf(line, at)) {
    return found(
      'anchor-of-another',
      'is not of this agency, or not what this chain was put under',
    );
  }
  const keyId = at.keyId ?? at.before?.signed.anchor.keyId ?? null;
  if (!isKeys(crypto, line, keyId)) return found('anchor-key', 'is signed with another key');
  if (!isSound(crypto, line)) return found('anchor-signature', 'does not bear out its signature');
  if (
    !isAnchoredBy(crypto.hash, signed.anchor, { end: { ...at, ...anchored }, path: anchored.path })
  ) {
    return found('anchor-path', `does not hold this chain at position ${position}`);
  }
  if (position > at.sealed) {
    const message = `holds position ${position}, and the chain ends at ${at.sealed}: its end is missing`;
    return { ...found('anchor-beyond-end', message), position: at.sealed + 1 };
  }
  const isInOrder = at.before === null || follows(crypto, line, at.before);
  return isInOrder ? null : found('anchor-not-in-order', 'does not follow the one before it');
};
