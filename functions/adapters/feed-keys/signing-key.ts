import { createECDH, createHash, createPrivateKey, hkdfSync, type KeyObject } from 'node:crypto';

/** The order of P-256 (SEC 2, 2.4.2). */
const ORDER = BigInt('0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551');
/** 64 bits more than the order has, so that no number is likelier (FIPS 186-5, A.2.1). */
const EXTRA_BYTES = 40;

/** A public key of ours as receivers read it (RFC 7517). */
export type PublicJwk = Readonly<{
  kty: 'EC';
  crv: 'P-256';
  x: string;
  y: string;
  kid: string;
  alg: 'ES256';
  use: 'sig';
}>;

export type SigningKey = Readonly<{ kid: string; privateKey: KeyObject; publicJwk: PublicJwk }>;

/** RFC 7638: the same key has the same id, wherever it is computed. */
const thumbprint = ({ x, y }: Readonly<{ x: string; y: string }>): string =>
  createHash('sha256')
    .update(JSON.stringify({ crv: 'P-256', kty: 'EC', x, y }))
    .digest('base64url');

/**
 * The key pair that follows from a version of the secret: every function comes to the same, and
 * none has to be kept.
 */
export const signingKeyFrom = (secret: string): SigningKey => {
  const made = hkdfSync('sha256', secret, '', 'homeward feed signing ES256', EXTRA_BYTES);
  const wide = BigInt(`0x${Buffer.from(made).toString('hex')}`);
  const scalar = (wide % (ORDER - 1n)) + 1n;
  const d = Buffer.from(scalar.toString(16).padStart(64, '0'), 'hex');
  const ecdh = createECDH('prime256v1');
  ecdh.setPrivateKey(d);
  const point = ecdh.getPublicKey();
  const x = point.subarray(1, 33).toString('base64url');
  const y = point.subarray(33, 65).toString('base64url');
  const kid = thumbprint({ x, y });
  const jwk = { kty: 'EC', crv: 'P-256', x, y } as const;
  return {
    kid,
    privateKey: createPrivateKey({ key: { ...jwk, d: d.toString('base64url') }, format: 'jwk' }),
    publicJwk: { ...jwk, kid, alg: 'ES256', use: 'sig' },
  };
};
